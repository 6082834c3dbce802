#include "dicom/objects/segmentation.hpp"

#include "dicom/data_set_writer.hpp"
#include "dicom/objects/object_parts.hpp"
#include "dicom/objects/segmentation_frames.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace noctis {

namespace {

constexpr const char* segmentation_class = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr uint64_t most_bytes = uint64_t{1} << 31;
constexpr size_t longest_string = 64;

caf::error refused(const std::string& sentence) { return failure(errc::invalid_argument, sentence); }

bool is_spacing(double value) { return std::isfinite(value) && value > 0; }

caf::error check_frames(const segmentation& what) {
  for (const auto& one : what.frames) {
    if (auto error = check_reference(one.source)) return error;
    const auto is_finite = [](double x) { return std::isfinite(x); };
    if (!std::all_of(one.position.begin(), one.position.end(), is_finite) ||
        !std::all_of(one.orientation.begin(), one.orientation.end(), is_finite))
      return refused("a frame's place is no number");
  }
  return {};
}

caf::error check(const object_subject& subject, const segmentation& what) {
  if (auto error = check_identity(subject, what.identity)) return error;
  if (!valid_uid(what.frame_of_reference_uid) || what.frame_of_reference_uid.empty())
    return refused("the frame of reference " + shown(what.frame_of_reference_uid) + " is not a UID");
  const auto pixels = uint64_t{what.rows} * what.columns;
  if (pixels == 0 || what.frames.empty()) return refused("there are no frames or no pixels");
  if (pixels * what.frames.size() != what.labels.size())
    return refused("there are " + std::to_string(what.labels.size()) + " labels for " +
                   std::to_string(pixels * what.frames.size()) + " pixels");
  if (!is_spacing(what.row_spacing) || !is_spacing(what.column_spacing) || !is_spacing(what.slice_thickness))
    return refused("spacing and thickness are above 0");
  if (what.segments.empty()) return refused("there are no segments");
  std::array<bool, 256> known{};
  for (const auto& one : what.segments) {
    if (one.label == 0 || known.at(one.label)) return refused("segments have labels of their own, 1 to 255");
    if (one.category.value.empty() || one.type.value.empty()) return refused("a segment has category and type");
    known.at(one.label) = true;
  }
  for (const auto label : what.labels) {
    if (label != 0 && !known.at(label)) return refused("label " + std::to_string(label) + " belongs to no segment");
  }
  return check_frames(what);
}

/// The colours in which segments are to be shown, CIELab scaled to 16 bits (PS3.3 C.10.7.1.1), which differ well.
std::vector<uint16_t> colour_of(size_t place) {
  static const std::array<std::vector<uint16_t>, 6> colours{{{41'000, 48'000, 47'000},
                                                             {50'000, 20'000, 45'000},
                                                             {35'000, 40'000, 12'000},
                                                             {58'000, 28'000, 52'000},
                                                             {45'000, 52'000, 22'000},
                                                             {54'000, 24'000, 28'000}}};
  return colours.at(place % colours.size());
}

ordered_elements segment_item(const segmentation& what, size_t place) {
  const auto& one = what.segments[place];
  ordered_elements item;
  item.code(0x00620003, one.category);
  item.words(0x00620004, {static_cast<uint16_t>(place + 1)});
  item.text(0x00620005, vr::LO, cut(one.name.empty() ? one.type.meaning : one.name, longest_string));
  item.text(0x00620008, vr::CS, "AUTOMATIC");
  item.text(0x00620009, vr::LO, cut(what.analyser, longest_string));
  item.words(0x0062000D, colour_of(place));
  ordered_elements algorithm;
  algorithm.code(0x0066002F, {"123104", "DCM", "Morphological Operations"});
  algorithm.text(0x00660031, vr::LO, cut(what.version, longest_string));
  algorithm.text(0x00660036, vr::LO, cut(what.analyser, longest_string));
  item.items(0x00620007, {algorithm});
  auto type = code_item(one.type);
  if (!one.laterality.value.empty()) type.code(0x00620011, one.laterality);
  item.items(0x0062000F, {type});
  return item;
}

ordered_elements dimension_item(const std::string& organisation, tag_number pointer, tag_number group,
                                const char* label) {
  ordered_elements item;
  item.text(0x00209164, vr::UI, organisation);
  item.pointer(0x00209165, pointer);
  item.pointer(0x00209167, group);
  item.text(0x00209421, vr::LO, label);
  return item;
}

void put_dimensions(ordered_elements& into, const segmentation& what) {
  const auto organisation = derived_uid(uuid_of_uid(what.identity.sop_instance_uid), 1);
  ordered_elements named;
  const auto uid = organisation.empty() ? what.identity.sop_instance_uid + ".1" : organisation;
  named.text(0x00209164, vr::UI, uid);
  into.items(0x00209221, {named});
  into.items(0x00209222, {dimension_item(uid, 0x0062000B, 0x0062000A, "Segment"),
                          dimension_item(uid, 0x00200032, 0x00209113, "Position")});
}

/// The series and instances that frames were derived of (Common Instance Reference, PS3.3 C.12.2).
void put_sources(ordered_elements& into, const segmentation& what) {
  std::map<std::string, std::map<std::string, ordered_elements>> by_series;
  for (const auto& one : what.frames) {
    auto whole = one.source;
    whole.frame = 0;
    by_series[whole.series_uid].emplace(whole.sop_instance_uid, reference_item(whole));
  }
  std::vector<ordered_elements> series;
  for (const auto& [uid, instances] : by_series) {
    std::vector<ordered_elements> items;
    for (const auto& instance : instances) items.push_back(instance.second);
    auto& item = series.emplace_back();
    item.items(0x0008114A, items);
    item.text(0x0020000E, vr::UI, uid);
  }
  into.items(0x00081115, series);
}

void put_image(ordered_elements& into, const segmentation& what, size_t frames) {
  into.text(0x00080008, vr::CS, "DERIVED\\PRIMARY");
  into.text(0x00200052, vr::UI, what.frame_of_reference_uid);
  into.text(0x00201040, vr::LO, "");
  into.words(0x00280002, {1});
  into.text(0x00280004, vr::CS, "MONOCHROME2");
  into.text(0x00280008, vr::IS, std::to_string(frames));
  into.words(0x00280010, {what.rows});
  into.words(0x00280011, {what.columns});
  into.words(0x00280100, {1});
  into.words(0x00280101, {1});
  into.words(0x00280102, {0});
  into.words(0x00280103, {0});
  into.text(0x00280301, vr::CS, "NO");
  into.text(0x00282110, vr::CS, "00");
  into.text(0x00620001, vr::CS, "BINARY");
  into.text(0x00700080, vr::CS, "SEGMENTATION");
  into.text(0x00700081, vr::LO, cut(what.name + ": " + machine_made, longest_string));
  into.text(0x00700084, vr::PN, own_creator);
  std::vector<ordered_elements> segments;
  for (size_t i = 0; i < what.segments.size(); ++i) segments.push_back(segment_item(what, i));
  into.items(0x00620002, segments);
}

} // namespace

bool has_labels(const segmentation& what) {
  return std::any_of(what.labels.begin(), what.labels.end(), [](uint8_t label) { return label != 0; });
}

caf::expected<made_object> write_segmentation(const object_subject& subject, const segmentation& what) {
  if (auto error = check(subject, what)) return error;
  const auto places = occupied_frames(what);
  if (places.empty()) return refused("no pixel has a label");
  if (uint64_t{what.rows} * what.columns * places.size() / 8 >= most_bytes)
    return refused("the segmentation has more than 2^31 bytes of pixels");
  ordered_elements data_set;
  put_common(data_set, subject, what.identity, "SEG",
             cut(what.name + " (" + what.analyser + " " + what.version + ")", longest_string));
  put_sources(data_set, what);
  put_dimensions(data_set, what);
  put_image(data_set, what, places.size());
  put_functional_groups(data_set, what, places);
  data_set_writer pixels{false};
  const auto packed = packed_frames(what, places);
  pixels.value(tags::pixel_data, vr::OB, {reinterpret_cast<const char*>(packed.data()), packed.size()});
  const auto tail = pixels.take();
  return file_of(std::move(data_set), segmentation_class, what.identity.sop_instance_uid,
                 {reinterpret_cast<const char*>(tail.data()), tail.size()});
}

} // namespace noctis
