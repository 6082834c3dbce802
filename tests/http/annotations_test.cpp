#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace noctis;
using noctis::test::facade_fixture;

namespace {

constexpr auto json_type = "application/json";
constexpr auto path = "/api/annotations/11111111-2222-4333-8444-555555555555/";

struct with_annotations : facade_fixture {
  httplib::Client http = user();

  /// A body that is right, but for what `change` (members of JSON) says.
  static std::string body(const std::string& change = "") {
    return R"({"study_instance_uid":"1.2.3","series_instance_uid":"1.2.3.4","sop_instance_uid":"1.2.3.4.1",)"
           R"("kind":"length","space":"image","points":[[1,2],[3,4.5]],"view":{"tool":"Length"},)"
           R"("measurements":[{"name":"length","value":50.5,"unit":"mm"}],"version":0)" +
           (change.empty() ? "" : "," + change) + "}";
  }
  httplib::Result put(const std::string& text) { return http.Put(path, text, json_type); }
  std::string wrong_field(const std::string& change) {
    const auto answer = put(body(change));
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 400, change);
    const auto problem = json(answer);
    if (!problem.HasMember("errors") || problem["errors"].MemberCount() != 1) return answer->body;
    return problem["errors"].MemberBegin()->name.GetString();
  }
  std::string last() {
    std::lock_guard<std::mutex> lock(known->mutex);
    return known->edits.empty() ? "" : known->edits.back();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(annotation_routes, with_annotations)

BOOST_AUTO_TEST_CASE(annotations_of_a_study_are_listed) {
  const auto all = json(http.Get("/api/studies/1.2.3/annotations/?author=ben"));
  BOOST_TEST(all["count"].GetInt() == 1);
  const auto& one = all["results"][0];
  BOOST_TEST(one["author"]["username"].GetString() == "ben");
  BOOST_TEST(one["points"][0][1].GetDouble() == 2.5);
  BOOST_TEST(one["dicom"].IsNull());
  BOOST_TEST(one["view"].IsObject());
  BOOST_TEST(http.Get("/api/studies/9/annotations/")->status == 404);
  BOOST_TEST(http.Get("/api/studies/1/annotations/?colour=red")->status == 400);
  BOOST_TEST(json(http.Get((std::string{path} + "versions/").c_str()))["count"].GetInt() == 2);
  BOOST_TEST(http.Get("/api/annotations/none/versions/")->status == 404);
}

BOOST_AUTO_TEST_CASE(an_annotation_is_made_changed_and_deleted) {
  const auto made = put(body());
  BOOST_TEST(made->status == 201, made->body);
  BOOST_TEST(json(made)["version"].GetInt() == 1);
  BOOST_TEST(last() == R"(annotate 11111111-2222-4333-8444-555555555555 length 0 {"tool":"Length"})");
  auto text = body();
  text.replace(text.find("\"version\":0"), 11, "\"version\":1");
  BOOST_TEST(put(text)->status == 200);
  BOOST_TEST(http.Delete((std::string{path} + "?version=2").c_str())->status == 204);
  BOOST_TEST(last() == "erase 11111111-2222-4333-8444-555555555555 2");
  BOOST_TEST(http.Delete(path)->status == 400);
  BOOST_TEST(http.Put("/api/annotations/AAAAAAAA-2222-4333-8444-555555555555/", body(), json_type)->status == 201);
  BOOST_TEST(last().substr(0, 17) == "annotate aaaaaaaa");
}

BOOST_AUTO_TEST_CASE(a_conflict_shows_what_is_there) {
  auto text = body();
  text.replace(text.find("\"version\":0"), 11, "\"version\":7");
  const auto answer = put(text);
  BOOST_TEST(answer->status == 409);
  const auto problem = json(answer);
  BOOST_TEST(problem["current"]["version"].GetInt() == 8);
  BOOST_TEST(problem["current"]["kind"].GetString() == "length");
  BOOST_TEST(http.Delete((std::string{path} + "?version=7").c_str())->status == 409);
}

BOOST_AUTO_TEST_CASE(each_field_is_looked_at) {
  BOOST_TEST(wrong_field(R"("frame":0)") == "frame");
  BOOST_TEST(wrong_field(R"("label":"\u001b[31m")") == "label");
  BOOST_TEST(wrong_field(R"("frame_of_reference_uid":"x")") == "frame_of_reference_uid");
  BOOST_TEST(wrong_field(R"("author":"me")") == "author");
  BOOST_TEST(wrong_field(R"("id":"22222222-2222-4333-8444-555555555555")") == "id");
  const auto instead = [&](const std::string& from, const std::string& to) {
    auto text = body();
    text.replace(text.find(from), from.size(), to);
    const auto answer = put(text);
    BOOST_TEST(answer->status == 400, to);
    const auto problem = json(answer);
    return problem.HasMember("errors") ? std::string{problem["errors"].MemberBegin()->name.GetString()} : answer->body;
  };
  BOOST_TEST(instead("\"length\",\"space\"", "\"star\",\"space\"") == "kind");
  BOOST_TEST(instead("\"length\",\"space\"", "\"angle\",\"space\"") == "points");
  BOOST_TEST(instead("[[1,2],[3,4.5]]", "[[1,2,3],[3,4.5,1]]") == "points");
  BOOST_TEST(instead("[[1,2],[3,4.5]]", "[[1,2],[3,4e9]]") == "points");
  BOOST_TEST(instead("[[1,2],[3,4.5]]", "[1,2]") == "points");
  BOOST_TEST(instead("\"mm\"", "\"inch\"") == "measurements");
  BOOST_TEST(instead("50.5", "\"50\"") == "measurements");
  BOOST_TEST(instead("50.5", "1e15") == "measurements");
  BOOST_TEST(instead("\"image\"", "\"patient\"") != "");
  BOOST_TEST(instead("{\"tool\":\"Length\"}", "{\"a\":\"" + std::string(5000, 'x') + "\"}") == "view");
  BOOST_TEST(instead("\"1.2.3\"", "\"\"") == "study_instance_uid");
  instead("50.5", "1e999");
  BOOST_TEST(put(body("\"label\":\"" + std::string(600'000, 'x') + "\""))->status == 413);
  BOOST_TEST(last() == "");
}

BOOST_AUTO_TEST_CASE(a_long_outline_has_room) {
  std::string points;
  for (int i = 0; i < 4096; ++i) points += (i == 0 ? "[" : ",[") + std::to_string(i) + ".123456789,1234.5678901234]";
  auto text = body();
  text.replace(text.find("\"length\",\"space\""), 8, "\"freehand\"");
  text.replace(text.find("[[1,2],[3,4.5]]"), 15, "[" + points + "]");
  BOOST_TEST(put(text)->status == 201);
}

BOOST_AUTO_TEST_CASE(measurements_are_a_table_without_formulas) {
  const auto answer = http.Get("/api/studies/1/annotations.csv");
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(answer->get_header_value("Content-Type").substr(0, 8) == "text/csv");
  const auto& text = answer->body;
  BOOST_TEST(text.find("annotation,version,author,") == 0u);
  BOOST_TEST(text.find("ellipse,\"'=1+2, \"\"quoted\"\"\",mean,-1000.0,[hnsf'U]\r\n") != std::string::npos, text);
  BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 3);
}

BOOST_AUTO_TEST_CASE(storing_now_is_a_job) {
  const auto answer = http.Post("/api/studies/1.2.3/annotations/store/");
  BOOST_TEST(answer->status == 202);
  BOOST_TEST(json(answer)["job"].GetInt() == 7);
  BOOST_TEST(http.Post("/api/studies/404/annotations/store/")->status == 404);
}

BOOST_AUTO_TEST_CASE(viewers_read_and_do_not_write) {
  auto viewer = client();
  const auto login = viewer.Post("/api/auth/token/", R"({"username":"vic","password":"right"})", json_type);
  viewer.set_bearer_token_auth(json(login)["access"].GetString());
  BOOST_TEST(viewer.Get("/api/studies/1/annotations/")->status == 200);
  BOOST_TEST(viewer.Put(path, body(), json_type)->status == 403);
  BOOST_TEST(viewer.Delete((std::string{path} + "?version=1").c_str())->status == 403);
  BOOST_TEST(viewer.Post("/api/studies/1/annotations/store/")->status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
