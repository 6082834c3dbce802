#include "tests/schema/analysed.hpp"

#include <limits>
#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

BOOST_FIXTURE_TEST_SUITE(analyses_, analysed)

BOOST_AUTO_TEST_CASE(a_run_comes_back_as_it_was_recorded) {
  const auto id = record(head());
  const auto all = analyses.list({ann, study, false});
  BOOST_TEST(all.study_uid == uid("study", 1));
  BOOST_TEST(all.state == "");
  BOOST_REQUIRE(all.runs.size() == 1u);
  const auto& run = all.runs.front();
  BOOST_TEST(run.id == id);
  BOOST_TEST(run.series_uid == uid("series", 1));
  BOOST_TEST(run.seconds == 2.5);
  BOOST_TEST(run.started_at > 1'700'000'000'000);
  BOOST_CHECK(run.warnings == head().warnings);
  BOOST_TEST(run.details == "{}");
  BOOST_TEST(run.segmentation_series_uid == "1.2.5");
  BOOST_REQUIRE(run.findings.size() == 2u);
  BOOST_TEST(run.findings[0].kind == "measurement");
  BOOST_TEST(run.findings[0].what.meaning == "Volume");
  BOOST_TEST(run.findings[0].value == 12.25);
  BOOST_TEST(run.findings[0].unit == "ml");
  BOOST_TEST(run.findings[0].position.empty());
  BOOST_TEST(run.findings[0].laterality.value == "");
  BOOST_TEST(run.findings[1].laterality.value == "7771000");
  BOOST_CHECK(run.findings[1].position == (std::vector<double>{1.5, -2, 3}));
  BOOST_TEST(run.findings[1].mean_hu == 65);
  BOOST_TEST(told("analysis.done") == R"({"urgent": false, "analyser": "ct-head", "analysis": )" + std::to_string(id) +
                                          R"(, "study_id": 1, "study_instance_uid": ")" + uid("study", 1) + "\"}");
  BOOST_TEST(ask("select who from audit where action = 'analysis.record'") == "analyst");
  BOOST_TEST(ask("select count(*) from alerts") == "0");
}

BOOST_AUTO_TEST_CASE(the_same_run_again_changes_nothing) {
  const auto id = record(urgent(), 60'000);
  BOOST_TEST(record(urgent(), 60'000) == id);
  BOOST_TEST(ask("select count(*) from analyses") == "1");
  BOOST_TEST(ask("select count(*) from analysis_findings") == "2");
  BOOST_TEST(ask("select count(*) from alerts") == "1");
  BOOST_TEST(ask("select count(*) from jobs") == "1");
  BOOST_TEST(ask("select count(*) from events where type in ('analysis.done', 'alert.raised')") == "2");
}

BOOST_AUTO_TEST_CASE(two_workers_record_a_run_once) {
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([this] {
      database own{options};
      analyses_repository{own}.record({machine, urgent(), 1000});
    });
  }
  for (auto& worker : workers) worker.join();
  BOOST_TEST(ask("select count(*) from analyses") == "1");
  BOOST_TEST(ask("select count(*) from alerts") == "1");
}

BOOST_AUTO_TEST_CASE(a_newer_run_supersedes_older_ones_of_its_series) {
  const auto first = record(head(1));
  auto other = head(1);
  other.analyser = "quality-control";
  record(other);
  const auto second = record(head(2));
  BOOST_TEST(listed().size() == 2u);
  const auto all = listed(true);
  BOOST_REQUIRE(all.size() == 3u);
  BOOST_TEST(all.front().id == second);
  BOOST_TEST(all.back().id == first);
  BOOST_TEST(all.back().superseded);
  BOOST_TEST(record(head(1)) == first); // the images are as they were: it is the current one again
  BOOST_TEST(ask("select string_agg(id::text, ' ' order by id) from analyses where superseded") ==
             std::to_string(second));
}

BOOST_AUTO_TEST_CASE(a_run_that_failed_is_mended_by_one_that_succeeds) {
  auto failed = head();
  failed.state = "failed";
  failed.error = "the worker was killed by signal 11";
  failed.findings.clear();
  record(failed);
  BOOST_TEST(listed().front().error == failed.error);
  record(head());
  BOOST_REQUIRE(listed(true).size() == 1u);
  BOOST_TEST(listed().front().state == "done");
  record(failed);
  BOOST_TEST(listed().front().state == "done");
}

BOOST_AUTO_TEST_CASE(a_reader_judges_a_finding_and_may_think_again) {
  record(head());
  const auto finding = listed().front().findings[1].id;
  const auto judged = analyses.judge({ann, finding, "rejected"});
  BOOST_TEST(judged.verdict == "rejected");
  BOOST_TEST(judged.verdict_by == "Ann Reader");
  BOOST_TEST(judged.verdict_at > 1'700'000'000'000);
  analyses.judge({ann, finding, "accepted"});
  BOOST_TEST(listed().front().findings[1].verdict == "accepted");
  BOOST_TEST(ask("select accepted || ' ' || rejected from analyses") == "1 0");
  const auto withdrawn = analyses.judge({ann, finding, ""});
  BOOST_TEST(withdrawn.verdict == "");
  BOOST_TEST(withdrawn.verdict_by == "");
  BOOST_TEST(withdrawn.verdict_at == 0);
  BOOST_TEST(ask("select accepted || ' ' || rejected from analyses") == "0 0");
  BOOST_TEST(
      ask("select string_agg(detail->>'verdict', ',' order by id) from audit where action = 'finding.verdict'") ==
      "rejected,accepted,");
  BOOST_CHECK_EXCEPTION(analyses.judge({ann, finding, "perhaps"}), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(analyses.judge({ann, 4711, "accepted"}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(other_facilities_and_other_roles_see_and_change_nothing) {
  record(urgent());
  record(calibration(1, R"({"inserts": [{"material": "water", "measured_hu": 1, "expected_hu": 0}]})"));
  const auto finding = listed(true).back().findings[0].id;
  const auto alert = only_alert().id;
  const auto other = stranger();
  BOOST_CHECK_EXCEPTION(analyses.list({other, study, false}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(analyses.judge({other, finding, "accepted"}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(analyses.record({other, head(9), 0}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(alerts.acknowledge({other, alert, ""}), database_error, has_code(errc::not_found));
  BOOST_TEST(alerts.list({other, ""}).count == 0);
  BOOST_TEST(analyses.dashboard({other, 30}).analysers.empty());
  BOOST_TEST(analyses.dashboard({other, 30}).alerts_open == 0);
  BOOST_TEST(analyses.calibration({other, "", 365}).points.empty());
  auto viewer = ann;
  viewer.permissions = permissions_of_role("viewer");
  const auto denied = has_code(errc::permission_denied);
  BOOST_CHECK_EXCEPTION(analyses.judge({viewer, finding, "accepted"}), database_error, denied);
  BOOST_CHECK_EXCEPTION(alerts.acknowledge({viewer, alert, ""}), database_error, denied);
  BOOST_CHECK_EXCEPTION(alerts.acknowledge({machine, alert, ""}), database_error, denied);
  BOOST_CHECK_EXCEPTION(alerts.escalate({ann, alert}), database_error, denied);
}

BOOST_AUTO_TEST_CASE(a_deleted_study_has_no_analyses) {
  record(urgent());
  const auto alert = only_alert().id;
  tell(options, "insert into deletions (level, object, who, reason) select 'study', id, 'test', "
                "'test' from kept_studies where id = 1");
  tell(options, "update kept_studies set deletion = (select max(id) from deletions) where id = 1");
  BOOST_CHECK_EXCEPTION(listed(), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(record(head(2)), database_error, has_code(errc::not_found));
  BOOST_TEST(alerts.list({ann, ""}).count == 0);
  BOOST_TEST(!alerts.escalate({machine, alert}));
}

BOOST_AUTO_TEST_CASE(what_a_run_cannot_be_is_refused_with_its_name) {
  const auto refused = [&](auto change) {
    auto run = head();
    change(run);
    BOOST_CHECK_EXCEPTION(record(run), database_error, has_code(errc::invalid_argument));
  };
  refused([](analysis_run& r) { r.analyser = "CT Head"; });
  refused([](analysis_run& r) { r.version = ""; });
  refused([](analysis_run& r) { r.input_digest = "xyz"; });
  refused([](analysis_run& r) { r.series_uid = "series"; });
  refused([](analysis_run& r) { r.state = "running"; });
  refused([](analysis_run& r) { r.seconds = std::numeric_limits<double>::quiet_NaN(); });
  refused([](analysis_run& r) { r.urgent = true; });
  refused([](analysis_run& r) { r.warnings.assign(101, "w"); });
  refused([](analysis_run& r) { r.warnings = {std::string(1025, 'w')}; });
  refused([](analysis_run& r) { r.findings.resize(1001, r.findings[0]); });
  refused([](analysis_run& r) { r.findings[0].kind = "guess"; });
  refused([](analysis_run& r) { r.findings[0].what = {}; });
  refused([](analysis_run& r) { r.findings[0].value = std::numeric_limits<double>::infinity(); });
  refused([](analysis_run& r) { r.findings[1].position.pop_back(); });
  refused([](analysis_run& r) { r.findings[1].site.scheme = ""; });
  refused([](analysis_run& r) { r.details = "[1]"; });
  refused([](analysis_run& r) { r.details = R"({"a": "\u0000"})"; });
  refused([](analysis_run& r) { r.report_uid = "report"; });
  auto unknown = head();
  unknown.study_uid = "1.2.3.4";
  BOOST_CHECK_EXCEPTION(record(unknown), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(the_dashboard_counts_runs_verdicts_and_alerts) {
  for (int i = 1; i <= 4; ++i) {
    auto run = urgent(i);
    run.seconds = i;
    record(run);
  }
  auto failed = head(5);
  failed.state = "failed";
  failed.findings.clear();
  record(failed);
  auto old = head(6);
  old.started_at = 1'600'000'000'000;
  record(old);
  const auto findings = listed(true)[2].findings;
  analyses.judge({ann, findings[0].id, "accepted"});
  analyses.judge({ann, findings[1].id, "rejected"});
  const auto all = alerts.list({ann, ""}).alerts;
  tell(options, "update alerts set raised_at = now() - interval '100 seconds'");
  alerts.escalate({machine, all[0].id});
  alerts.acknowledge({ann, all[1].id, ""});
  const auto figures = analyses.dashboard({ann, 30});
  BOOST_REQUIRE(figures.analysers.size() == 1u);
  const auto& one = figures.analysers.front();
  BOOST_TEST(one.analyser == "ct-head");
  BOOST_TEST(one.runs == 5);
  BOOST_TEST(one.failures == 1);
  BOOST_TEST(one.mean_seconds == 2.5);
  BOOST_TEST(one.p95_seconds == 3.85, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(one.findings == 8);
  BOOST_TEST(one.accepted == 1);
  BOOST_TEST(one.rejected == 1);
  BOOST_TEST(one.urgent == 4);
  BOOST_TEST(figures.alerts_open == 2);
  BOOST_TEST(figures.alerts_escalated == 1);
  BOOST_TEST(figures.alerts_acknowledged == 1);
  BOOST_TEST(figures.median_acknowledgement_seconds == 100, boost::test_tools::tolerance(0.1));
  BOOST_CHECK_EXCEPTION(analyses.dashboard({ann, 0}), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(the_trend_of_a_scanner_is_in_order_of_its_phantoms) {
  tell(options,
       "update kept_series set station_name = 'CT' || id, series_date = '2024010' || id, series_time = '1200'");
  tell(options, "update kept_series set series_date = '20230102', series_time = '134501.5' where id = 2");
  record(calibration(1, R"({"inserts": [{"material": "water", "measured_hu": 1.5, "expected_hu": 0, "tolerance_hu": 5},
                                        {"material": "air", "measured_hu": -990, "expected_hu": -1000,
                                         "tolerance_hu": 30}, {"material": "unknown", "measured_hu": 7}]})"));
  record(
      calibration(2, R"({"inserts": [{"material": "water", "measured_hu": 9, "expected_hu": 0, "tolerance_hu": 5}]})"));
  const auto trend = analyses.calibration({ann, "", 365}).points;
  BOOST_REQUIRE(trend.size() == 3u);
  BOOST_TEST(trend[0].station == "CT2");
  BOOST_TEST(trend[0].measured_hu == 9);
  BOOST_TEST(trend[0].at == 1'672'667'101'000);
  BOOST_TEST(trend[1].material == "air");
  BOOST_TEST(trend[1].expected_hu == -1000);
  BOOST_TEST(trend[1].tolerance_hu == 30);
  BOOST_TEST(trend[2].study_uid == uid("study", 1));
  BOOST_TEST(analyses.calibration({ann, "CT2", 365}).points.size() == 1u);
  record(calibration(1, R"({"inserts": "none"})"));
  BOOST_CHECK_EXCEPTION(analyses.calibration({ann, "", 4000}), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()
