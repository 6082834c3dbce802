#include "tests/worker/support.hpp"

#include "dicom/uid.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace noctis::test {

namespace {

/// A pipe that is a file, so that nobody waits for anybody.
using file_pipe = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

file_pipe new_pipe() { return {std::tmpfile(), std::fclose}; }

void put(std::FILE* pipe, worker_frame_kind kind, const part10_file& bytes) {
  const auto head = encoded_head({kind, bytes.size()});
  std::fwrite(head.data(), 1, head.size(), pipe);
  std::fwrite(bytes.data(), 1, bytes.size(), pipe);
}

} // namespace

ct_series series_like(const series_traits& traits, int number) {
  ct_series series;
  series.patient_name = "Phantom^Test";
  series.patient_id = "PHANTOM";
  series.study_uid = "1.2.3";
  series.series_uid = "1.2.3." + std::to_string(number);
  series.frame_of_reference_uid = "1.2.4";
  // Called a phantom, anatomy would be taken for one of calibration.
  const bool is_calibration = traits.body_part == "PHANTOM";
  series.study_description = is_calibration ? traits.study_description : "Test object";
  series.series_description = is_calibration ? traits.series_description : "Test object";
  series.date = "20240102";
  series.time = "101112";
  series.body_part = traits.body_part;
  series.image_type = traits.image_type;
  series.manufacturer = "Noctis phantoms";
  series.station_name = "PHANTOM";
  series.slice_thickness = traits.slice_thickness.value_or(1);
  return series;
}

std::string uid_of(const ct_series& series, size_t place) {
  return series.series_uid + "." + std::to_string(place + 1);
}

part10_file file_of(const ct_series& series, const slice& one, size_t place) {
  const auto& geometry = *one.geometry;
  ct_image image;
  image.sop_instance_uid = uid_of(series, place);
  image.number = int32_t(place) + 1;
  image.rows = uint16_t(one.rows);
  image.columns = uint16_t(one.columns);
  image.spacing = {geometry.row_spacing, geometry.column_spacing};
  image.position = geometry.position;
  std::copy(geometry.row_direction.begin(), geometry.row_direction.end(), image.orientation.begin());
  std::copy(geometry.column_direction.begin(), geometry.column_direction.end(), image.orientation.begin() + 3);
  image.hu = one.values;
  auto file = write_ct_image(series, image);
  BOOST_REQUIRE_MESSAGE(file, reason_for(file));
  return std::move(*file);
}

std::vector<part10_file> files_of(const phantom& made, const ct_series& series) {
  std::vector<part10_file> files;
  for (size_t i = 0; i < made.slices.size(); ++i) files.push_back(file_of(series, made.slices[i], i));
  return files;
}

std::string task_outcome::result_of(const std::string& analyser) const {
  const auto start = R"({"analyser":")" + analyser + "\"";
  for (const auto& frame : frames)
    if (frame.kind == worker_frame_kind::result && frame.text().substr(0, start.size()) == start)
      return std::string{frame.text()};
  return {};
}

size_t task_outcome::results() const {
  return size_t(std::count_if(frames.begin(), frames.end(),
                              [](const worker_frame& frame) { return frame.kind == worker_frame_kind::result; }));
}

task_outcome run_on(const std::vector<part10_file>& instances, const std::function<caf::error(worker_channel&)>& task,
                    const std::vector<part10_file>& priors) {
  const auto in = new_pipe();
  const auto out = new_pipe();
  BOOST_REQUIRE(in && out);
  for (const auto& each : instances) put(in.get(), worker_frame_kind::instance, each);
  for (const auto& each : priors) put(in.get(), worker_frame_kind::prior, each);
  put(in.get(), worker_frame_kind::end, {});
  std::rewind(in.get());
  worker_channel channel{::fileno(in.get()), ::fileno(out.get())};
  task_outcome outcome;
  outcome.error = task(channel);
  std::rewind(out.get());
  worker_head_bytes bytes{};
  while (std::fread(bytes.data(), 1, bytes.size(), out.get()) == bytes.size()) {
    const auto head = read_worker_head(bytes, false);
    BOOST_REQUIRE(head);
    worker_frame frame{head->kind, part10_file(head->length)};
    BOOST_REQUIRE_EQUAL(std::fread(frame.bytes.data(), 1, frame.bytes.size(), out.get()), frame.bytes.size());
    outcome.frames.push_back(std::move(frame));
  }
  return outcome;
}

} // namespace noctis::test
