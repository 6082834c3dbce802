#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;

namespace {

constexpr auto json_type = "application/json";

struct with_analyses : facade_fixture {
  httplib::Client http = user();

  std::string last() {
    std::lock_guard<std::mutex> lock(known->mutex);
    return known->edits.empty() ? "" : known->edits.back();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(analysis_routes, with_analyses)

BOOST_AUTO_TEST_CASE(analyses_of_a_study_are_listed_with_what_is_not_there_as_null) {
  const auto all = json(http.Get("/api/studies/1/analyses/"));
  BOOST_TEST(all["state"].GetString() == "done");
  BOOST_TEST(all["count"].GetInt() == 1);
  const auto& run = all["results"][0];
  BOOST_TEST(run["analyser"].GetString() == "ct-head");
  BOOST_TEST(run["report_uid"].IsNull());
  BOOST_TEST(run["segmentation"]["series_instance_uid"].GetString() == "1.2.6");
  BOOST_TEST(run["details"]["own"][0].GetInt() == 1);
  BOOST_TEST(!run["superseded"].GetBool());
  const auto& volume = run["findings"][0];
  BOOST_TEST(volume["value"].GetDouble() == 12.5);
  for (const auto* name : {"site", "position", "diameter_mm", "volume_ml", "mean_hu", "verdict", "verdict_at"})
    BOOST_TEST(volume[name].IsNull(), name);
  const auto& bleed = run["findings"][1];
  BOOST_TEST(bleed["value"].IsNull());
  BOOST_TEST(bleed["position"][1].GetDouble() == -2.5);
  BOOST_TEST(bleed["site"]["meaning"].GetString() == "Brain");
  BOOST_TEST(json(http.Get("/api/studies/1/analyses/?superseded=true"))["results"][0]["superseded"].GetBool());
  BOOST_TEST(http.Get("/api/studies/1/analyses/?superseded=1")->status == 400);
  BOOST_TEST(http.Get("/api/studies/404/analyses/")->status == 404);
}

BOOST_AUTO_TEST_CASE(a_study_is_analysed_as_background_work) {
  const auto answer = http.Post("/api/studies/1/analyse/", "", json_type);
  BOOST_TEST(answer->status == 202, answer->body);
  BOOST_TEST(json(answer)["id"].GetInt() == 7);
  BOOST_TEST(last().substr(0, 13) == "job analysis ");
}

BOOST_AUTO_TEST_CASE(a_verdict_is_given_and_withdrawn) {
  constexpr auto path = "/api/findings/12/verdict/";
  const auto judged = json(http.Put(path, R"({"verdict":"rejected"})", json_type));
  BOOST_TEST(judged["verdict"].GetString() == "rejected");
  BOOST_TEST(judged["verdict_by"].GetString() == "Ann");
  BOOST_TEST(last() == "judge 12 \"rejected\"");
  BOOST_TEST(json(http.Put(path, R"({"verdict":null})", json_type))["verdict"].IsNull());
  BOOST_TEST(last() == "judge 12 \"\"");
  BOOST_TEST(http.Put(path, R"({"verdict":"perhaps"})", json_type)->status == 400);
  BOOST_TEST(http.Put(path, "{}", json_type)->status == 400);
  BOOST_TEST(http.Put("/api/findings/404/verdict/", R"({"verdict":"accepted"})", json_type)->status == 404);
  BOOST_TEST(http.Put("/api/findings/x/verdict/", R"({"verdict":"accepted"})", json_type)->status == 404);
}

BOOST_AUTO_TEST_CASE(alerts_are_listed_and_taken_once) {
  const auto all = json(http.Get("/api/alerts/?state=open&study=1"));
  BOOST_TEST(all["count"].GetInt() == 1);
  BOOST_TEST(all["results"][0]["reason"].GetString() == "Hyperdense volume of 14 ml");
  BOOST_TEST(all["results"][0]["acknowledged_at"].IsNull());
  BOOST_TEST(http.Get("/api/alerts/?state=pending")->status == 400);
  BOOST_TEST(http.Get("/api/alerts/?study=none")->status == 400);
  const auto taken = json(http.Post("/api/alerts/3/acknowledge/", R"({"note":"called"})", json_type));
  BOOST_TEST(taken["state"].GetString() == "acknowledged");
  BOOST_TEST(taken["note"].GetString() == "called");
  BOOST_TEST(last() == "acknowledge 3 called");
  BOOST_TEST(http.Post("/api/alerts/3/acknowledge/", "", json_type)->status == 200);
  BOOST_TEST(http.Post("/api/alerts/9/acknowledge/", "", json_type)->status == 409);
  BOOST_TEST(http.Post("/api/alerts/404/acknowledge/", "", json_type)->status == 404);
  const auto long_note = R"({"note":")" + std::string(1025, 'x') + "\"}";
  BOOST_TEST(http.Post("/api/alerts/3/acknowledge/", long_note, json_type)->status == 400);
}

BOOST_AUTO_TEST_CASE(figures_and_trends_have_bounds) {
  const auto figures = json(http.Get("/api/analysis/dashboard/?days=7"));
  BOOST_TEST(figures["days"].GetInt() == 7);
  BOOST_TEST(figures["analysers"][0]["p95_seconds"].GetDouble() == 3.5);
  BOOST_TEST(figures["alerts"]["escalated"].GetInt() == 2);
  BOOST_TEST(http.Get("/api/analysis/dashboard/?days=367")->status == 400);
  const auto trend = json(http.Get("/api/analysis/calibration/?station=CT1"));
  BOOST_TEST(trend["count"].GetInt() == 2);
  BOOST_TEST(trend["results"][0]["station"].GetString() == "CT1");
  BOOST_TEST(!trend["results"][0]["within_tolerance"].GetBool());
  BOOST_TEST(trend["results"][1]["within_tolerance"].GetBool());
  BOOST_TEST(http.Get("/api/analysis/calibration/?days=0")->status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
