#include "dicom/objects/measurement_groups.hpp"

#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/measurement_shapes.hpp"
#include "dicom/uid.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace noctis {

namespace {

constexpr auto contains = DSRTypes::RT_contains;
constexpr auto inferred_from = DSRTypes::RT_inferredFrom;
constexpr auto selected_from = DSRTypes::RT_selectedFrom;
constexpr auto has_context = DSRTypes::RT_hasObsContext;
constexpr auto modifies = DSRTypes::RT_hasConceptMod;

/// A DS value: at most 16 characters (PS3.5 6.2).
std::string decimal(double value) {
  char text[32];
  for (int digits = 12; digits > 0; --digits) {
    if (std::snprintf(text, sizeof text, "%.*g", digits, value) <= 16) break;
  }
  return text;
}

void add_observer(content_tree& tree, const std::string& author) {
  tree.add_code(has_context, code::observer_type, code::person);
  tree.add_name(has_context, code::person_name, person_name_of(author));
}

void add_library(content_tree& tree, const std::vector<annotation>& annotations) {
  std::set<std::string> known;
  for (const auto& one : annotations) {
    if (one.sop_instance_uid.empty() || !known.insert(one.sop_instance_uid).second) continue;
    if (known.size() == 1) {
      tree.open_container(code::image_library, "1600");
      tree.open_container(code::image_library_group, nullptr);
    }
    auto whole = one;
    whole.number_of_frames = 1;
    tree.add_image(contains, nullptr, whole);
  }
  if (known.empty()) return;
  tree.close();
  tree.close();
}

/// The group of one annotation.
class group_writer {
public:
  group_writer(content_tree& tree, const annotation& what) : tree_(tree), what_(what), shapes_(shapes_of(what)) {}

  void write() {
    tree_.open_container(code::group, is_area(what_.kind) ? "1410" : "1501");
    tree_.check(tree_.item().setObservationDateTime(date_time_of(what_.updated_at).c_str()));
    const std::string name = kind_meaning(what_.kind);
    tree_.add_text(has_context, code::tracking_identifier, name + " " + what_.id.substr(0, 8));
    tree_.add_uid(has_context, code::tracking_uid, uid_of_uuid(what_.id));
    tree_.add_code(contains, code::finding_category, concept_code{what_.kind.c_str(), own_scheme, name.c_str()});
    add_source();
    if (is_area(what_.kind)) add_shape(contains, &code::image_region, 0);
    add_comment();
    for (const auto& one : what_.measurements) add_measurement(one);
    tree_.close();
  }

private:
  [[nodiscard]] bool in_patient() const { return what_.space == "patient"; }

  /// Coordinates in a patient are selected from no image; what they were drawn on is named beside them.
  void add_source() {
    if (!in_patient()) return;
    if (what_.sop_instance_uid.empty())
      tree_.add_uid(contains, code::series_uid, what_.series_uid);
    else
      tree_.add_image(contains, &code::source_of_measurement, what_);
  }

  void add_shape(content_tree::relation how, const concept_code* name, size_t place) {
    const auto& drawn = shapes_[place];
    tree_.open(how, in_patient() ? DSRTypes::VT_SCoord3D : DSRTypes::VT_SCoord, name);
    if (in_patient()) {
      set_graphic(drawn, *tree_.item().getSpatialCoordinates3DPtr());
    } else {
      set_graphic(drawn, *tree_.item().getSpatialCoordinatesPtr());
      tree_.add_image(selected_from, name == nullptr ? nullptr : &code::original_source, what_);
    }
    tree_.close();
  }

  void set_graphic(const shape& drawn, DSRSpatialCoordinatesValue& value) {
    constexpr std::array<DSRTypes::E_GraphicType, 4> types{DSRTypes::GT_Point, DSRTypes::GT_Polyline,
                                                           DSRTypes::GT_Polyline, DSRTypes::GT_Ellipse};
    tree_.check(value.setGraphicType(types.at(static_cast<size_t>(drawn.what))));
    for (const auto& at : drawn.points)
      value.getGraphicDataList().addItem(static_cast<Float32>(at[0]), static_cast<Float32>(at[1]));
  }

  void set_graphic(const shape& drawn, DSRSpatialCoordinates3DValue& value) {
    constexpr std::array<DSRTypes::E_GraphicType3D, 4> types{DSRTypes::GT3_Point, DSRTypes::GT3_Polyline,
                                                             DSRTypes::GT3_Polygon, DSRTypes::GT3_Ellipse};
    tree_.check(value.setGraphicType(types.at(static_cast<size_t>(drawn.what))));
    tree_.check(value.setFrameOfReferenceUID(what_.frame_of_reference_uid.c_str()));
    for (const auto& at : drawn.points)
      value.getGraphicDataList().addItem(static_cast<Float32>(at[0]), static_cast<Float32>(at[1]),
                                         static_cast<Float32>(at[2]));
  }

  void add_measurement(const annotation_measurement& one) {
    const auto named = concept_of(one.name, one.unit);
    tree_.open(contains, DSRTypes::VT_Num, named.what);
    auto* const number = tree_.item().getNumericValuePtr();
    tree_.check(number->setValue(decimal(one.value).c_str(), entry(unit_code(one.unit))));
    tree_.check(number->setFloatingPointRepresentation(one.value));
    if (named.derivation != nullptr) tree_.add_code(modifies, code::derivation, *named.derivation);
    if (!is_area(what_.kind)) {
      for (const auto place : shapes_behind(what_, one.name)) add_shape(inferred_from, nullptr, place);
    }
    tree_.close();
  }

  /// Whether the measurements are inferred from all graphics, the first from the first.
  [[nodiscard]] bool measurements_show_all() const {
    size_t shown = 0;
    for (const auto& one : what_.measurements) {
      for (const auto place : shapes_behind(what_, one.name)) {
        if (place > shown) return false;
        shown = std::max(shown, place + 1);
      }
    }
    return shown == shapes_.size();
  }

  /// The label, and the graphics where the measurements do not show them; in place of a label what it is.
  void add_comment() {
    const bool is_drawn = is_area(what_.kind) || measurements_show_all();
    if (is_drawn && what_.label.empty()) return;
    const bool is_named = !what_.label.empty();
    tree_.open(contains, DSRTypes::VT_Text, is_named ? &code::comment : &code::finding);
    tree_.check(tree_.item().setStringValue(
        (is_named ? with_crlf(what_.label) : std::string{kind_meaning(what_.kind)}).c_str()));
    for (size_t place = 0; place < shapes_.size() && !is_drawn; ++place) add_shape(inferred_from, nullptr, place);
    tree_.close();
  }

  content_tree& tree_;
  const annotation& what_;
  std::vector<shape> shapes_;
};

} // namespace

std::string person_name_of(const std::string& name) {
  constexpr size_t most_bytes = 64; // of one component group (PS3.5 6.2)
  std::string result;
  for (const char c : name) {
    const bool is_delimiter = c == '^' || c == '=' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    result += is_delimiter ? ' ' : c;
  }
  if (result.size() <= most_bytes) return result;
  size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xC0U) == 0x80) --end; // within a character of UTF-8
  result.resize(end);
  return result;
}

caf::error fill_measurement_report(DSRDocument& document, const annotation_document& what) {
  content_tree tree{document, code::report, "1500"};
  tree.add_code(modifies, code::language, code::english);
  add_observer(tree, what.author);
  tree.add_code(modifies, code::procedure_reported, code::imaging_procedure);
  add_library(tree, what.annotations);
  tree.open_container(code::measurements, nullptr);
  for (const auto& one : what.annotations) group_writer{tree, one}.write();
  tree.close();
  return tree.error();
}

caf::error fill_key_objects(DSRDocument& document, const annotation_document& what) {
  content_tree tree{document, code::of_interest, "2010"};
  tree.add_code(modifies, code::language, code::english);
  add_observer(tree, what.author);
  std::string labels;
  for (const auto& one : what.annotations) {
    if (!one.label.empty()) labels += (labels.empty() ? "" : "\n") + one.label;
  }
  if (!labels.empty()) tree.add_text(contains, code::key_object_description, labels);
  for (const auto& one : what.annotations) tree.add_image(contains, nullptr, one);
  return tree.error();
}

} // namespace noctis
