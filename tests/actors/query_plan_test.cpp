#include "actors/association/query_plan.hpp"
#include "dicom/json/object.hpp"
#include "dicom/json/reader.hpp"
#include "messages/errors.hpp"

#include <boost/test/unit_test.hpp>

namespace noctis {

namespace {

using model = information_model;

constexpr const char* explicit_little = "1.2.840.10008.1.2.1";
constexpr uint32_t level = 0x00080052;
constexpr uint32_t patient_id = 0x00100020;
constexpr uint32_t study_uid = 0x0020000D;
constexpr uint32_t series_uid = 0x0020000E;

/// An identifier as a peer sends it.
query_identifier identifier(const std::vector<std::pair<uint32_t, std::string>>& elements) {
  json_data_set object;
  for (const auto& [tag, value] : elements) object.set(tag, value);
  const auto bytes = encode_json_data_set(object.str(), explicit_little);
  BOOST_REQUIRE(bytes);
  auto read = read_identifier(*bytes, explicit_little);
  BOOST_REQUIRE(read);
  return std::move(*read);
}

std::string refusal(const caf::expected<find_request>& plan) {
  return plan ? "no refusal" : to_string(code_of(plan.error())) + ": " + reason_of(plan.error());
}

} // namespace

BOOST_AUTO_TEST_SUITE(query_plans)

BOOST_AUTO_TEST_CASE(a_study_query_keeps_keys_and_what_is_asked_for) {
  const auto plan =
      plan_find(model::study_root, identifier({{level, "STUDY"}, {patient_id, "A*"}, {study_uid, ""}}), {});
  BOOST_REQUIRE(plan);
  BOOST_TEST((plan->level == query_level::study));
  BOOST_TEST(plan->keys.size() == 1u);
  BOOST_TEST(plan->keys.front().values.front() == "A*");
  BOOST_TEST(plan->returned.size() == 2u);
}

BOOST_AUTO_TEST_CASE(levels_are_those_of_the_model) {
  const auto patients = identifier({{level, "PATIENT"}, {patient_id, "1"}});
  BOOST_TEST(bool(plan_find(model::patient_root, patients, {})));
  BOOST_TEST(refusal(plan_find(model::study_root, patients, {})).find("QueryRetrieveLevel") != std::string::npos);
  const auto series = identifier({{level, "SERIES"}, {patient_id, "1"}, {study_uid, "1.2"}});
  BOOST_TEST(refusal(plan_find(model::patient_study_only, series, {})).find("QueryRetrieveLevel") != std::string::npos);
  BOOST_TEST(refusal(plan_find(model::study_root, identifier({{study_uid, "1.2"}}), {})) ==
             "invalid_argument: QueryRetrieveLevel (0008,0052) is missing");
}

BOOST_AUTO_TEST_CASE(unique_keys_above_are_needed_unless_relational) {
  const auto series = identifier({{level, "SERIES"}, {series_uid, ""}});
  BOOST_TEST(refusal(plan_find(model::study_root, series, {})) ==
             "invalid_argument: unique key missing: StudyInstanceUID");
  BOOST_TEST(bool(plan_find(model::study_root, series, {true, false})));
  const auto several = identifier({{level, "SERIES"}, {study_uid, "1.2\\1.3"}});
  BOOST_TEST(!plan_find(model::study_root, several, {}));
  const auto wildcard = identifier({{level, "STUDY"}, {patient_id, "A*"}});
  BOOST_TEST(!plan_find(model::patient_root, wildcard, {}));
}

BOOST_AUTO_TEST_CASE(a_retrieval_names_what_it_wants) {
  const auto lists = identifier({{level, "STUDY"}, {study_uid, "1.2\\1.3"}});
  const auto plan = plan_retrieve(model::study_root, lists, {});
  BOOST_REQUIRE(plan);
  BOOST_TEST(plan->keys.front().values.size() == 2u);
  BOOST_TEST(!plan_retrieve(model::study_root, identifier({{level, "STUDY"}, {study_uid, ""}}), {}));
  BOOST_TEST(!plan_retrieve(model::study_root, identifier({{level, "STUDY"}, {study_uid, "1.2.*"}}), {}));
  BOOST_TEST(!plan_retrieve(model::patient_root, identifier({{level, "PATIENT"}, {patient_id, "*"}}), {}));
}

BOOST_AUTO_TEST_CASE(a_patient_is_retrieved_by_its_studies) {
  const auto plan = plan_retrieve(model::patient_root, identifier({{level, "PATIENT"}, {patient_id, "A"}}), {});
  BOOST_REQUIRE(plan);
  BOOST_TEST((plan->level == query_level::study));
}

BOOST_AUTO_TEST_CASE(rubbish_is_no_identifier) {
  const std::string text = "rubbish!";
  BOOST_TEST(!read_identifier({text.begin(), text.end()}, explicit_little));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
