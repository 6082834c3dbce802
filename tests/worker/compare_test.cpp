#include "messages/errors.hpp"
#include "tests/worker/support.hpp"
#include "worker/compare.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>

#include <cmath>
#include <string>

namespace noctis {

using namespace test;

namespace {

/// A head whose series has the number.
std::vector<part10_file> head_files(const std::string& kind, int number, uint32_t seed = 1) {
  auto scan = usual_scan(kind);
  scan.pixel_mm = scan.pixel_mm * scan.columns / 128;
  scan.columns = 128;
  scan.noise = 2;
  scan.seed = seed;
  const auto made = make_phantom(kind, scan);
  BOOST_REQUIRE(made);
  return files_of(*made, series_like(made->traits, number));
}

analysis_task task_of(const std::string& analyser = "ct-head") {
  analysis_task task;
  task.study_uid = "1.2.3";
  task.series_uid = "1.2.3.1";
  task.input_digest = "00112233445566778899aabbccddeeff";
  task.instances = 40;
  task.prior = prior_task{analyser, "1.2.2", "1.2.2.1", "20231203", 30, 40};
  return task;
}

task_outcome compared(const std::vector<part10_file>& now, const std::vector<part10_file>& prior,
                      const analysis_task& task = task_of()) {
  return run_on(
      now, [&](worker_channel& channel) { return compare_series(channel, task, all_analysers()); }, prior);
}

rapidjson::Document result_of(const task_outcome& outcome) {
  BOOST_TEST(!outcome.error);
  BOOST_TEST(outcome.results() == 1U);
  rapidjson::Document json;
  json.Parse(outcome.result_of("prior-change").c_str());
  BOOST_REQUIRE(!json.HasParseError() && json.IsObject());
  return json;
}

/// The value of the finding of this code, of whichever place.
double value_of(const rapidjson::Document& result, const std::string& code) {
  for (const auto& each : result["findings"].GetArray())
    if (code == each["what"][0].GetString()) return each["value"].GetDouble();
  BOOST_FAIL("nothing is called " << code);
  return 0;
}

size_t candidates_of(const rapidjson::Document& result, const std::string& start) {
  size_t count = 0;
  for (const auto& each : result["findings"].GetArray())
    count += size_t(std::string{each["kind"].GetString()} == "candidate" &&
                    std::string{each["what"][0].GetString()}.rfind(start, 0) == 0);
  return count;
}

} // namespace

BOOST_AUTO_TEST_SUITE(compare_with_a_prior_study)

BOOST_AUTO_TEST_CASE(a_new_bleed_is_urgent_and_told_with_the_time_between) {
  const auto outcome = compared(head_files("head-bleed", 1), head_files("head", 2));
  const auto found = result_of(outcome);
  BOOST_TEST(found["state"].GetString() == "done");
  BOOST_TEST(found["urgent"].GetBool());
  BOOST_TEST(candidates_of(found, "NEW-") == 1U);
  BOOST_TEST(value_of(found, "PRIORINTERVAL") == 30);
  BOOST_TEST(value_of(found, "REGSHIFT") < 2);
  BOOST_TEST(found["details"]["prior_study_uid"].GetString() == "1.2.2");
  BOOST_TEST(found["details"]["prior_study_date"].GetString() == "20231203");
  BOOST_TEST(!std::string{found["report_uid"].GetString()}.empty());
}

BOOST_AUTO_TEST_CASE(the_same_head_again_has_nothing_new) {
  const auto found = result_of(compared(head_files("head-bleed", 1), head_files("head-bleed", 2, 1)));
  BOOST_TEST(found["state"].GetString() == "done");
  BOOST_TEST(!found["urgent"].GetBool());
  BOOST_TEST(candidates_of(found, "") == 0U);
  BOOST_TEST(std::abs(value_of(found, "VOLUMECHANGESHARE")) < 5);
}

BOOST_AUTO_TEST_CASE(a_prior_study_that_cannot_be_analysed_is_told) {
  auto prior = head_files("head", 2);
  prior.resize(2);
  const auto found = result_of(compared(head_files("head-bleed", 1), prior));
  BOOST_TEST(found["state"].GetString() == "failed");
  BOOST_TEST(found["error"].GetString() == "the prior study: a volume needs 3 slices, the series has 2");
}

BOOST_AUTO_TEST_CASE(a_task_that_cannot_be_is_refused) {
  auto alone = task_of();
  alone.prior.reset();
  BOOST_TEST((code_of(compared({}, {}, alone).error) == errc::invalid_argument));
  BOOST_TEST(reason_of(compared({}, {}, task_of("palmistry")).error) == "there is no analyser 'palmistry'");
  rapidjson::Document json;
  json.Parse(R"({"study_uid":"1","series_uid":"2","input_digest":"","instances":1,"prior":{"analyser":7}})");
  const auto read = read_analysis_task(json);
  BOOST_REQUIRE(!read);
  BOOST_TEST(reason_of(read.error()) == "the task's prior: analyser must be a string");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
