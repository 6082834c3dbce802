#pragma once

#include "imaging/analysis.hpp"

namespace noctis {

/// Lungs in a chest CT: volumes of both, emphysema (share of the lungs' air-filled voxels at or below −950 HU), 15th
/// percentile of density, candidates for solid nodules from 6 mm. Masks: the lungs. Urgent: never.
class ct_chest final : public analyser {
public:
  [[nodiscard]] std::string name() const override { return "ct-chest"; }
  [[nodiscard]] std::string version() const override { return "1.0"; }
  [[nodiscard]] applicability applies_to(const series_traits& traits) const override;
  [[nodiscard]] caf::expected<analysis> analyse(const volume& image, const series_traits& traits,
                                                const run_control& control) const override;
};

} // namespace noctis
