#include "messages/annotations.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr double largest_coordinate = 1e6;
constexpr double largest_value = 1e12;
constexpr size_t longest_label = 1024; // bytes
constexpr size_t longest_view = 4096;  // bytes
constexpr size_t most_measurements = 32;
constexpr int32_t most_frames = 1'000'000;

bool is_uid(const std::string& text) {
  return !text.empty() && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_line_of_text(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  });
}

std::string wrong_points(const annotation& what, const annotation_kind& kind) {
  if (what.points.size() < kind.least_points || what.points.size() > kind.most_points) {
    auto count = std::to_string(kind.least_points);
    if (kind.most_points != kind.least_points) count += " to " + std::to_string(kind.most_points);
    return what.kind + " takes " + count + " points, not " + std::to_string(what.points.size()) + ".";
  }
  const size_t coordinates = what.space == "patient" ? 3 : 2;
  for (const auto& point : what.points) {
    if (point.size() != coordinates)
      return "A point in the space " + what.space + " has " + std::to_string(coordinates) + " coordinates.";
    if (!std::all_of(point.begin(), point.end(),
                     [](double x) { return std::isfinite(x) && std::abs(x) <= largest_coordinate; }))
      return "A coordinate is a number from -1000000 to 1000000.";
  }
  return {};
}

std::string wrong_measurements(const annotation& what) {
  if (what.measurements.size() > most_measurements) return "At most 32 measurements.";
  std::vector<std::string> names;
  for (const auto& one : what.measurements) {
    if (!contains(annotation_measurement_names(), one.name)) return "There is no measurement \"" + one.name + "\".";
    if (!contains(annotation_units(), one.unit)) return "There is no unit \"" + one.unit + "\" here.";
    if (!std::isfinite(one.value) || std::abs(one.value) > largest_value)
      return one.name + " is not a number from -1e12 to 1e12.";
    if (contains(names, one.name)) return one.name + " is there twice.";
    names.push_back(one.name);
  }
  return {};
}

} // namespace

const std::vector<annotation_kind>& annotation_kinds() {
  static const std::vector<annotation_kind> kinds{
      {"length", 2, 2},
      {"bidirectional", 4, 4},
      {"angle", 3, 3},
      {"cobb_angle", 4, 4},
      {"ellipse", 4, 4},
      {"rectangle", 4, 4},
      {"freehand", 3, most_annotation_points},
      {"probe", 1, 1},
      {"arrow", 2, 2},
      {"text", 1, 1},
      {"cardiothoracic_ratio", 6, 6},
      {"key_image", 0, 0},
  };
  return kinds;
}

const annotation_kind* find_annotation_kind(const std::string& name) {
  const auto& all = annotation_kinds();
  const auto found = std::find_if(all.begin(), all.end(), [&](const annotation_kind& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const std::vector<std::string>& annotation_measurement_names() {
  static const std::vector<std::string> names{"length", "long_axis", "short_axis", "angle", "area",      "mean",
                                              "sd",     "min",       "max",        "value", "perimeter", "ratio"};
  return names;
}

const std::vector<std::string>& annotation_units() {
  static const std::vector<std::string> units{"mm", "deg",      "mm2",   "[hnsf'U]", "g/ml{SUVbw}",
                                              "1",  "{pixels}", "Bq/ml", "{counts}"};
  return units;
}

std::map<std::string, std::string> problems_of(const annotation& what) {
  std::map<std::string, std::string> problems;
  const auto check = [&](bool is_right, const char* field, const char* sentence) {
    if (!is_right) problems.emplace(field, sentence);
  };
  const bool in_patient = what.space == "patient";
  check(is_uuid(what.id), "id", "Must be a UUID.");
  check(is_uid(what.study_uid), "study_instance_uid", "Must be a UID.");
  check(is_uid(what.series_uid), "series_instance_uid", "Must be a UID.");
  check(is_uid(what.sop_instance_uid) || (in_patient && what.sop_instance_uid.empty()), "sop_instance_uid",
        "Must be a UID.");
  check(what.frame >= 1 && what.frame <= most_frames, "frame", "Frames count from 1.");
  check(in_patient || what.space == "image", "space", "Must be image or patient.");
  check(is_uid(what.frame_of_reference_uid) || (!in_patient && what.frame_of_reference_uid.empty()),
        "frame_of_reference_uid", "Must be a UID.");
  check(what.label.size() <= longest_label && is_line_of_text(what.label), "label",
        "At most 1024 bytes of text without control characters.");
  check(what.view.size() <= longest_view && what.view.size() >= 2 && what.view.front() == '{', "view",
        "Must be an object of at most 4096 bytes.");
  check(what.version >= 0, "version", "Must be at least 0.");
  const auto* kind = find_annotation_kind(what.kind);
  check(kind != nullptr, "kind", "There is no such kind of annotation.");
  check(what.kind != "key_image" || !in_patient, "space", "A key image is in the space image.");
  if (kind != nullptr && problems.count("space") == 0) {
    if (auto wrong = wrong_points(what, *kind); !wrong.empty()) problems.emplace("points", std::move(wrong));
  }
  if (auto wrong = wrong_measurements(what); !wrong.empty()) problems.emplace("measurements", std::move(wrong));
  return problems;
}

bool is_uuid(const std::string& text) {
  constexpr size_t length = 36;
  if (text.size() != length) return false;
  for (size_t i = 0; i < length; ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    if (is_dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

} // namespace noctis
