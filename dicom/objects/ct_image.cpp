#include "dicom/objects/ct_image.hpp"

#include "dicom/data_set_writer.hpp"
#include "dicom/part10.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <limits>

namespace noctis {

namespace {

constexpr const char* ct_image_storage = "1.2.840.10008.5.1.4.1.1.2";
constexpr const char* explicit_little_endian = "1.2.840.10008.1.2.1";
constexpr int intercept = -1024;

/// Returns a number in at most 16 characters (DS).
std::string decimal(double value) {
  char text[32];
  for (int digits = 10; digits > 0; --digits)
    if (std::snprintf(text, sizeof text, "%.*g", digits, value) <= 16) break;
  return text;
}

template <class Range>
std::string decimals(const Range& values) {
  std::string result;
  for (const auto value : values) result += (result.empty() ? "" : "\\") + decimal(value);
  return result;
}

std::string joined(const std::vector<std::string>& values) {
  std::string result;
  for (const auto& value : values) result += (result.empty() ? "" : "\\") + value;
  return result;
}

void write_identity(data_set_writer& out, const ct_series& series, const ct_image& image) {
  out.value(0x00080005, vr::CS, "ISO_IR 192");
  out.value(0x00080008, vr::CS, joined(series.image_type));
  out.value(0x00080016, vr::UI, ct_image_storage);
  out.value(0x00080018, vr::UI, image.sop_instance_uid);
  for (const tag_number date : {0x00080020U, 0x00080021U, 0x00080022U, 0x00080023U})
    out.value(date, vr::DA, series.date);
  for (const tag_number time : {0x00080030U, 0x00080031U, 0x00080032U, 0x00080033U})
    out.value(time, vr::TM, series.time);
  out.value(0x00080050, vr::SH, {});
  out.value(0x00080060, vr::CS, "CT");
  out.value(0x00080070, vr::LO, series.manufacturer);
  out.value(0x00080090, vr::PN, {});
  if (!series.station_name.empty()) out.value(0x00081010, vr::SH, series.station_name);
  out.value(0x00081030, vr::LO, series.study_description);
  out.value(0x0008103E, vr::LO, series.series_description);
  out.value(0x00081090, vr::LO, "phantom");
  out.value(0x00100010, vr::PN, series.patient_name);
  out.value(0x00100020, vr::LO, series.patient_id);
  out.value(0x00100030, vr::DA, {});
  out.value(0x00100040, vr::CS, "O");
}

void write_acquisition(data_set_writer& out, const ct_series& series) {
  if (!series.body_part.empty()) out.value(0x00180015, vr::CS, series.body_part);
  out.value(0x00180050, vr::DS, decimal(series.slice_thickness));
  out.value(0x00180060, vr::DS, decimal(series.kvp));
  out.value(0x00181020, vr::LO, implementation_version_name);
  if (!series.protocol_name.empty()) out.value(0x00181030, vr::LO, series.protocol_name);
  out.value(0x00181120, vr::DS, decimal(series.gantry_tilt));
  if (!series.kernel.empty()) out.value(0x00181210, vr::SH, series.kernel);
  out.value(0x00185100, vr::CS, series.patient_position);
  if (series.ctdi_vol > 0) {
    const auto bits = series.ctdi_vol;
    out.value(0x00189345, vr::FD, {reinterpret_cast<const char*>(&bits), sizeof bits});
  }
}

void write_place(data_set_writer& out, const ct_series& series, const ct_image& image) {
  out.value(0x0020000D, vr::UI, series.study_uid);
  out.value(0x0020000E, vr::UI, series.series_uid);
  out.value(0x00200010, vr::SH, series.study_id);
  out.value(0x00200011, vr::IS, std::to_string(series.series_number));
  out.value(0x00200012, vr::IS, "1");
  out.value(0x00200013, vr::IS, std::to_string(image.number));
  out.value(0x00200032, vr::DS, decimals(image.position));
  out.value(0x00200037, vr::DS, decimals(image.orientation));
  out.value(0x00200052, vr::UI, series.frame_of_reference_uid);
  out.value(0x00201040, vr::LO, {});
  out.value(0x00201041, vr::DS, decimal(image.position[2]));
}

void write_pixels(data_set_writer& out, const ct_series& series, const ct_image& image) {
  out.number16(0x00280002, 1);
  out.value(0x00280004, vr::CS, "MONOCHROME2");
  out.number16(0x00280010, image.rows);
  out.number16(0x00280011, image.columns);
  out.value(0x00280030, vr::DS, decimals(image.spacing));
  out.number16(0x00280100, 16);
  out.number16(0x00280101, 16);
  out.number16(0x00280102, 15);
  out.number16(0x00280103, 1);
  out.value(0x00281050, vr::DS, decimal(series.window_centre));
  out.value(0x00281051, vr::DS, decimal(series.window_width));
  out.value(0x00281052, vr::DS, std::to_string(intercept));
  out.value(0x00281053, vr::DS, "1");
  out.value(0x00281054, vr::LO, "HU");
  std::string pixels(image.hu.size() * 2, '\0');
  auto* at = pixels.data();
  constexpr float least = std::numeric_limits<int16_t>::min();
  constexpr float greatest = std::numeric_limits<int16_t>::max();
  for (const auto value : image.hu) {
    const auto stored =
        static_cast<uint16_t>(static_cast<int16_t>(std::lround(std::clamp(value - float(intercept), least, greatest))));
    *at++ = static_cast<char>(stored & 0xFF);
    *at++ = static_cast<char>(stored >> 8);
  }
  out.value(tags::pixel_data, vr::OW, pixels);
}

} // namespace

caf::expected<std::vector<uint8_t>> write_ct_image(const ct_series& series, const ct_image& image) {
  if (image.hu.empty() || image.hu.size() != size_t{image.rows} * image.columns)
    return failure(errc::invalid_argument, "the image has " + std::to_string(image.hu.size()) + " values for " +
                                               std::to_string(image.rows) + " × " + std::to_string(image.columns) +
                                               " pixels");
  for (const auto* uid :
       {&image.sop_instance_uid, &series.study_uid, &series.series_uid, &series.frame_of_reference_uid})
    if (!valid_uid(*uid)) return failure(errc::invalid_argument, "'" + *uid + "' is no UID");
  if (std::any_of(image.hu.begin(), image.hu.end(), [](float value) { return !std::isfinite(value); }))
    return failure(errc::invalid_argument, "a value of the image is no number");
  data_set_writer out{false};
  write_identity(out, series, image);
  write_acquisition(out, series);
  write_place(out, series, image);
  write_pixels(out, series, image);
  auto file = part10_preamble(ct_image_storage, image.sop_instance_uid, explicit_little_endian, {});
  const auto data_set = out.take();
  file.insert(file.end(), data_set.begin(), data_set.end());
  return file;
}

} // namespace noctis
