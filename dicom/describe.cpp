#include "dicom/describe.hpp"

#include "dicom/character_set.hpp"
#include "dicom/json/values.hpp"
#include "dicom/numbers.hpp"
#include "dicom/scanner.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <vector>

namespace noctis {

namespace {

constexpr tag_number specific_character_set = 0x00080005;

struct attribute {
  std::string_view group;
  std::string_view name;
  tag_number tag;
  vr representation;
};

// Attributes of one group stand together.
constexpr attribute attributes[]{
    {"patient", "patient_id", 0x00100020, vr::LO},
    {"patient", "issuer_of_patient_id", 0x00100021, vr::LO},
    {"patient", "patient_name", 0x00100010, vr::PN},
    {"patient", "patient_birth_date", 0x00100030, vr::DA},
    {"patient", "patient_sex", 0x00100040, vr::CS},
    {"patient", "patient_age", 0x00101010, vr::AS},
    {"patient", "patient_size", 0x00101020, vr::DS},
    {"patient", "patient_weight", 0x00101030, vr::DS},
    {"study", "study_instance_uid", 0x0020000D, vr::UI},
    {"study", "study_id", 0x00200010, vr::SH},
    {"study", "study_date", 0x00080020, vr::DA},
    {"study", "study_time", 0x00080030, vr::TM},
    {"study", "study_description", 0x00081030, vr::LO},
    {"study", "accession_number", 0x00080050, vr::SH},
    {"study", "referring_physician_name", 0x00080090, vr::PN},
    {"series", "series_instance_uid", 0x0020000E, vr::UI},
    {"series", "series_number", 0x00200011, vr::IS},
    {"series", "series_date", 0x00080021, vr::DA},
    {"series", "series_time", 0x00080031, vr::TM},
    {"series", "series_description", 0x0008103E, vr::LO},
    {"series", "modality", 0x00080060, vr::CS},
    {"series", "body_part_examined", 0x00180015, vr::CS},
    {"series", "laterality", 0x00200060, vr::CS},
    {"series", "patient_position", 0x00185100, vr::CS},
    {"series", "protocol_name", 0x00181030, vr::LO},
    {"series", "frame_of_reference_uid", 0x00200052, vr::UI},
    {"instance", "sop_class_uid", 0x00080016, vr::UI},
    {"instance", "sop_instance_uid", 0x00080018, vr::UI},
    {"instance", "instance_number", 0x00200013, vr::IS},
    {"instance", "image_type", 0x00080008, vr::CS},
    {"instance", "content_date", 0x00080023, vr::DA},
    {"instance", "content_time", 0x00080033, vr::TM},
    {"image", "rows", 0x00280010, vr::US},
    {"image", "columns", 0x00280011, vr::US},
    {"image", "number_of_frames", 0x00280008, vr::IS},
    {"image", "samples_per_pixel", 0x00280002, vr::US},
    {"image", "photometric_interpretation", 0x00280004, vr::CS},
    {"image", "planar_configuration", 0x00280006, vr::US},
    {"image", "bits_allocated", 0x00280100, vr::US},
    {"image", "bits_stored", 0x00280101, vr::US},
    {"image", "high_bit", 0x00280102, vr::US},
    {"image", "pixel_representation", 0x00280103, vr::US},
    {"image", "pixel_spacing", 0x00280030, vr::DS},
    {"image", "imager_pixel_spacing", 0x00181164, vr::DS},
    {"image", "image_position_patient", 0x00200032, vr::DS},
    {"image", "image_orientation_patient", 0x00200037, vr::DS},
    {"image", "slice_location", 0x00201041, vr::DS},
    {"image", "lossy_image_compression", 0x00282110, vr::CS},
    {"image", "lossy_image_compression_ratio", 0x00282112, vr::DS},
    {"acquisition", "acquisition_date", 0x00080022, vr::DA},
    {"acquisition", "acquisition_time", 0x00080032, vr::TM},
    {"acquisition", "acquisition_number", 0x00200012, vr::IS},
    {"acquisition", "manufacturer", 0x00080070, vr::LO},
    {"acquisition", "manufacturer_model_name", 0x00081090, vr::LO},
    {"acquisition", "station_name", 0x00081010, vr::SH},
    {"acquisition", "institution_name", 0x00080080, vr::LO},
    {"acquisition", "software_versions", 0x00181020, vr::LO},
    {"acquisition", "slice_thickness", 0x00180050, vr::DS},
    {"acquisition", "spacing_between_slices", 0x00180088, vr::DS},
    {"acquisition", "kvp", 0x00180060, vr::DS},
    {"acquisition", "exposure_time", 0x00181150, vr::IS},
    {"acquisition", "x_ray_tube_current", 0x00181151, vr::IS},
    {"acquisition", "exposure", 0x00181152, vr::IS},
    {"acquisition", "convolution_kernel", 0x00181210, vr::SH},
    {"acquisition", "gantry_detector_tilt", 0x00181120, vr::DS},
    {"acquisition", "contrast_bolus_agent", 0x00180010, vr::LO},
    {"acquisition", "repetition_time", 0x00180080, vr::DS},
    {"acquisition", "echo_time", 0x00180081, vr::DS},
    {"acquisition", "flip_angle", 0x00181314, vr::DS},
    {"acquisition", "magnetic_field_strength", 0x00180087, vr::DS},
    {"display", "window_center", 0x00281050, vr::DS},
    {"display", "window_width", 0x00281051, vr::DS},
    {"display", "window_center_width_explanation", 0x00281055, vr::LO},
    {"display", "voi_lut_function", 0x00281056, vr::CS},
    {"display", "rescale_intercept", 0x00281052, vr::DS},
    {"display", "rescale_slope", 0x00281053, vr::DS},
    {"display", "rescale_type", 0x00281054, vr::LO},
};

std::vector<tag_number> described_tags() {
  std::vector<tag_number> tags{specific_character_set};
  for (const auto& one : attributes) tags.push_back(one.tag);
  std::sort(tags.begin(), tags.end());
  return tags;
}

std::vector<std::string> texts_of(vr representation, const kept_value& value, text_decoder& decoder) {
  if (representation == vr::DA || representation == vr::TM) {
    auto text = representation == vr::DA ? normalized_date(value.bytes) : normalized_time(value.bytes);
    if (text.empty()) return {};
    const char divider = representation == vr::DA ? '-' : ':';
    const bool is_date = representation == vr::DA;
    text.insert(is_date ? 6 : 4, 1, divider);
    text.insert(is_date ? 4 : 2, 1, divider);
    return {text};
  }
  const auto decoded =
      decoder.decode(value.bytes, representation == vr::PN ? text_kind::person_name : text_kind::value);
  const auto values = split_values(decoded);
  std::vector<std::string> result;
  std::transform(values.begin(), values.end(), std::back_inserter(result), without_controls);
  return result;
}

template <class Values, class Write>
void write_some(json_writer& out, std::string_view name, const Values& values, Write write) {
  if (values.empty()) return;
  write_key(out, name);
  if (values.size() > 1) out.StartArray();
  for (const auto& value : values) write(value);
  if (values.size() > 1) out.EndArray();
}

void write_attribute(json_writer& out, const attribute& what, const kept_value& value, text_decoder& decoder) {
  if (!is_numeric(what.representation)) {
    write_some(out, what.name, texts_of(what.representation, value, decoder),
               [&out](const std::string& text) { write_string(out, text); });
    return;
  }
  auto numbers = numbers_of(what.representation, value.bytes, value.big_endian);
  numbers.erase(std::remove_if(numbers.begin(), numbers.end(), [](double number) { return !std::isfinite(number); }),
                numbers.end());
  write_some(out, what.name, numbers, [&out](double number) { write_number(out, number); });
}

} // namespace

caf::expected<std::string> describe_data_set(const uint8_t* data, size_t size, const std::string& transfer_syntax_uid) {
  static const auto tags = described_tags();
  header_scanner scanner{transfer_syntax_uid, tags};
  if (auto err = scanner.feed(data, size)) return err;
  if (auto err = scanner.finish(); err && !(code_of(err) == errc::truncated_data_set && scanner.has_pixel_data()))
    return err;
  const auto* character_set = scanner.find(specific_character_set);
  text_decoder decoder{character_set ? std::string_view{character_set->bytes} : std::string_view{}};
  rapidjson::StringBuffer buffer;
  json_writer out{buffer};
  out.StartObject();
  std::string_view group;
  for (const auto& one : attributes) {
    if (one.group != group) {
      if (!group.empty()) out.EndObject();
      write_key(out, one.group);
      out.StartObject();
      group = one.group;
    }
    if (const auto* value = scanner.find(one.tag)) write_attribute(out, one, *value, decoder);
  }
  out.EndObject();
  out.EndObject();
  return std::string{buffer.GetString(), buffer.GetSize()};
}

} // namespace noctis
