#include "dicom/objects/analysis_groups.hpp"

#include "dicom/digest.hpp"
#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/measurement_report.hpp"
#include "dicom/objects/object_parts.hpp"
#include "dicom/uid.hpp"

#include <array>
#include <map>
#include <set>
#include <tuple>

namespace noctis {

namespace {

constexpr auto contains = DSRTypes::RT_contains;
constexpr auto inferred_from = DSRTypes::RT_inferredFrom;
constexpr auto has_context = DSRTypes::RT_hasObsContext;
constexpr auto modifies = DSRTypes::RT_hasConceptMod;

/// Returns the UID of what these bytes stand for: the same for the same.
std::string uid_of_text(const std::string& text) {
  constexpr int version = 8; // RFC 9562 5.8
  constexpr int base = 16;
  const auto hex = digest_of(text.data(), text.size());
  std::array<uint8_t, 16> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes.at(i) = static_cast<uint8_t>(std::stoi(hex.substr(2 * i, 2), nullptr, base));
  return uid_of_uuid(bytes, version);
}

class report_writer {
public:
  report_writer(content_tree& tree, const analysis_report& report) : tree_(tree), report_(report) {}

  void write() {
    tree_.add_code(modifies, code::language, code::english);
    add_observer();
    tree_.add_code(modifies, code::procedure_reported, code::imaging_procedure);
    add_library();
    tree_.open_container(code::measurements, nullptr);
    add_measurements();
    for (const auto& finding : report_.findings) {
      if (finding.kind == "candidate") add_candidate(finding, ++candidates_);
    }
    tree_.close();
    add_comments();
  }

private:
  void add_observer() {
    const auto name = report_.analyser + " " + report_.version;
    tree_.add_code(has_context, code::observer_type, code::device);
    tree_.add_uid(has_context, code::device_uid, uid_of_text("analyser " + name));
    tree_.add_text(has_context, code::device_name, name);
    tree_.add_text(has_context, code::device_manufacturer, own_manufacturer);
    tree_.add_text(has_context, code::device_model, report_.analyser);
    tree_.add_text(has_context, code::device_serial_number, own_serial_number());
  }

  void add_library() {
    tree_.open_container(code::image_library, "1600");
    tree_.open_container(code::image_library_group, nullptr);
    std::set<std::string> known;
    for (auto one : report_.sources) {
      if (!known.insert(one.sop_instance_uid).second) continue;
      one.frame = 0;
      tree_.add_image(contains, nullptr, one);
    }
    tree_.close();
    if (!report_.segmentations.empty()) {
      tree_.open_container(code::image_library_group, nullptr);
      for (const auto& one : report_.segmentations) tree_.add_image(contains, nullptr, one);
      tree_.close();
    }
    tree_.close();
  }

  void open_group(const std::string& tracking) {
    tree_.open_container(code::group, "1501");
    tree_.add_text(has_context, code::tracking_identifier, tracking);
    tree_.add_uid(has_context, code::tracking_uid, uid_of_text(report_.identity.sop_instance_uid + " " + tracking));
  }

  void add_algorithm() {
    tree_.add_text(modifies, code::algorithm_name, report_.analyser);
    tree_.add_text(modifies, code::algorithm_version, report_.version);
  }

  void add_site(const analysis_finding& what) {
    if (what.site.value.empty()) return;
    tree_.open(modifies, DSRTypes::VT_Code, &code::finding_site);
    tree_.check(tree_.item().setCodeValue(entry(what.site)));
    if (!what.laterality.value.empty()) tree_.add_code(modifies, code::laterality, what.laterality);
    tree_.close();
  }

  [[nodiscard]] bool has_place(const analysis_finding& what) const {
    return what.position.size() == 3 && !report_.frame_of_reference_uid.empty();
  }

  void add_point(content_tree::relation how, const concept_code* name, const analysis_finding& what) {
    if (!has_place(what)) return;
    tree_.open(how, DSRTypes::VT_SCoord3D, name);
    auto& value = *tree_.item().getSpatialCoordinates3DPtr();
    tree_.check(value.setGraphicType(DSRTypes::GT3_Point));
    tree_.check(value.setFrameOfReferenceUID(report_.frame_of_reference_uid.c_str()));
    value.getGraphicDataList().addItem(static_cast<Float32>(what.position[0]), static_cast<Float32>(what.position[1]),
                                       static_cast<Float32>(what.position[2]));
    tree_.close();
  }

  /// Adds a number, which was measured at the place of `what` where it has one.
  void add_number(const DSRCodedEntryValue& name, double number, const std::string& unit,
                  const analysis_finding& what) {
    tree_.open(contains, DSRTypes::VT_Num, nullptr);
    tree_.check(tree_.item().setConceptName(name));
    auto* const value = tree_.item().getNumericValuePtr();
    tree_.check(value->setValue(decimal_string(number).c_str(), entry(ucum_code(unit))));
    tree_.check(value->setFloatingPointRepresentation(number));
    add_point(inferred_from, nullptr, what);
    tree_.close();
  }

  /// Adds a group for each site, in the order in which sites occur.
  void add_measurements() {
    using place = std::tuple<std::string, std::string, std::string>;
    std::map<place, size_t> known;
    std::vector<std::vector<const analysis_finding*>> groups;
    for (const auto& one : report_.findings) {
      if (one.kind != "measurement") continue;
      const auto at = known.try_emplace({one.site.scheme, one.site.value, one.laterality.value}, groups.size());
      if (at.second) groups.emplace_back();
      groups[at.first->second].push_back(&one);
    }
    for (const auto& group : groups) {
      const auto& first = *group.front();
      const auto side = first.laterality.meaning.empty() ? "" : ", " + first.laterality.meaning;
      open_group((first.site.meaning.empty() ? report_.analyser : first.site.meaning) + side);
      add_algorithm();
      add_site(first);
      for (const auto* one : group) add_number(entry(one->what), one->value, one->unit, *one);
      tree_.close();
    }
  }

  void add_candidate(const analysis_finding& what, size_t number) {
    open_group((what.what.meaning.empty() ? "Candidate" : what.what.meaning) + " " + std::to_string(number));
    tree_.add_code(contains, code::finding, what.what);
    add_algorithm();
    add_site(what);
    add_point(contains, &code::center, what);
    add_number(entry(code::diameter), what.diameter_mm, "mm", what);
    add_number(entry(code::volume), what.volume_ml, "ml", what);
    add_number(entry(code::mean_attenuation), what.mean_hu, "[hnsf'U]", what);
    tree_.close();
  }

  void add_comments() {
    tree_.add_text(contains, code::comment,
                   std::string{machine_made} + ": " + report_.analyser + " " + report_.version);
    if (!report_.urgency_reason.empty()) tree_.add_text(contains, code::comment, "Urgent: " + report_.urgency_reason);
    for (const auto& one : report_.warnings) tree_.add_text(contains, code::comment, "Warning: " + one);
  }

  content_tree& tree_;
  const analysis_report& report_;
  size_t candidates_ = 0;
};

} // namespace

caf::error fill_analysis_report(DSRDocument& document, const analysis_report& report) {
  content_tree tree{document, code::report, "1500"};
  report_writer{tree, report}.write();
  return tree.error();
}

} // namespace noctis
