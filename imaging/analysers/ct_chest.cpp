#include "imaging/analysers/ct_chest.hpp"

#include "imaging/analysers/applies.hpp"
#include "imaging/analysers/density.hpp"
#include "imaging/analysers/lung_nodules.hpp"
#include "imaging/analysers/lungs.hpp"
#include "imaging/concepts.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr double least_nodule = 5.5;  // mm measured: 6 mm less the error of measurement
constexpr double usual_lung_ml = 300; // less is told
constexpr double thick_slices = 3;    // mm: beyond, small nodules are missed

void add_volumes(const volume& image, const lung_map& lungs, analysis& result) {
  for (const auto side : {right_lung, left_lung}) {
    const auto voxels = std::count(lungs.labels.voxels.begin(), lungs.labels.voxels.end(), side);
    const auto ml = double(voxels) * image.voxel_ml();
    const auto laterality = side == right_lung ? concepts::right() : concepts::left();
    result.measurements.push_back({concepts::volume(), ml, "ml", concepts::lung(), laterality, {}});
    if (ml < usual_lung_ml)
      result.warnings.push_back("the " + laterality.meaning + " lung is small or only partly seen");
  }
}

void add_density(const volume& image, const lung_map& lungs, analysis& result) {
  const auto density = density_of(image, lungs.labels);
  const auto add = [&](const coded_concept& what, double value, const char* unit) {
    result.measurements.push_back({what, value, unit, concepts::lung(), {}, {}});
  };
  add(concepts::own("LAA950", "Low attenuation area below -950 HU"), density.below_950_percent, "%");
  add(concepts::own("PERC15", "15th percentile of lung density"), density.percentile_15, concepts::hounsfield_unit);
  add(concepts::mean_attenuation(), density.mean, concepts::hounsfield_unit);
}

mask lung_mask(const volume& image, const lung_map& lungs) {
  mask result{"lungs", {}, image.frames, labels_on_slices(image, lungs.labels.voxels)};
  result.segments.push_back({right_lung, concepts::anatomical_structure(), concepts::lung(), concepts::right()});
  result.segments.push_back({left_lung, concepts::anatomical_structure(), concepts::lung(), concepts::left()});
  return result;
}

} // namespace

applicability ct_chest::applies_to(const series_traits& traits) const {
  if (auto ct = is_ct(traits); !ct.applies) return ct;
  if (!shows(traits, {"chest", "lung", "thora"}))
    return {false, "the headers name no chest but '" + shown_text(traits) + "'"};
  return {true, {}};
}

caf::expected<analysis> ct_chest::analyse(const volume& image, const series_traits& traits,
                                          const run_control& control) const {
  analysis result;
  result.analyser = name();
  result.version = version();
  result.warnings = image.warnings;
  auto lungs = find_lungs(image, control);
  if (!lungs) return lungs.error();
  result.warnings.insert(result.warnings.end(), lungs->warnings.begin(), lungs->warnings.end());
  if (image.spacing[2] > thick_slices) result.warnings.emplace_back("slices of more than 3 mm: nodules may be missed");
  if (!traits.contrast_agent.empty()) result.warnings.emplace_back("contrast agent: densities of the lung are raised");
  add_volumes(image, *lungs, result);
  add_density(image, *lungs, result);
  if (auto error = reached(control, 0.7)) return error;
  result.candidates = find_nodules(image, *lungs, least_nodule);
  if (auto error = reached(control, 0.95)) return error;
  result.masks.push_back(lung_mask(image, *lungs));
  if (auto error = reached(control, 1)) return error;
  return result;
}

} // namespace noctis
