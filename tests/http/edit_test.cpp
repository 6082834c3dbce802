#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;

namespace {

constexpr auto json_type = "application/json";

struct with_edits : facade_fixture {
  httplib::Client http = user();

  httplib::Result post(const char* path, const char* body) { return http.Post(path, body, json_type); }
  httplib::Result patch(const char* path, const char* body) { return http.Patch(path, body, json_type); }
  std::string last() {
    std::lock_guard<std::mutex> lock(known->mutex);
    return known->edits.empty() ? "" : known->edits.back();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(edits, with_edits)

BOOST_AUTO_TEST_CASE(a_study_is_shown_and_changed) {
  BOOST_TEST(json(http.Get("/api/studies/1.2.3/"))["patient"]["patient_id"].GetString() == "P1");
  BOOST_TEST(http.Get("/api/studies/9/")->status == 404);
  const auto changed = patch("/api/studies/1.2.3/", R"({"status":"reported","assigned_to":null})");
  BOOST_TEST(changed->status == 200);
  BOOST_TEST(json(changed)["status"].GetString() == "reported");
  BOOST_TEST(last() == "change 1.2.3 reported - 0");
  BOOST_TEST(patch("/api/studies/404/", R"({"priority":"stat"})")->status == 404);
}

BOOST_AUTO_TEST_CASE(wrong_fields_are_named) {
  const auto wrong = json(patch("/api/studies/1/", R"({"status":"lost","priority":3,"colour":"red"})"));
  BOOST_TEST(wrong["errors"]["status"][0].GetString() ==
             "Must be one of scheduled, in_progress, completed, reported, approved, suspended, cancelled.");
  BOOST_TEST(wrong["errors"]["colour"][0].GetString() == "Unknown field.");
  BOOST_TEST(wrong["errors"].HasMember("priority"));
  BOOST_TEST(patch("/api/studies/1/", "{}")->status == 400);
  BOOST_TEST(patch("/api/studies/1/", R"({"assigned_to":0})")->status == 400);
  BOOST_TEST(json(post("/api/ae-titles/", R"({"ae_title":"A\u0000B"})"))["errors"].HasMember("ae_title"));
  const auto key =
      json(post("/api/routes/", R"({"name":"a","destination":"b","attributes":[{"tag":"x","values":["1"]}]})"));
  BOOST_TEST(std::string(key["errors"]["attributes"][0].GetString()).find("/0/tag") != std::string::npos);
  BOOST_TEST(last() == "");
}

BOOST_AUTO_TEST_CASE(deletion_wants_a_reason_and_can_be_undone) {
  BOOST_TEST(http.Delete("/api/studies/1/")->status == 400);
  BOOST_TEST(http.Delete("/api/studies/1/", R"({"reason":""})", json_type)->status == 400);
  for (const auto& [path, level] : {std::pair("/api/studies/1.2.3/", "study"),
                                    {"/dicom/api/series/1.2.3/", "series"},
                                    {"/dicom/api/images/1.2.3/", "instance"}}) {
    BOOST_TEST(http.Delete(path, R"({"reason":"wrong patient"})", json_type)->status == 204);
    BOOST_TEST(last() == std::string("hide ") + level + " 1.2.3 wrong patient");
    BOOST_TEST(http.Post(std::string(path) + "restore/", R"({"reason":"oh"})", json_type)->status == 204);
    BOOST_TEST(last() == std::string("show ") + level + " 1.2.3 oh");
  }
}

BOOST_AUTO_TEST_CASE(patients_are_merged_and_split) {
  BOOST_TEST(json(post("/api/patients/1/merge/", R"({"into":2,"reason":"same"})"))["id"].GetInt() == 2);
  BOOST_TEST(post("/api/patients/1/merge/", R"({"into":1,"reason":"same"})")->status == 400);
  const auto split = post("/api/patients/split/", R"({"studies":[1,2],"patient":{"patient_id":"P9",)"
                                                  R"("birth_date":"1980-02-03"},"reason":"other"})");
  BOOST_TEST(split->status == 200);
  BOOST_TEST(last() == "split 2 P9 19800203");
  for (const auto* patient : {R"({"issuer":"x"})", R"({"id":1,"patient_id":"P"})",
                              R"({"patient_id":"P","birth_date":"1980-02-30"})", R"({"patient_id":"P","age":"3"})"})
    BOOST_TEST(http.Post("/api/patients/split/",
                         std::string(R"({"studies":[1],"reason":"r","patient":)") + patient + "}", json_type)
                   ->status == 400);
}

BOOST_AUTO_TEST_CASE(workitems_are_plain_fields) {
  const auto made = post("/api/workitems/", R"({"patient_id":"P1","patient_name":"山田^太郎","modality":"CT",)"
                                            R"("scheduled_start":"2026-02-03T10:20"})");
  BOOST_TEST(made->status == 201);
  const auto got = json(made);
  BOOST_TEST(got["uid"].GetString() == "1.2.9");
  BOOST_TEST(got["patient_name"].GetString() == "山田^太郎");
  BOOST_TEST(got["scheduled_start"].GetString() == "2026-02-03T10:20:00");
  BOOST_TEST(last().find(R"("00400002":{"vr":"DA","Value":["20260203"]})") != std::string::npos, last());
  const auto changed = json(patch("/api/workitems/1.2.9/", R"({"station_ae_title":"CT1"})"));
  BOOST_TEST(changed["modality"].GetString() == "CT");
  BOOST_TEST(changed["station_ae_title"].GetString() == "CT1");
  BOOST_TEST(json(post("/api/workitems/1.2.9/cancel/", R"({"reason":"ill"})"))["state"].GetString() == "CANCELED");
  BOOST_TEST(http.Delete("/api/workitems/1.2.9/")->status == 204);
  BOOST_TEST(http.Get("/api/workitems/1.404/")->status == 404);
  BOOST_TEST(http.Get("/api/workitems/?date_from=2026-01-01&step_state=SCHEDULED")->status == 200);
}

BOOST_AUTO_TEST_CASE(wrong_workitems_are_refused) {
  for (const auto* field :
       {R"("scheduled_start":"tomorrow")", R"("scheduled_start":"2026-02-30T10:20")", R"("birth_date":"19800101")",
        R"("accession_number":"12345678901234567")", R"("modality":"ct")", R"("patient_id":"a\\b")",
        R"("study_instance_uid":"1.2.x")", R"("sex":"X")", R"("colour":"red")"})
    BOOST_TEST(patch("/api/workitems/1.2.9/", (std::string("{") + field + "}").c_str())->status == 400, field);
  BOOST_TEST(last() == "");
}

BOOST_AUTO_TEST_CASE(routing_rules_name_attributes_by_tags) {
  const auto got = json(http.Get("/api/routes/3/"));
  BOOST_TEST(got["attributes"][0]["tag"].GetString() == "00400275.00400007");
  BOOST_TEST(got["facility"].IsNull());
  BOOST_TEST(json(http.Get("/api/routes/"))["count"].GetInt() == 1);
  const auto made = post("/api/routes/", R"({"name":"MR","destination":"WS","attributes":[{"tag":"00080060",)"
                                         R"("values":["MR"]}]})");
  BOOST_TEST(made->status == 201);
  BOOST_TEST(last() == "rule 0 MR " + std::to_string(0x00080060));
  BOOST_TEST(json(patch("/api/routes/3/", R"({"active":false})"))["active"].GetBool() == false);
  BOOST_TEST(last() == "rule 3 all CT " + std::to_string(0x00400007));
  BOOST_TEST(http.Get("/api/routes/4/")->status == 404);
  BOOST_TEST(http.Delete("/api/routes/3/")->status == 204);
}

BOOST_AUTO_TEST_CASE(application_entities_are_registered) {
  BOOST_TEST(post("/api/ae-titles/", R"({"ae_title":"CT1","host":"h","port":104})")->status == 201);
  BOOST_TEST(last() == "ae CT1 h 104");
  BOOST_TEST(post("/api/ae-titles/", R"({"ae_title":"CT1","host":"h"})")->status == 400);
  BOOST_TEST(post("/api/ae-titles/", R"({"ae_title":"CT1","port":65536})")->status == 400);
  BOOST_TEST(patch("/api/ae-titles/5/", R"({"port":104})")->status == 404);
  BOOST_TEST(http.Delete("/api/ae-titles/5/")->status == 204);
}

BOOST_AUTO_TEST_CASE(jobs_are_listed_and_stopped) {
  BOOST_TEST(json(http.Get("/api/jobs/?queue=forward&state=pending"))["results"][0]["id"].GetInt() == 7);
  BOOST_TEST(last() == "jobs forward pending");
  BOOST_TEST(json(http.Get("/api/jobs/7/"))["finished_at"].IsNull());
  BOOST_TEST(json(http.Post("/api/jobs/7/cancel/"))["state"].GetString() == "cancelled");
  BOOST_TEST(http.Post("/api/jobs/7/retry/")->status == 200);
  BOOST_TEST(http.Get("/api/jobs/8/")->status == 404);
  BOOST_TEST(http.Get("/api/jobs/?state=lost")->status == 400);
  BOOST_TEST(json(post("/api/studies/1/send/", R"({"destination":"NOBODY"})"))["errors"].HasMember("destination"));
}

BOOST_AUTO_TEST_CASE(permissions_are_asked_for) {
  auto viewer = client();
  const auto login = viewer.Post("/api/auth/token/", R"({"username":"vic","password":"right"})", json_type);
  viewer.set_bearer_token_auth(json(login)["access"].GetString());
  BOOST_TEST(viewer.Get("/api/jobs/")->status == 200);
  BOOST_TEST(viewer.Patch("/api/studies/1/", R"({"priority":"stat"})", json_type)->status == 403);
  BOOST_TEST(viewer.Delete("/api/studies/1/", R"({"reason":"r"})", json_type)->status == 403);
  BOOST_TEST(viewer.Get("/api/ae-titles/")->status == 403);
  BOOST_TEST(viewer.Get("/api/routes/")->status == 403);
  BOOST_TEST(viewer.Post("/api/workitems/", "{}", json_type)->status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
