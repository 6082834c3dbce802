#include "schema/repositories/deletions.hpp"
#include "schema/repositories/jobs.hpp"
#include "schema/repositories/peers.hpp"
#include "schema/repositories/routing.hpp"
#include "tests/schema/catalogue.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct routed : catalogue {
  routing_repository routing{db};
  jobs_repository jobs{db};
  routing_rule rule;

  routed() {
    peers_repository peers{db};
    peers.put("ARCHIVE", "10.0.0.2", 104, 1);
    peers.put("MODALITY", "", 0, 1);
    rule.name = "to the archive";
    rule.destination = "ARCHIVE";
    rule.modalities = {"CT", "MR"};
    rule.attributes = {{{0x00081030}, {"*HEAD*", "say \"b\\c\""}}, {{0x00400275, 0x00400007}, {"x"}}};
    rule.id = put(rule).id;
  }

  routing_rule put(const routing_rule& one) { return routing.put({everyone, one}); }
  void send(const std::vector<index_entry>& entries, std::vector<int64_t> rules) {
    for (const auto& answer :
         index_repository{db}.index_batch(entries, std::vector<std::vector<int64_t>>(entries.size(), rules)))
      result_of(answer);
  }
  std::vector<int64_t> due(int study) {
    std::vector<int64_t> ids;
    for (const auto& one : routing.undelivered({rule.id, uid("study", study), 0, 1000}).images) ids.push_back(one.id);
    return ids;
  }
  void hurry() const { tell(options, "update jobs set run_after = now() where state = 'pending'"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(routing_, routed)

BOOST_AUTO_TEST_CASE(a_rule_is_kept_as_it_was_made) {
  const auto kept = routing.list(everyone);
  BOOST_REQUIRE(kept.size() == 1u);
  BOOST_TEST(kept[0].destination == "ARCHIVE");
  BOOST_TEST(kept[0].modalities == rule.modalities, boost::test_tools::per_element());
  BOOST_REQUIRE(kept[0].attributes.size() == 2u);
  BOOST_TEST(kept[0].attributes[0].values == rule.attributes[0].values, boost::test_tools::per_element());
  BOOST_TEST(kept[0].attributes[1].path == rule.attributes[1].path, boost::test_tools::per_element());
  auto changed = rule;
  changed.active = false;
  put(changed);
  BOOST_TEST(routing.active().empty());
  routing.remove(everyone, rule.id);
  BOOST_TEST(routing.list(everyone).empty());
  BOOST_CHECK_EXCEPTION(routing.remove(everyone, rule.id), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(rules_that_cannot_be_are_refused) {
  const auto bad = has_code(errc::invalid_argument);
  auto wrong = rule;
  wrong.id = 0;
  BOOST_CHECK_EXCEPTION(put(wrong), database_error, has_code(errc::state_conflict));
  for (const auto* destination : {"NOBODY", "MODALITY", ""}) {
    wrong = rule;
    wrong.destination = destination;
    BOOST_CHECK_EXCEPTION(put(wrong), database_error, bad);
  }
  wrong = rule;
  wrong.priority = "soon";
  BOOST_CHECK_EXCEPTION(put(wrong), database_error, bad);
  wrong = rule;
  wrong.attributes.push_back({{}, {"x"}});
  BOOST_CHECK_EXCEPTION(put(wrong), database_error, bad);
  wrong = rule;
  wrong.id = 99;
  BOOST_CHECK_EXCEPTION(put(wrong), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(routing.put({entity(1), rule}), database_error, has_code(errc::permission_denied));
  BOOST_CHECK_EXCEPTION(peers_repository{db}.remove("ARCHIVE"), database_error, has_code(errc::state_conflict));
}

BOOST_AUTO_TEST_CASE(what_arrives_is_due_once_and_one_job_sends_it) {
  send({entry(1, 1, 1), entry(1, 1, 2), entry(2, 2, 3)}, {rule.id});
  send({entry(1, 1, 4)}, {rule.id, 999});
  send({entry(1, 1, 4)}, {rule.id}); // again
  BOOST_TEST(due(1).size() == 3u);
  BOOST_TEST(ask("select count(*) from jobs") == "2");
  BOOST_TEST(jobs.claim({{"forward"}, "w", 1000}).empty()); // more may come
  hurry();
  const auto claimed = jobs.claim({{"forward"}, "w", 1000});
  BOOST_REQUIRE(claimed.size() == 1u);
  BOOST_TEST(claimed[0].facility == 1);
  BOOST_TEST(claimed[0].payload ==
             R"({"rule": 1, "study_uid": ")" + uid("study", 1) + R"(", "deidentify": "", "destination": "ARCHIVE"})");
  const auto images = routing.undelivered({rule.id, uid("study", 1), 0, 2}).images;
  BOOST_REQUIRE(images.size() == 2u);
  BOOST_TEST(images[0].locations.at(0).path == entry(1, 1, 1).file.where.path);
  routing.delivered({rule.id, {images[0].id, images[1].id}});
  BOOST_TEST(due(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_instance_that_arrives_while_the_job_runs_has_it_run_again) {
  send({entry(1, 1, 1)}, {rule.id});
  hurry();
  const auto claimed = jobs.claim({{"forward"}, "w", 60'000});
  BOOST_REQUIRE(claimed.size() == 1u);
  send({entry(1, 1, 2)}, {rule.id});
  jobs.end({claimed[0].id, "w", "", "", false});
  BOOST_TEST(jobs.find(everyone, claimed[0].id).state == "pending");
}

BOOST_AUTO_TEST_CASE(a_rule_that_was_removed_since_it_was_read_stops_nothing) {
  auto other = rule;
  other.id = 0;
  other.name = "inactive";
  other.active = false;
  other.id = put(other).id;
  routing.remove(everyone, rule.id);
  send({entry(1, 1, 1)}, {rule.id, other.id});
  BOOST_TEST(ask("select count(*) from jobs") == "0");
  BOOST_TEST(ask("select count(*) from instances") == "1");
}

BOOST_AUTO_TEST_CASE(a_batch_that_fails_leaves_no_job_and_deleted_instances_are_not_sent) {
  tell(options, "alter table jobs add constraint never check (queue <> 'forward') not valid");
  const auto answers = index_repository{db}.index_batch({entry(1, 1, 1)}, {{rule.id}});
  refusal_of(answers.front());
  BOOST_TEST(ask("select count(*) from kept_instances") == "0");
  BOOST_TEST(ask("select count(*) from deliveries") == "0");
  tell(options, "alter table jobs drop constraint never");
  send({entry(1, 1, 1), entry(1, 1, 2)}, {rule.id});
  deletions_repository{db}.hide({everyone, query_level::instance, {0, uid("instance", 1)}, "x"});
  BOOST_TEST(due(1).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
