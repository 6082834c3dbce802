#pragma once

#include "imaging/analysis.hpp"
#include "imaging/grid.hpp"

#include <caf/optional.hpp>

#include <utility>

namespace noctis {

/// Agatston and volume score of dense lesions in a heart CT without contrast, in a region given or found between the
/// lungs; there, calcium of the aorta and of valves is counted too. Mask: counted lesions. Urgent: never.
class ct_calcium final : public analyser {
public:
  ct_calcium() = default;
  /// `region`: labels on the grid of the volume that will be analysed, 0 outside.
  explicit ct_calcium(mask_grid region) : region_(std::move(region)) {}

  [[nodiscard]] std::string name() const override { return "ct-calcium"; }
  [[nodiscard]] std::string version() const override { return "1.0"; }
  [[nodiscard]] applicability applies_to(const series_traits& traits) const override;
  [[nodiscard]] caf::expected<analysis> analyse(const volume& image, const series_traits& traits,
                                                const run_control& control) const override;

private:
  caf::optional<mask_grid> region_;
};

} // namespace noctis
