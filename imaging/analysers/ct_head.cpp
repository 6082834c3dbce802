#include "imaging/analysers/ct_head.hpp"

#include "imaging/analysers/applies.hpp"
#include "imaging/analysers/hyperdense.hpp"
#include "imaging/analysers/intracranial.hpp"
#include "imaging/analysers/midline.hpp"
#include "imaging/concepts.hpp"
#include "imaging/regions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noctis {

namespace {

constexpr uint8_t brain_label = 1;
constexpr uint8_t ventricle_label = 2;
constexpr uint8_t blood_label = 3;

constexpr double least_blood_ml = 1;
constexpr double fluid_contrast = 13;     // HU below brain tissue
constexpr double ventricle_depth_mm = 22; // from the skull, where ventricles begin
constexpr double least_ventricle_ml = 0.5;
constexpr double urgent_shift_mm = 5;
constexpr double usual_brain_ml = 700;
constexpr double pi = 3.14159265358979323846;

class head_reader {
public:
  head_reader(const volume& image, intracranial_space space, analysis& result)
      : image_(image), space_(std::move(space)), result_(result), labels_(space_.mask.voxels) {
    add(concepts::volume(), ml_of(std::count(labels_.begin(), labels_.end(), brain_label)), "ml", concepts::brain());
  }

  /// Labels fluid deep in the brain and measures it.
  void ventricles() {
    const auto deep = between(space_.depth, ventricle_depth_mm, 1e6);
    const auto parts =
        components_of(intersection_of(between(space_.smooth, -20, space_.tissue - fluid_contrast), deep));
    ventricles_ = shaped_like<uint8_t>(space_.mask);
    double ml = 0;
    for (const auto& part : parts.list) {
      if (ml_of(part.voxels) < least_ventricle_ml) break;
      ml += ml_of(part.voxels);
      mark(parts, part, ventricle_label, &ventricles_);
    }
    add(concepts::volume(), ml, "ml", concepts::brain_ventricle());
  }

  void shift() {
    const auto line = symmetry_of(space_.mask);
    const auto found = midline_shift(ventricles_, line);
    if (!found) {
      result_.warnings.emplace_back("no midline shift: the lateral ventricles are not seen apart");
      return;
    }
    const auto left = *found * (image_.axes[0][0] > 0 ? 1 : -1); // towards the patient's left
    add(concepts::own("MIDLINESHIFT", "Midline shift"), std::abs(left), "mm", concepts::brain());
    result_.measurements.back().laterality = left > 0 ? concepts::left() : concepts::right();
    if (std::abs(left) >= urgent_shift_mm) raise("the midline is shifted by " + rounded(std::abs(left)) + " mm");
  }

  /// Finds regions denser than brain, each a candidate for a haemorrhage.
  void blood() {
    double all = 0;
    for (const auto& region : find_hyperdense(space_, least_blood_ml)) {
      for (const auto place : region.places) labels_[place] = blood_label;
      candidate found{concepts::hemorrhage(), concepts::brain(), {}, {}, 0, region.volume_ml, region.mean_hu};
      const auto centre = expanded_place(region.centre, space_.factors);
      found.position = image_.point_of(centre[0], centre[1], centre[2]);
      found.diameter_mm = std::cbrt(found.volume_ml * 1000 * 6 / pi);
      all += found.volume_ml;
      result_.candidates.push_back(std::move(found));
    }
    add(concepts::volume(), all, "ml", concepts::hemorrhage());
    if (all > 0) raise(rounded(all) + " ml of hyperdense regions in the brain");
  }

  void masks() {
    mask head{
        "head",
        {},
        image_.frames,
        labels_on_slices(image_, expanded({space_.mask.size, space_.mask.spacing, labels_}, image_, space_.factors))};
    const auto structure = concepts::anatomical_structure();
    head.segments = {{brain_label, structure, concepts::brain(), {}},
                     {ventricle_label, structure, concepts::brain_ventricle(), {}},
                     {blood_label, concepts::abnormal_structure(), concepts::hemorrhage(), {}}};
    result_.masks.push_back(std::move(head));
  }

  void warn() {
    if (result_.measurements.front().value < usual_brain_ml)
      result_.warnings.emplace_back("the brain is small or only partly seen");
    if (space_.noise > 8) result_.warnings.emplace_back("much noise: small haemorrhages may be missed");
  }

private:
  static std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
  }

  template <class Count>
  [[nodiscard]] double ml_of(Count voxels) const {
    return double(voxels) * space_.mask.voxel_ml();
  }

  void add(const coded_concept& what, double value, const char* unit, const coded_concept& site) {
    result_.measurements.push_back({what, value, unit, site, {}, {}});
  }

  void raise(const std::string& reason) {
    result_.priority = urgency::urgent;
    result_.urgency_reason += (result_.urgency_reason.empty() ? "" : "; ") + reason;
  }

  void mark(const components& parts, const component& part, uint8_t label, mask_grid* also) {
    for (size_t i = 0; i < labels_.size(); ++i) {
      if (parts.labels.voxels[i] != part.label) continue;
      labels_[i] = label;
      if (also != nullptr) also->voxels[i] = 1;
    }
  }

  const volume& image_;
  intracranial_space space_;
  analysis& result_;
  std::vector<uint8_t> labels_;
  mask_grid ventricles_;
};

} // namespace

applicability ct_head::applies_to(const series_traits& traits) const {
  if (auto ct = is_ct(traits); !ct.applies) return ct;
  if (!shows(traits, {"head", "brain", "skull", "cerebr", "cranium", "neuro"}))
    return {false, "the headers name no head but '" + shown_text(traits) + "'"};
  if (!traits.contrast_agent.empty()) return {false, "contrast agent was given: dense vessels look like blood"};
  return {true, {}};
}

caf::expected<analysis> ct_head::analyse(const volume& image, const series_traits& traits,
                                         const run_control& control) const {
  analysis result;
  result.analyser = name();
  result.version = version();
  result.warnings = image.warnings;
  auto space = find_intracranial_space(image, traits, control);
  if (!space) return space.error();
  head_reader reader{image, std::move(*space), result};
  reader.ventricles();
  if (auto error = reached(control, 0.65)) return error;
  reader.shift();
  if (auto error = reached(control, 0.75)) return error;
  reader.blood();
  if (auto error = reached(control, 0.95)) return error;
  reader.masks();
  reader.warn();
  if (auto error = reached(control, 1)) return error;
  return result;
}

} // namespace noctis
