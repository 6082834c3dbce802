#pragma once

#include "imaging/phantoms/scene.hpp"
#include "imaging/slice.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <string>
#include <vector>

namespace noctis {

/// A ball with known place and size.
struct true_ball {
  vector3 position{};
  double diameter_mm = 0;
};

/// A rod of a calibration phantom.
struct true_rod {
  std::string material;
  vector3 position{}; ///< of its middle
  double hu = 0;
};

/// What is in a phantom, from its formulae; none for what it doesn't have.
struct phantom_truth {
  caf::optional<double> left_lung_ml;
  caf::optional<double> right_lung_ml;
  caf::optional<double> emphysema_percent; ///< of the lungs without vessels and nodules
  std::vector<true_ball> nodules;
  caf::optional<double> bleed_ml;
  caf::optional<vector3> bleed_position;
  caf::optional<double> brain_ml; ///< inside the skull: brain, ventricles, bleed, fluid around
  caf::optional<double> ventricles_ml;
  caf::optional<double> midline_shift_mm;
  caf::optional<double> agatston; ///< standardised to slices of 3 mm
  caf::optional<double> calcium_mm3;
  std::vector<true_rod> rods;
};

struct phantom {
  series_traits traits;
  std::vector<slice> slices;
  phantom_truth truth;
};

/// The kinds that `make_phantom` knows: "lungs", "lungs-emphysema", "lungs-nodules", "head", "head-bleed", "calcium",
/// "water".
const std::vector<std::string>& phantom_kinds();

/// Returns the scan that suits a kind at full size. For tests: halve everything by `scale`.
scan_options usual_scan(const std::string& kind, double scale = 1);

/// Returns a phantom. `scale` shrinks lungs and chest (not nodules), as `usual_scan` does; the head, the calcium and
/// the water phantom stay as they are. Error: `invalid_argument` for an unknown kind, impossible scan or scale.
caf::expected<phantom> make_phantom(const std::string& kind, const scan_options& scan, double scale = 1);

} // namespace noctis
