#pragma once

#include "imaging/analysis.hpp"

#include <string>
#include <vector>

namespace noctis {

/// What an insert of a calibration phantom should measure.
struct expected_material {
  std::string name;
  double hu = 0;
  double tolerance = 0; ///< HU
};

/// Returns the usual materials at 120 kV: water, air, polyethylene, polystyrene, acrylic, polyoxymethylene, teflon.
const std::vector<expected_material>& usual_materials();

/// HU of a cylindrical phantom: water or its like, and rods, wherever they lie: found, measured, each compared with the
/// expected material next to it; noise, and uniformity (greatest difference of the periphery from the centre). What
/// lies outside its tolerance is a warning.
class hu_calibration final : public analyser {
public:
  hu_calibration() : materials_(usual_materials()) {}
  explicit hu_calibration(std::vector<expected_material> materials) : materials_(std::move(materials)) {}

  [[nodiscard]] std::string name() const override { return "hu-calibration"; }
  [[nodiscard]] std::string version() const override { return "1.1"; }
  [[nodiscard]] applicability applies_to(const series_traits& traits) const override;
  [[nodiscard]] caf::expected<analysis> analyse(const volume& image, const series_traits& traits,
                                                const run_control& control) const override;

private:
  std::vector<expected_material> materials_;
};

} // namespace noctis
