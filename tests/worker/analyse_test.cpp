#include "dicom/objects/made_object.hpp"
#include "dicom/part10.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "tests/worker/support.hpp"
#include "worker/analyse.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace noctis {

using namespace test;

namespace {

phantom bleeding_head(uint32_t columns = 256) {
  auto scan = usual_scan("head-bleed");
  scan.pixel_mm = scan.pixel_mm * scan.columns / columns;
  scan.columns = columns;
  scan.noise = 2;
  auto made = make_phantom("head-bleed", scan);
  BOOST_REQUIRE(made);
  return std::move(*made);
}

analysis_task task_of(size_t instances) {
  analysis_task task;
  task.study_uid = "1.2.3";
  task.series_uid = "1.2.3.1";
  task.input_digest = "00112233445566778899aabbccddeeff";
  task.signature = "abc";
  task.instances = instances;
  return task;
}

task_outcome analysed(const std::vector<part10_file>& files, const analysis_task& task) {
  return run_on(files, [&](worker_channel& channel) { return analyse_series(channel, task, all_analysers()); });
}

task_outcome analysed(const std::vector<part10_file>& files) { return analysed(files, task_of(files.size())); }

/// A result frame's JSON.
struct result {
  rapidjson::Document json;

  result(const task_outcome& outcome, const std::string& analyser) {
    json.Parse(outcome.result_of(analyser).c_str());
    BOOST_REQUIRE_MESSAGE(!json.HasParseError() && json.IsObject(), analyser << " has a result");
  }

  [[nodiscard]] std::string text(const char* name) const { return json[name].GetString(); }
  [[nodiscard]] std::string warnings() const {
    std::string all;
    for (const auto& each : json["warnings"].GetArray()) all += std::string{each.GetString()} + "\n";
    return all;
  }
  [[nodiscard]] double candidates_ml() const {
    double all = 0;
    for (const auto& each : json["findings"].GetArray())
      if (std::string{each["kind"].GetString()} == "candidate") all += each["volume_ml"].GetDouble();
    return all;
  }
};

constexpr const char* report_class = "1.2.840.10008.5.1.4.1.1.88.34";
constexpr const char* segmentation_class = "1.2.840.10008.5.1.4.1.1.66.4";

/// The SOP classes of the objects that came before the result of `analyser`, by SOP Instance UID.
std::map<std::string, std::string> objects_of(const task_outcome& outcome, const std::string& analyser) {
  const auto result = outcome.result_of(analyser);
  std::map<std::string, std::string> found;
  for (const auto& frame : outcome.frames) {
    if (frame.kind == worker_frame_kind::result) {
      if (frame.text() == result) return found;
      found.clear();
    }
    if (frame.kind != worker_frame_kind::object) continue;
    const auto reading = read_part10_meta(frame.bytes.data(), frame.bytes.size(), true);
    BOOST_REQUIRE(reading);
    found[reading->meta.sop_instance_uid] = reading->meta.sop_class_uid;
  }
  BOOST_FAIL(analyser << " has no result");
  return found;
}

std::vector<part10_file> object_files(const task_outcome& outcome) {
  std::vector<part10_file> files;
  for (const auto& frame : outcome.frames)
    if (frame.kind == worker_frame_kind::object) files.push_back(frame.bytes);
  return files;
}

} // namespace

BOOST_AUTO_TEST_SUITE(analyse_series_of_instances)

BOOST_AUTO_TEST_CASE(a_bleed_is_found_and_the_series_checked) {
  const auto made = bleeding_head();
  const auto outcome = analysed(files_of(made, series_like(made.traits)));
  BOOST_TEST(!outcome.error);
  BOOST_TEST(outcome.results() == 2U);
  const result head{outcome, "ct-head"};
  BOOST_TEST(head.text("state") == "done");
  BOOST_TEST(head.json["urgent"].GetBool());
  BOOST_TEST(std::abs(head.candidates_ml() - *made.truth.bleed_ml) < 0.05 * *made.truth.bleed_ml);
  BOOST_TEST(!head.json["details"].HasMember("signature"));
  const result quality{outcome, "quality-control"};
  BOOST_TEST(quality.text("state") == "done");
  BOOST_TEST(quality.json["details"]["signature"].GetString() == "abc");
  double last = 0;
  for (const auto& frame : outcome.frames) {
    if (frame.kind != worker_frame_kind::progress) continue;
    const auto progress = progress_from_text(frame.text());
    BOOST_TEST(progress.share >= last);
    last = progress.share;
  }
  BOOST_TEST(last == 1);
}

BOOST_AUTO_TEST_CASE(what_was_found_is_told_in_objects_of_the_study) {
  const auto made = bleeding_head(128);
  const auto files = files_of(made, series_like(made.traits));
  const auto outcome = analysed(files);
  const result head{outcome, "ct-head"};
  const result quality{outcome, "quality-control"};
  const auto of_head = objects_of(outcome, "ct-head");
  BOOST_REQUIRE(of_head.size() == 2U);
  BOOST_TEST(of_head.at(head.text("report_uid")) == report_class);
  BOOST_TEST(of_head.at(head.text("segmentation_uid")) == segmentation_class);
  const auto of_quality = objects_of(outcome, "quality-control");
  BOOST_REQUIRE(of_quality.size() == 1U);
  BOOST_TEST(of_quality.at(quality.text("report_uid")) == report_class);
  BOOST_TEST(quality.text("segmentation_uid").empty());
  const auto written = object_files(outcome);
  for (const auto& file : written) {
    const auto subject = subject_of(file.data(), file.size());
    BOOST_REQUIRE(subject);
    BOOST_TEST(subject->study.uid == "1.2.3");
    BOOST_TEST(subject->patient.id == "PHANTOM");
  }
  BOOST_TEST((object_files(analysed(files)) == written), "the same input gives the same bytes");
  auto other = task_of(files.size());
  other.input_digest[0] = 'f';
  BOOST_TEST((result{analysed(files, other), "ct-head"}.text("report_uid") != head.text("report_uid")));
}

BOOST_AUTO_TEST_CASE(a_mask_without_a_frame_of_reference_is_a_warning) {
  const auto made = bleeding_head(64);
  auto files = files_of(made, series_like(made.traits));
  const std::string tag{"\x20\0\x52\0UI", 6};
  for (auto& file : files) {
    const auto at = std::search(file.begin(), file.end(), tag.begin(), tag.end());
    BOOST_REQUIRE(at != file.end());
    at[2] = '\x53'; // a tag of nobody
  }
  const auto outcome = analysed(files);
  const result head{outcome, "ct-head"};
  BOOST_TEST(head.text("state") == "done");
  BOOST_TEST(head.text("segmentation_uid").empty());
  BOOST_TEST(!head.text("report_uid").empty());
  BOOST_TEST(head.warnings().find("the segmentation is not written: ") != std::string::npos, head.warnings());
}

BOOST_AUTO_TEST_CASE(the_order_of_the_instances_does_not_matter) {
  const auto made = bleeding_head(128);
  auto files = files_of(made, series_like(made.traits));
  const auto straight = result{analysed(files), "ct-head"}.candidates_ml();
  std::reverse(files.begin(), files.end());
  std::swap(files[3], files[17]);
  BOOST_TEST((result{analysed(files), "ct-head"}.candidates_ml() == straight));
}

BOOST_AUTO_TEST_CASE(what_is_known_is_not_done_again) {
  const auto made = bleeding_head(64);
  const auto files = files_of(made, series_like(made.traits));
  auto task = task_of(files.size());
  for (const auto& each : all_analysers()) task.known.emplace_back(each->name(), each->version());
  const auto outcome = analysed(files, task);
  BOOST_TEST(outcome.results() == 1U);
  BOOST_TEST(!outcome.result_of("quality-control").empty());
}

BOOST_AUTO_TEST_CASE(a_corrupt_frame_in_the_middle_is_told_and_the_rest_analysed) {
  const auto made = bleeding_head();
  const auto series = series_like(made.traits);
  auto files = files_of(made, series);
  const auto coded = transcode(memory_source(blob{files[20]}), "1.2.840.10008.1.2.4.90");
  BOOST_REQUIRE(coded);
  files[20].assign(coded->data(), coded->data() + coded->size() / 2);
  files[5].resize(files[5].size() / 2);
  const auto outcome = analysed(files);
  BOOST_TEST(!outcome.error);
  const result head{outcome, "ct-head"};
  BOOST_TEST(head.text("state") == "done");
  for (const auto* analyser : {"ct-head", "quality-control"}) {
    const auto warnings = result{outcome, analyser}.warnings();
    for (const size_t place : {5U, 20U})
      BOOST_TEST(warnings.find("instance " + uid_of(series, place) + ":") != std::string::npos, warnings);
  }
  BOOST_TEST(head.warnings().find("2 slices missing") != std::string::npos, head.warnings());
}

BOOST_AUTO_TEST_CASE(series_that_are_no_volume_say_why) {
  const auto made = bleeding_head(64);
  const auto files = files_of(made, series_like(made.traits));
  const auto one = analysed({files[10]});
  BOOST_TEST((result{one, "ct-head"}.text("state")) == "failed");
  BOOST_TEST((result{one, "ct-head"}.text("error")) == "a volume needs 3 slices, the series has 1");
  BOOST_TEST((result{one, "quality-control"}.text("state")) == "done");

  auto localiser = made;
  localiser.traits.image_type = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
  const auto outcome = analysed(files_of(localiser, series_like(localiser.traits)));
  BOOST_TEST(outcome.results() == 1U);
  BOOST_TEST((result{outcome, "quality-control"}.text("state")) == "done");

  const auto nothing = analysed({part10_file(100, 'x')});
  BOOST_TEST(nothing.results() == 1U);
  BOOST_TEST((result{nothing, "quality-control"}.text("state")) == "failed");
  BOOST_TEST((result{nothing, "quality-control"}.text("error")).find("no image of the series can be read") == 0U);
}

BOOST_AUTO_TEST_CASE(a_series_beyond_the_memory_is_checked_and_its_volume_refused) {
  const auto made = bleeding_head(64);
  auto task = task_of(made.slices.size());
  task.memory = 600'000; // two of three values would fit
  const auto outcome = analysed(files_of(made, series_like(made.traits)), task);
  const result head{outcome, "ct-head"};
  BOOST_TEST(head.text("state") == "failed");
  BOOST_TEST(head.text("code") == "limit_exceeded");
  BOOST_TEST((result{outcome, "quality-control"}.text("state")) == "done");
}

BOOST_AUTO_TEST_CASE(a_calibration_tells_what_was_expected) {
  auto scan = usual_scan("water", 0.5);
  const auto made = make_phantom("water", scan);
  BOOST_REQUIRE(made);
  const auto outcome = analysed(files_of(*made, series_like(made->traits)));
  const result calibration{outcome, "hu-calibration"};
  BOOST_TEST(calibration.text("state") == "done");
  const auto& details = calibration.json["details"];
  BOOST_TEST(!details["out_of_tolerance"].GetBool());
  bool has_water = false;
  for (const auto& insert : details["inserts"].GetArray()) {
    has_water = has_water || std::string{insert["material"].GetString()} == "water";
    BOOST_TEST(std::abs(insert["measured_hu"].GetDouble() - insert["expected_hu"].GetDouble()) <=
               insert["tolerance_hu"].GetDouble());
  }
  BOOST_TEST(has_water);
}

BOOST_AUTO_TEST_CASE(a_task_that_is_none_is_refused) {
  for (const auto* text :
       {R"({"study_uid":"1"})", R"({"study_uid":1,"series_uid":"1","input_digest":"","instances":1})",
        R"({"study_uid":"1","series_uid":"1","input_digest":"","instances":1,"known":[["a"]]})"}) {
    rapidjson::Document json;
    json.Parse(text);
    const auto task = read_analysis_task(json);
    BOOST_REQUIRE(!task);
    BOOST_TEST((code_of(task.error()) == errc::invalid_argument));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
