#include "http/api/document.hpp"
#include "http/routes/routes.hpp"
#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace noctis;
using noctis::test::facade_fixture;

namespace {

field_errors wrong(const std::string& schema, const char* text) {
  static const api_schemas schemas;
  rapidjson::Document body;
  body.Parse(text);
  return schemas.check(schema, body);
}

router all_routes() {
  router routes;
  add_session_routes(routes);
  add_study_routes(routes);
  add_edit_routes(routes);
  add_quarantine_routes(routes);
  add_dicom_web_routes(routes);
  return routes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(api)

BOOST_AUTO_TEST_CASE(the_document_has_each_route_and_no_other) {
  const auto routes = all_routes();
  const api_schemas schemas;
  rapidjson::Document document;
  document.Parse(openapi_document(routes, schemas, "1.0").c_str());
  BOOST_REQUIRE(!document.HasParseError());
  std::set<std::string> described;
  for (const auto& path : document["paths"].GetObject()) {
    for (const auto& method : path.value.GetObject())
      described.insert(std::string(method.name.GetString()) + " " + path.name.GetString());
  }
  std::set<std::string> there;
  routes.each([&](const route& r) {
    auto text = r.method + " " + r.pattern;
    std::transform(text.begin(), text.begin() + static_cast<long>(r.method.size()), text.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    std::replace(text.begin(), text.end(), '<', '{');
    std::replace(text.begin(), text.end(), '>', '}');
    there.insert(text);
  });
  BOOST_TEST(described == there, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_routes_declare_is_there) {
  const api_schemas schemas;
  all_routes().each([&](const route& r) {
    for (const auto& name : r.parameters) BOOST_TEST(schemas.components()["parameters"].HasMember(name.c_str()), name);
    for (const auto& one : r.outcomes)
      BOOST_TEST((one.schema.empty() || schemas.components()["schemas"].HasMember(one.schema.c_str())), one.schema);
  });
}

BOOST_AUTO_TEST_CASE(bodies_are_held_against_their_schema) {
  BOOST_TEST(wrong("credentials", R"({"username":"a","password":"b","remember":true})").empty());
  BOOST_TEST(wrong("credentials", R"({"username":""})")["username"].front() == "This field may not be blank.");
  BOOST_TEST(wrong("credentials", R"({"username":"a"})")["password"].front() == "This field is required.");
  BOOST_TEST(wrong("credentials", R"({"username":1,"password":"b"})")["username"].front() == "Not a valid string.");
  BOOST_TEST(wrong("patient_merge", R"({"into":0,"reason":"r"})")["into"].front() == "Must be at least 1.");
  BOOST_TEST(wrong("patient_merge", R"({"into":1.5,"reason":"r"})").count("into") == 1u);
  BOOST_TEST(wrong("archive", R"({"studies":[1,"1.2"]})").empty());
  BOOST_TEST(wrong("archive", R"({"studies":[]})")["studies"].front() == "Must have at least 1 entries.");
  BOOST_TEST(wrong("archive", R"({"studies":[true]})").count("studies") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
