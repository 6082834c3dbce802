#include "actors/work/analysis_input.hpp"

#include "dicom/digest.hpp"
#include "dicom/objects/measurement_report.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace noctis {

namespace {

// Modalities of objects that are made of images, or are none (PS3.3 C.7.3.1.1.1).
constexpr std::array<std::string_view, 16> modalities_of_results{{"AU", "DOC", "FID", "HD", "KO", "M3D", "PLAN", "PR",
                                                                  "REG", "RTDOSE", "RTPLAN", "RTRECORD", "RTSTRUCT",
                                                                  "RWV", "SEG", "SR"}};

bool is_result(const series_attributes& series) {
  const auto& all = modalities_of_results;
  return series.manufacturer == own_manufacturer || std::find(all.begin(), all.end(), series.modality) != all.end();
}

bool is_image(const image_row& row) {
  return row.attributes.rows && *row.attributes.rows > 0 && row.attributes.columns && *row.attributes.columns > 0;
}

std::string digest_of_images(const std::vector<image_row>& images) {
  std::vector<std::string> lines;
  lines.reserve(images.size());
  for (const auto& row : images) lines.push_back(row.attributes.sop_instance_uid + " " + row.data_set_digest + "\n");
  std::sort(lines.begin(), lines.end());
  digest all;
  for (const auto& line : lines) all.update(line.data(), line.size());
  return all.hex();
}

} // namespace

std::vector<analysis_input> inputs_of(const study_detail& study) {
  std::vector<analysis_input> inputs;
  for (const auto& series : study.series) {
    if (is_result(series.attributes)) continue;
    analysis_input input{study.study.attributes.uid, series.attributes.uid, {}, {}};
    std::copy_if(series.images.begin(), series.images.end(), std::back_inserter(input.images), is_image);
    if (input.images.empty()) continue;
    input.digest = digest_of_images(input.images);
    inputs.push_back(std::move(input));
  }
  return inputs;
}

} // namespace noctis
