#include "tests/schema/analysed.hpp"

#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

BOOST_FIXTURE_TEST_SUITE(alerts_, analysed)

BOOST_AUTO_TEST_CASE(an_urgent_run_raises_priority_and_alert_and_is_escalated_by_a_job) {
  const auto run = record(urgent(), 600'000);
  BOOST_TEST(field("priority") == "urgent");
  BOOST_TEST(field("alert") == "open");
  const auto raised = only_alert();
  BOOST_TEST(raised.analysis == run);
  BOOST_TEST(raised.kind == "finding");
  BOOST_TEST(raised.level == "urgent");
  BOOST_TEST(raised.state == "open");
  BOOST_TEST(raised.reason == "Hyperdense volume of 14 ml");
  BOOST_TEST(raised.patient_name == "Doe^Jane 1");
  BOOST_TEST(raised.patient_id == "P1");
  BOOST_TEST(raised.study_description == "CT HEAD");
  BOOST_TEST(told("alert.raised").find(R"("level": "urgent")") != std::string::npos);
  BOOST_TEST(told("study.updated").find(R"("priority": "urgent")") != std::string::npos);
  BOOST_TEST(ask("select queue || ' ' || unique_key || ' ' || (payload->>'task') || ' ' || (payload->>'alert') || ' ' "
                 "|| round(extract(epoch from run_after - now()) / 60) from jobs") ==
             "maintenance escalate " + std::to_string(raised.id) + " escalate " + std::to_string(raised.id) + " 10");
  BOOST_TEST(alerts.escalate({machine, raised.id}));
  BOOST_TEST(alerts.escalate({machine, raised.id})); // the job runs twice
  BOOST_TEST(only_alert().level == "critical");
  BOOST_TEST(only_alert().escalated_at >= raised.raised_at);
  BOOST_TEST(field("alert") == "escalated");
  BOOST_TEST(ask("select count(*) from events where type = 'alert.escalated' and payload->>'level' = 'critical'") ==
             "1");
  BOOST_TEST(ask("select count(*) from audit where action in ('alert.raise', 'alert.escalate', 'study.change')") ==
             "3");
}

BOOST_AUTO_TEST_CASE(a_priority_is_never_lowered) {
  tell(options, "update kept_studies set priority = 'stat'");
  record(urgent());
  BOOST_TEST(field("priority") == "stat");
  BOOST_TEST(ask("select count(*) from events where type = 'study.updated'") == "0");
  BOOST_TEST(ask("select count(*) from jobs") == "0"); // no time to escalate
}

BOOST_AUTO_TEST_CASE(an_alert_is_acknowledged_once) {
  record(urgent());
  const auto raised = only_alert();
  const auto taken = alerts.acknowledge({ann, raised.id, "called the ward"});
  BOOST_TEST(taken.state == "acknowledged");
  BOOST_TEST(taken.acknowledged_by == "Ann Reader");
  BOOST_TEST(taken.note == "called the ward");
  BOOST_TEST(field("alert") == "acknowledged");
  BOOST_CHECK_EXCEPTION(alerts.acknowledge({ann, raised.id, ""}), database_error, has_code(errc::state_conflict));
  BOOST_TEST(!alerts.escalate({machine, raised.id}));
  BOOST_TEST(!alerts.escalate({machine, 4711}));
  BOOST_TEST(ask("select payload->>'alert' from events where type = 'alert.acknowledged'") ==
             std::to_string(raised.id));
  BOOST_TEST(ask("select who from audit where action = 'alert.acknowledge'") == "ann");
}

BOOST_AUTO_TEST_CASE(two_alerts_of_a_study_that_are_taken_at_once_leave_it_acknowledged) {
  for (int round = 0; round < 10; ++round) {
    tell(options, "delete from alerts");
    record(urgent(10 + 2 * round));
    record(urgent(11 + 2 * round));
    std::vector<std::thread> readers;
    for (const auto& one : alerts.list({ann, "open"}).alerts) {
      readers.emplace_back([this, id = one.id] {
        database own{options};
        alerts_repository{own}.acknowledge({ann, id, ""});
      });
    }
    BOOST_TEST(readers.size() == 2u);
    for (auto& reader : readers) reader.join();
    BOOST_TEST(field("alert") == "acknowledged");
  }
}

BOOST_AUTO_TEST_CASE(alerts_are_listed_open_ones_first) {
  const std::vector<analysis_run> runs{urgent(1), urgent(2), urgent(3)};
  for (const auto& run : runs) record(run);
  const auto newest = alerts.list({ann, ""}).alerts.front();
  alerts.acknowledge({ann, newest.id, ""});
  const auto all = alerts.list({ann, ""});
  BOOST_TEST(all.count == 3);
  BOOST_TEST(all.alerts.back().id == newest.id);
  BOOST_TEST(all.alerts[0].id > all.alerts[1].id);
  BOOST_TEST(alerts.list({ann, "open"}).count == 2);
  BOOST_TEST(alerts.list({ann, "acknowledged"}).alerts.at(0).id == newest.id);
  BOOST_TEST(alerts.list({ann, "", 2}).count == 0);
  BOOST_TEST(alerts.list({ann, "", 0, 2, 2}).alerts.size() == 1u);
  for (const auto& wrong : {alert_filter{ann, "closed"}, alert_filter{ann, "", 0, 0}, alert_filter{ann, "", 0, 1, 201}})
    BOOST_CHECK_EXCEPTION(alerts.list(wrong), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_phantom_out_of_tolerance_raises_an_alert_but_no_priority) {
  record(calibration(1, R"({"out_of_tolerance": false})"), 1000);
  BOOST_TEST(alerts.list({ann, ""}).count == 0);
  auto run = calibration(2, R"({"out_of_tolerance": true})");
  run.warnings = {"water measures 12.0 HU"};
  record(run, 1000);
  const auto raised = only_alert();
  BOOST_TEST(raised.kind == "calibration");
  BOOST_TEST(raised.reason == "water measures 12.0 HU");
  BOOST_TEST(ask("select count(*) from kept_studies where priority <> 'routine'") == "0");
  BOOST_TEST(ask("select count(*) from jobs") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
