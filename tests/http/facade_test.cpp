#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;

BOOST_FIXTURE_TEST_SUITE(facade, facade_fixture)

BOOST_AUTO_TEST_CASE(health_tells_whether_instances_can_be_kept) {
  const auto well = client().Get("/health/");
  BOOST_TEST(well->status == 200);
  BOOST_TEST(json(well)["status"].GetString() == "healthy");
  BOOST_TEST(json(well)["checks"]["database"]["status"].GetString() == "ok");
  const auto later = [] { std::this_thread::sleep_for(std::chrono::milliseconds(1100)); };
  known->redis = false;
  later();
  BOOST_TEST(json(client().Get("/health/"))["status"].GetString() == "degraded");
  known->store = false;
  later();
  const auto ill = client().Get("/health/");
  BOOST_TEST(ill->status == 503);
  BOOST_TEST(json(ill)["status"].GetString() == "unhealthy");
  known->store = true;
  known->silent_directory = true;
  later();
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(client().Get("/health/")->status == 503);
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(2)));
  BOOST_TEST(client().Get("/health/live/")->status == 200);
}

BOOST_AUTO_TEST_CASE(every_answer_carries_the_headers) {
  auto http = client();
  for (const auto* path : {"/health/live/", "/nowhere", "/api/studies/", "/health/live"}) {
    const auto answer = http.Get(path, {{"X-Request-Id", "abc-1"}});
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->get_header_value("X-Request-Id") == "abc-1");
    BOOST_TEST(answer->get_header_value("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(answer->get_header_value("X-Frame-Options") == "DENY");
    BOOST_TEST(answer->get_header_value("Referrer-Policy") == "same-origin");
    BOOST_TEST(answer->get_header_value("Content-Security-Policy").find("default-src 'none'") == 0u);
    BOOST_TEST(answer->get_header_value("Cache-Control") == "no-store");
  }
  const auto made = http.Get("/health/live/", {{"X-Request-Id", "a%0d%0ab"}});
  BOOST_TEST(made->get_header_value("X-Request-Id").size() == 16u);
}

BOOST_AUTO_TEST_CASE(paths_and_methods_are_told_apart) {
  auto http = user();
  const auto slash = http.Get("/api/studies?modality=CT");
  BOOST_TEST(slash->status == 308);
  BOOST_TEST(slash->get_header_value("Location") == "/api/studies/?modality=CT");
  const auto method = http.Put("/api/studies/", "{}", "application/json");
  BOOST_TEST(method->status == 405);
  BOOST_TEST(method->get_header_value("Allow") == "GET, HEAD");
  BOOST_TEST(http.Get("/api/nothing/")->status == 404);
  BOOST_TEST(http.Get("//evil.org")->status == 404);
  BOOST_TEST(http.Options("/api/studies/")->status == 405);
  const auto head = http.Head("/api/studies/");
  BOOST_TEST(head->status == 200);
  BOOST_TEST(head->body.empty());
  BOOST_TEST(client().Get("/api/studies/")->status == 401);
  BOOST_TEST(client().Get("/api/studies/")->get_header_value("WWW-Authenticate") == "Bearer");
}

BOOST_AUTO_TEST_CASE(hosts_that_are_not_ours_are_refused) {
  const auto answer = client().Get("/health/", {{"Host", "evil.org"}});
  BOOST_TEST(answer->status == 400);
  BOOST_TEST(json(answer)["status"].GetInt() == 400);
}

BOOST_AUTO_TEST_CASE(the_worklist_has_its_shape) {
  auto http = user();
  const auto answer =
      http.Get("/api/studies/?search=ya&modality=CT&modality=MR&date_from=2024-01-01&page=2&page_size=50");
  const auto got = json(answer);
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(got["count"].GetInt() == 120);
  const auto base =
      "http://127.0.0.1:" + std::to_string(port) + "/api/studies/?date_from=2024-01-01&modality=CT&modality=MR&";
  BOOST_TEST(got["next"].GetString() == base + "page_size=50&search=ya&page=3");
  BOOST_TEST(got["previous"].GetString() == base + "page_size=50&search=ya&page=1");
  const auto& study = got["results"][0];
  BOOST_TEST(study["study_date"].GetString() == "2024-01-31");
  BOOST_TEST(study["study_time"].GetString() == "10:20:30");
  BOOST_TEST(study["study_description"].GetString() == "CT <HEAD>");
  BOOST_TEST(study["patient"]["patient_name"].GetString() == "Yamada^Tarou=山田^太郎");
  BOOST_TEST(study["patient"]["birth_date"].GetString() == "1970-01-01");
  BOOST_TEST(study["is_urgent"].GetBool());
  BOOST_TEST(study["upload_date"].GetString() == "2026-01-01T00:00:00Z");
  BOOST_TEST(study["report_status"].IsNull());
  const auto& filter = known->filters.back();
  BOOST_TEST(filter.who.name == "ada");
  BOOST_TEST(!filter.who.request_id.empty());
  BOOST_TEST(filter.modalities.size() == 2u);
  BOOST_TEST(filter.date_from == "20240101");
  BOOST_TEST(filter.page == 2);
}

BOOST_AUTO_TEST_CASE(wrong_parameters_are_named) {
  const auto answer =
      user().Get("/api/studies/?color=red&page=0&page_size=201&date_from=2024-02-30&status=x&priority=stat"
                 "&facility=a&ordering=-x&search=%FF");
  BOOST_TEST(answer->status == 400);
  const auto got = json(answer);
  for (const auto* name : {"color", "page", "page_size", "date_from", "status", "facility", "ordering", "search"})
    BOOST_TEST(got["errors"].HasMember(name), name);
  BOOST_TEST(!got["errors"].HasMember("priority"));
}

BOOST_AUTO_TEST_CASE(studies_and_series_are_found_by_number_and_uid) {
  add_image(5, test::part10(500));
  auto http = user();
  for (const auto* id : {"1", "1.2.3"}) {
    const auto got = json(http.Get(std::string("/dicom/api/studies/") + id + "/"));
    BOOST_TEST(got["status"].GetString() == "success");
    BOOST_TEST(got["study"]["patient_id"].GetString() == "P1");
    BOOST_TEST(got["series"][0]["image_count"].GetInt() == 1);
    BOOST_TEST(got["series"][0]["images"][0]["file_url"].GetString() == "/dicom/api/images/5/file/");
  }
  const auto got = json(http.Get("/dicom/api/series/1.2.3.4/images/"));
  BOOST_TEST(got["images"][0]["sop_instance_uid"].GetString() == "1.2.3.4.5");
  BOOST_TEST(got["series"]["series_number"].GetInt() == 2);
  for (const auto* id : {"2", "0", "-1", "x", "1.2.3.9", "99999999999999999999", "%00", "..%2f..", "1%3B--"})
    BOOST_TEST(http.Get(std::string("/dicom/api/studies/") + id + "/")->status == 404, id);
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_inside_stays_inside) {
  auto http = user();
  known->database = false;
  const auto answer = http.Get("/api/studies/");
  BOOST_TEST(answer->status == 500);
  BOOST_TEST(answer->body.find("secret") == std::string::npos);
  const auto login = client().Post("/api/auth/token/", R"({"username":"ada","password":"right"})", "application/json");
  BOOST_TEST(login->status == 503);
  BOOST_TEST(login->body.find("10.1.2.3") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_system_status_has_its_shape) {
  const auto got = json(user().Get("/dicom/api/system/status/"));
  BOOST_TEST(got["status"].GetString() == "success");
  const auto& stats = got["stats"];
  BOOST_TEST(stats["database"]["connected"].GetBool());
  BOOST_TEST(stats["queues"]["ai"]["running"].GetInt() == 2);
  BOOST_TEST(stats["nodes"][0]["name"].GetString() == "a");
  BOOST_TEST(stats["scp_server"]["connected"].GetBool());
  for (const auto* name : {"total_files", "total_size_bytes", "total_size_mb", "free_bytes", "capacity_bytes"})
    BOOST_TEST(stats["storage"].HasMember(name), name);
  BOOST_TEST(got["uptime_s"].IsInt64());
}

BOOST_AUTO_TEST_CASE(an_echo_succeeds_or_says_why_not) {
  auto http = user();
  const auto well = http.Post("/dicom/api/scp/test/", "{}", "application/json");
  BOOST_TEST(well->status == 200);
  BOOST_TEST(json(well)["message"].GetString() == "Connection successful");
  BOOST_TEST(http.Post("/dicom/api/scp/test/")->status == 200);
  const auto ill = http.Post("/dicom/api/scp/test/", R"({"ae_title":"NOBODY"})", "application/json");
  BOOST_TEST(ill->status == 502);
  BOOST_TEST(json(ill)["detail"].GetString() == "no connection to NOBODY");
}

BOOST_AUTO_TEST_CASE(metrics_are_for_the_loopback_and_managers) {
  auto http = client();
  (void)http.Get("/health/live/");
  const auto text = http.Get("/metrics")->body;
  BOOST_TEST(text.find("noctis_test_bucket{node=\"a\",k=\"v\",le=\"1\"} 1") != std::string::npos, text);
  BOOST_TEST(
      text.find("noctis_http_requests_total{node=\"a\",method=\"GET\",route=\"/health/live/\",status=\"200\"} 1") !=
      std::string::npos);
  const httplib::Headers from_outside{{"X-Forwarded-For", "10.0.0.1"}};
  BOOST_TEST(http.Get("/metrics", from_outside)->status == 401);
  BOOST_TEST(user().Get("/metrics", from_outside)->status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
