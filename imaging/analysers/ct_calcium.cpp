#include "imaging/analysers/ct_calcium.hpp"

#include "imaging/analysers/applies.hpp"
#include "imaging/analysers/calcium_score.hpp"
#include "imaging/analysers/lungs.hpp"
#include "imaging/concepts.hpp"
#include "messages/errors.hpp"

#include <cmath>

namespace noctis {

namespace {

constexpr double thickest = 5; // mm: beyond, lesions vanish by partial volume
constexpr double usual_kvp = 120;
constexpr size_t most_candidates = 200;

void add_lesions(const volume& image, const calcium_score& score, analysis& result) {
  for (const auto& lesion : score.lesions) {
    if (result.candidates.size() == most_candidates) {
      result.warnings.push_back("only the first " + std::to_string(most_candidates) + " lesions are listed");
      return;
    }
    candidate found{concepts::calcified_lesion(), concepts::heart(), {}, {}, 0, 0, 0};
    found.position = image.point_of(lesion.centre[0], lesion.centre[1], lesion.centre[2]);
    found.diameter_mm = std::sqrt(lesion.area_mm2 * 4 / 3.14159265358979323846);
    found.volume_ml = lesion.area_mm2 * image.spacing[2] / 1000;
    found.mean_hu = lesion.mean_hu;
    result.candidates.push_back(std::move(found));
  }
}

} // namespace

applicability ct_calcium::applies_to(const series_traits& traits) const {
  if (auto ct = is_ct(traits); !ct.applies) return ct;
  if (!mentions(traits, {"heart", "cardi", "coron", "calcium", "cascore", "ca score", "agatston"}))
    return {false, "the headers name neither heart nor calcium"};
  if (!traits.contrast_agent.empty() || mentions(traits, {"cta", "angio", "contrast"}))
    return {false, "contrast agent was given: blood is as dense as calcium"};
  if (traits.slice_thickness && *traits.slice_thickness > thickest) return {false, "slices are thicker than 5 mm"};
  return {true, {}};
}

caf::expected<analysis> ct_calcium::analyse(const volume& image, const series_traits& traits,
                                            const run_control& control) const {
  analysis result;
  result.analyser = name();
  result.version = version();
  result.warnings = image.warnings;
  if (image.resampled) result.warnings.emplace_back("resampled slices: the score is not Agatston's exactly");
  if (std::abs(image.spacing[2] - 3) > 0.6) result.warnings.emplace_back("slices are not of 3 mm: the score is scaled");
  if (traits.kvp && std::abs(*traits.kvp - usual_kvp) > 5)
    result.warnings.emplace_back("the tube voltage is not 120 kV: the score's thresholds don't fit");
  mask_grid region;
  if (region_) {
    if (region_->size != image.size) return failure(errc::invalid_argument, "the region's grid is not the volume's");
    region = *region_;
  } else {
    const auto lungs = find_lungs(image, control);
    if (!lungs) return lungs.error();
    region = heart_region(image, lungs->envelope, lungs->factors);
    result.warnings.emplace_back("the region was found between the lungs: calcium of aorta and valves is counted too");
  }
  if (auto error = reached(control, 0.6)) return error;
  const auto score = score_calcium(image, region);
  if (auto error = reached(control, 0.95)) return error;
  result.measurements.push_back({concepts::agatston_score(), score.agatston, "1", concepts::heart(), {}, {}});
  result.measurements.push_back({concepts::volume_score(), score.volume_mm3, "mm3", concepts::heart(), {}, {}});
  add_lesions(image, score, result);
  mask labels{"calcium", {}, image.frames, labels_on_slices(image, score.labels.voxels)};
  labels.segments.push_back({1, concepts::abnormal_structure(), concepts::calcified_lesion(), {}});
  result.masks.push_back(std::move(labels));
  if (auto error = reached(control, 1)) return error;
  return result;
}

} // namespace noctis
