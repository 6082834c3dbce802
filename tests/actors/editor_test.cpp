#include "actors/index/editor.hpp"
#include "actors/index/jobs.hpp"
#include "actors/index/workitem_attributes.hpp"
#include "dicom/uid.hpp"
#include "tests/actors/database_fixture.hpp"

#include <rapidjson/document.h>

namespace noctis {

using namespace test;

namespace {

struct editor_fixture : database_fixture {
  editor_actor edits = keep(system.spawn<caf::detached>(editor, base.options, std::chrono::seconds{60}));
  jobs_actor ledger = keep(system.spawn<caf::detached>(jobs, base.options));
  principal operations = system_principal("test", 1);
};

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document result;
  result.Parse(json.c_str());
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(workitem_attributes_)

BOOST_AUTO_TEST_CASE(what_is_missing_and_can_be_made_is_made) {
  const auto made = workitem_attributes("{}", true);
  BOOST_REQUIRE(made);
  const auto attributes = parsed(*made);
  BOOST_TEST(std::string{attributes["0020000D"]["Value"][0].GetString()}.substr(0, 5) == "2.25.");
  BOOST_TEST(attributes["00401001"]["Value"][0].GetStringLength() <= 16u);
  BOOST_TEST(attributes["00400100"]["Value"][0]["00400009"]["Value"][0].GetStringLength() <= 16u);
  BOOST_TEST(*workitem_attributes("{}", false) == "{}");
  const auto given = R"({"0020000D":{"vr":"UI","Value":["1.2.3"]},"00401001":{"vr":"SH","Value":["R"]},)"
                     R"("00400100":{"vr":"SQ","Value":[{"00400009":{"vr":"SH","Value":["S"]}}]}})";
  BOOST_TEST(*workitem_attributes(given, true) == given);
}

BOOST_AUTO_TEST_CASE(a_start_in_the_form_of_ups_is_a_start) {
  const auto made = workitem_attributes(R"({"00404005":{"vr":"DT","Value":["20260102103000+0100"]},)"
                                        R"("00741000":{"vr":"CS","Value":["COMPLETED"]}})",
                                        false);
  BOOST_REQUIRE(made);
  const auto attributes = parsed(*made);
  BOOST_TEST(attributes["00400100"]["Value"][0]["00400002"]["Value"][0].GetString() == "20260102");
  BOOST_TEST(attributes["00400100"]["Value"][0]["00400003"]["Value"][0].GetString() == "103000");
  BOOST_TEST(!attributes.HasMember("00741000"));
}

BOOST_AUTO_TEST_CASE(what_is_not_dicom_json_is_refused) {
  std::string deep = "{}";
  for (int i = 0; i < 20; ++i) deep = R"({"00400100":{"vr":"SQ","Value":[)" + deep + "]}}";
  for (const auto& wrong :
       {std::string{"{"}, std::string{"[]"}, std::string{R"({"PatientID":{"vr":"LO"}})"},
        std::string{R"({"00100020":"P1"})"}, std::string{R"({"00100020":{"vr":"LO","Value":"P1"}})"},
        std::string{R"({"00400100":{"vr":"SQ","Value":["x"]}})"}, std::string(100'000, '[')})
    BOOST_TEST(code_of(workitem_attributes(wrong, true)) == errc::invalid_argument);
  for (const auto& large : {deep, std::string(300'000, ' ')})
    BOOST_TEST(code_of(workitem_attributes(large, true)) == errc::limit_exceeded);
}

BOOST_AUTO_TEST_CASE(new_uids_are_uids_and_differ) {
  const auto one = new_uid();
  BOOST_TEST(one != new_uid());
  BOOST_TEST(one.size() <= 44u);
  BOOST_TEST(one.find_first_not_of("0123456789.") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(editors, editor_fixture)

BOOST_AUTO_TEST_CASE(a_workitem_is_scheduled_claimed_and_completed) {
  const auto made = get<workitem>(edits, workitem_put{operations, "", true, "{}", ""});
  BOOST_TEST(made.uid.substr(0, 5) == "2.25.");
  BOOST_TEST(get<workitem>(edits, workitem_request{operations, made.uid}).id == made.id);
  get<workitem>(edits, workitem_transition{operations, made.uid, "IN PROGRESS", "1.9", ""});
  BOOST_TEST(get<workitem>(edits, workitem_transition{operations, made.uid, "COMPLETED", "1.9", ""}).state ==
             "COMPLETED");
  BOOST_TEST(code_of(ask<workitem>(edits, workitem_put{operations, "", true, "nonsense", ""})) ==
             errc::invalid_argument);
  const auto other = get<workitem>(edits, workitem_put{operations, "1.2.3", true, "{}", ""});
  BOOST_REQUIRE(!tell(edits, workitem_removal{operations, other.uid}));
  BOOST_TEST(code_of(tell(edits, workitem_removal{operations, other.uid})) == errc::not_found);
}

BOOST_AUTO_TEST_CASE(a_job_goes_through_the_ledger) {
  const auto id = get<int64_t>(ledger, job_submission{operations, "forward", "{}", "", "routine", 5, 0});
  const auto claimed = get<std::vector<job>>(ledger, job_claim{{"forward"}, "w", 1000});
  BOOST_REQUIRE(claimed.size() == 1u);
  BOOST_TEST(get<std::vector<job>>(ledger, job_claim{{"forward"}, "w", 1000}).empty());
  BOOST_TEST(get<bool>(ledger, job_progress{id, "w", 0.5, 1000}));
  BOOST_REQUIRE(!tell(ledger, job_end{id, "w", "{}", "", false}));
  BOOST_TEST(code_of(tell(ledger, job_end{id, "w", "{}", "", false})) == errc::state_conflict);
  BOOST_TEST(get<job>(ledger, find_atom::value, operations, id).state == "done");
  BOOST_TEST(get<job_page>(ledger, job_filter{operations, "forward", "done", 0, 1, 50}).count == 1);
  BOOST_TEST(code_of(ask<job>(ledger, cancel_atom::value, operations, id)) == errc::state_conflict);
  BOOST_TEST(code_of(ask<job>(ledger, retry_atom::value, operations, id)) == errc::state_conflict);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
