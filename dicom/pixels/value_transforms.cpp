#include "dicom/pixels/value_transforms.hpp"

#include "dicom/pixels/lookup_tables.hpp"
#include "dicom/text.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr tag_number window_centre = 0x00281050;
constexpr tag_number window_width = 0x00281051;
constexpr tag_number rescale_intercept = 0x00281052;
constexpr tag_number rescale_slope = 0x00281053;
constexpr tag_number rescale_type = 0x00281054;
constexpr tag_number window_explanation = 0x00281055;
constexpr tag_number voi_lut_function = 0x00281056;
constexpr tag_number modality_lut_sequence = 0x00283000;
constexpr tag_number voi_lut_sequence = 0x00283010;
constexpr tag_number frame_voi_lut_sequence = 0x00289132;
constexpr tag_number pixel_value_transformation_sequence = 0x00289145;
constexpr tag_number shared_functional_groups = 0x52009229;
constexpr tag_number per_frame_functional_groups = 0x52009230;
constexpr size_t most_windows = 64;

window_function function_of(const std::string& name) {
  if (name == "SIGMOID") return window_function::sigmoid;
  return name == "LINEAR_EXACT" ? window_function::linear_exact : window_function::linear;
}

void read_rescale(const attribute_set& from, value_transform& to) {
  const auto slope = from.number(rescale_slope);
  const auto intercept = from.number(rescale_intercept);
  if (!slope && !intercept) return;
  to.slope = slope && *slope != 0 ? *slope : 1;
  to.intercept = intercept ? *intercept : 0;
  to.rescale_type = from.text(rescale_type);
}

void read_windows(const attribute_set& from, value_transform& to) {
  const auto centres = from.numbers(window_centre);
  const auto widths = from.numbers(window_width);
  const auto count = std::min({centres.size(), widths.size(), most_windows});
  if (count == 0) return;
  const auto function = function_of(from.text(voi_lut_function));
  const auto joined = from.text(window_explanation);
  const auto explanations = split_values(joined);
  to.windows.clear();
  for (size_t i = 0; i < count; ++i) {
    const bool usable = function == window_function::linear ? widths[i] >= 1 : widths[i] > 0;
    if (!usable) continue;
    to.windows.push_back(
        {centres[i], widths[i], function, i < explanations.size() ? std::string{explanations[i]} : std::string{}});
  }
}

void read_luts(const attribute_set& from, bool is_signed, value_transform& to) {
  for (const auto& item : from.items(modality_lut_sequence)) {
    if (auto table = read_lookup_table(item, is_signed)) to.modality_lut = std::move(*table);
    break;
  }
  // The input of a VOI LUT is signed where rescaling may have made it so.
  const bool signed_input = to.modality_lut ? false : is_signed || to.intercept < 0 || to.slope < 0;
  for (const auto& item : from.items(voi_lut_sequence)) {
    auto table = read_lookup_table(item, signed_input);
    if (table && to.voi_luts.size() < most_windows) to.voi_luts.push_back(std::move(*table));
  }
}

void read_functional_groups(const attribute_set& groups, value_transform& to) {
  for (const auto& item : groups.items(pixel_value_transformation_sequence)) read_rescale(item, to);
  for (const auto& item : groups.items(frame_voi_lut_sequence)) read_windows(item, to);
}

bool has_transform(const attribute_set& groups) {
  return !groups.items(pixel_value_transformation_sequence).empty() || !groups.items(frame_voi_lut_sequence).empty();
}

} // namespace

void read_value_transforms(const attribute_set& header, image_description& image) {
  auto& values = image.values;
  read_rescale(header, values);
  read_windows(header, values);
  read_luts(header, image.format.is_signed, values);
  for (const auto& groups : header.items(shared_functional_groups)) read_functional_groups(groups, values);
  const auto& frames = header.items(per_frame_functional_groups);
  if (frames.size() < image.frames || !std::any_of(frames.begin(), frames.end(), has_transform)) return;
  image.frame_values.assign(image.frames, values);
  for (uint32_t i = 0; i < image.frames; ++i) read_functional_groups(frames[i], image.frame_values[i]);
}

} // namespace noctis
