#include "worker/series_image.hpp"

#include "dicom/character_set.hpp"
#include "dicom/pixels/colour_mapper.hpp"
#include "dicom/pixels/describe_header.hpp"
#include "dicom/pixels/grey_mapper.hpp"
#include "dicom/pixels/transcode.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <initializer_list>

namespace noctis {

namespace {

constexpr tag_number pixel_spacing = 0x00280030;
constexpr tag_number image_position = 0x00200032;
constexpr tag_number image_orientation = 0x00200037;
constexpr tag_number pixel_measures = 0x00289110;
constexpr tag_number plane_position = 0x00209113;
constexpr tag_number plane_orientation = 0x00209116;
constexpr tag_number pixel_value_transformation = 0x00289145;
constexpr tag_number shared_groups = 0x52009229;
constexpr tag_number frame_groups = 0x52009230;
constexpr tag_number rescale_slope = 0x00281053;
constexpr tag_number rescale_intercept = 0x00281052;

/// Where an attribute of a frame may stand: its functional groups, the shared ones, the data set.
class frame_header {
public:
  frame_header(const attribute_set& data_set, uint32_t frame) : data_set_(data_set) {
    const auto& own = data_set.items(frame_groups);
    if (frame < own.size()) groups_.push_back(&own[frame]);
    for (const auto& shared : data_set.items(shared_groups)) groups_.push_back(&shared);
  }

  /// Returns the numbers of `tag` in the sequence `group` (a functional group) or else in the data set.
  [[nodiscard]] std::vector<double> numbers(tag_number group, tag_number tag) const {
    for (const auto* groups : groups_)
      for (const auto& item : groups->items(group))
        if (auto values = item.numbers(tag); !values.empty()) return values;
    return data_set_.numbers(tag);
  }

  [[nodiscard]] bool is_rescaled() const {
    return numbers(pixel_value_transformation, rescale_slope).size() == 1 &&
           numbers(pixel_value_transformation, rescale_intercept).size() == 1;
  }

private:
  const attribute_set& data_set_;
  std::vector<const attribute_set*> groups_;
};

caf::optional<slice_geometry> geometry_of(const frame_header& header, const pixel_format& format) {
  const auto spacing = header.numbers(pixel_measures, pixel_spacing);
  const auto position = header.numbers(plane_position, image_position);
  const auto orientation = header.numbers(plane_orientation, image_orientation);
  if (spacing.size() != 2 || position.size() != 3 || orientation.size() != 6) return caf::none;
  slice_geometry result;
  result.rows = format.rows;
  result.columns = format.columns;
  result.row_spacing = spacing[0];
  result.column_spacing = spacing[1];
  result.position = {position[0], position[1], position[2]};
  result.row_direction = {orientation[0], orientation[1], orientation[2]};
  result.column_direction = {orientation[3], orientation[4], orientation[5]};
  return result;
}

/// Returns the numbers of `tag` in the first frame's functional group `group` or in the data set.
caf::optional<double> first_number(const attribute_set& header, tag_number group, tag_number tag) {
  const auto values = frame_header{header, 0}.numbers(group, tag);
  if (values.empty()) return caf::none;
  return values.front();
}

/// Returns the stored values after the modality's transform, by a table where a cell is short.
std::vector<float> grey_values(const blob& samples, const image_description& decoded, uint32_t frame) {
  const auto& format = decoded.format;
  const grey_mapper mapper{decoded, frame, caf::none};
  std::vector<float> result(size_t{format.rows} * format.columns);
  const auto* at = samples.data();
  if (format.bits_allocated == 1) {
    for (size_t i = 0; i < result.size(); ++i) result[i] = float(at[i / 8] >> (i % 8) & 1);
    return result;
  }
  const size_t cell = format.bits_allocated / 8U;
  if (cell > 2) {
    for (auto& value : result) {
      value = float(mapper.modality_value(stored_value(at, format)));
      at += cell;
    }
    return result;
  }
  std::vector<float> table(size_t{1} << format.bits_allocated);
  for (size_t raw = 0; raw < table.size(); ++raw) {
    const uint8_t bytes[2] = {uint8_t(raw), uint8_t(raw >> 8)};
    table[raw] = float(mapper.modality_value(stored_value(bytes, format)));
  }
  for (auto& value : result) {
    value = table[cell == 1 ? at[0] : size_t(at[0] | at[1] << 8)];
    at += cell;
  }
  return result;
}

caf::expected<std::vector<float>> luminance(const blob& samples, const image_description& decoded) {
  const auto colours = map_colours(samples, decoded);
  if (!colours) return colours.error();
  std::vector<float> result(colours->size() / 3);
  for (size_t i = 0; i < result.size(); ++i) {
    const auto* rgb = colours->data() + 3 * i;
    result[i] = 0.299F * float(rgb[0]) + 0.587F * float(rgb[1]) + 0.114F * float(rgb[2]);
  }
  return result;
}

} // namespace

caf::expected<series_image> series_image::open(blob part10) {
  series_image result;
  auto plain = plain_source(memory_source(std::move(part10)));
  if (!plain) return std::move(plain.error());
  auto header = read_image_header(*plain);
  if (!header) return std::move(header.error());
  auto description = describe_header(*header);
  if (!description) return std::move(description.error());
  auto index = index_header(*plain, *header, *description);
  if (!index) return std::move(index.error());
  if (description->float_pixels) return failure(errc::invalid_argument, "floating-point pixels are not analysed");
  result.decoded_ = decoded_description(*description);
  result.image_ = {std::move(*plain), std::move(*description), std::move(*index)};
  result.header_ = std::move(header->attributes);
  return result;
}

series_traits series_image::traits() const {
  text_decoder decoder{header_.text(0x00080005)};
  const auto text = [&](std::initializer_list<tag_number> tags) {
    for (const auto tag : tags)
      if (auto value = without_controls(cut(decoder.decode(header_.text(tag), text_kind::value), 256)); !value.empty())
        return value;
    return std::string{};
  };
  series_traits result;
  result.modality = text({0x00080060});
  result.body_part = text({0x00180015});
  result.study_description = text({0x00081030});
  result.series_description = text({0x0008103E});
  result.protocol_name = text({0x00181030});
  result.kernel = text({0x00181210});
  result.photometric_interpretation = std::string{to_string(image_.description.format.interpretation)};
  const auto types = header_.text(0x00080008); // what the values are parts of
  for (const auto& value : split_values(types)) result.image_type.emplace_back(value);
  result.patient_position = text({0x00185100});
  result.laterality = text({0x00200060, 0x00200062});
  result.contrast_agent = text({0x00180010});
  result.burned_in_annotation = text({0x00280301});
  result.kvp = first_number(header_, 0x00189325, 0x00180060);
  result.slice_thickness = first_number(header_, pixel_measures, 0x00180050);
  result.ctdi_vol = first_number(header_, 0x00189321, 0x00189345);
  return result;
}

std::string series_image::station() const {
  text_decoder decoder{header_.text(0x00080005)};
  for (const tag_number tag : {0x00081010U, 0x00080070U})
    if (auto value = without_controls(cut(decoder.decode(header_.text(tag), text_kind::value), 64)); !value.empty())
      return value;
  return {};
}

object_reference series_image::reference() const {
  const auto& about = image_.description;
  return {{}, header_.text(0x0020000E), about.sop_class_uid, about.sop_instance_uid, about.frames > 1 ? 1 : 0};
}

slice series_image::header(uint32_t frame) const {
  const frame_header header{header_, frame};
  const auto& format = image_.description.format;
  slice result;
  result.sop_instance_uid = sop_instance_uid();
  result.frame = frame + 1;
  result.rows = format.rows;
  result.columns = format.columns;
  result.geometry = geometry_of(header, format);
  result.rescaled = header.is_rescaled() || bool(image_.description.values_of(frame).modality_lut);
  if (const auto padding = image_.description.padding_value)
    result.padding = float(grey_mapper{decoded_, frame, caf::none}.modality_value(*padding));
  return result;
}

caf::expected<std::vector<float>> series_image::values_of(uint32_t frame) const {
  const auto stored = image_.frame(frame);
  if (!stored) return stored.error();
  const auto samples = decode_frame(*stored, image_.description);
  if (!samples) return samples.error();
  if (samples->size() < decoded_.format.frame_bytes())
    return failure(errc::truncated_data_set, "the frame has " + std::to_string(samples->size()) + " bytes instead of " +
                                                 std::to_string(decoded_.format.frame_bytes()));
  const bool is_grey = decoded_.format.samples == 1 && decoded_.format.interpretation != photometric::palette_color;
  return is_grey ? grey_values(*samples, decoded_, frame) : luminance(*samples, decoded_);
}

caf::expected<slice> series_image::read(uint32_t frame) const {
  auto values = values_of(frame);
  if (!values)
    return failure(code_of(values.error()), "frame " + std::to_string(frame + 1) + " of instance " +
                                                sop_instance_uid() + ": " + reason_of(values.error()));
  auto result = header(frame);
  result.values = std::move(*values);
  return result;
}

} // namespace noctis
