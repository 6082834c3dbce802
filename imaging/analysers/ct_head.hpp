#pragma once

#include "imaging/analysis.hpp"

namespace noctis {

/// Head CT without contrast: volume inside the skull, hyperdense regions (candidates for haemorrhage), ventricles,
/// midline shift (an estimate of ± 2 mm). Masks: brain, ventricles, hyperdense regions. Urgent: hyperdense regions from
/// 1 ml, or a shift of 5 mm or more.
class ct_head final : public analyser {
public:
  [[nodiscard]] std::string name() const override { return "ct-head"; }
  [[nodiscard]] std::string version() const override { return "1.1"; }
  [[nodiscard]] applicability applies_to(const series_traits& traits) const override;
  [[nodiscard]] caf::expected<analysis> analyse(const volume& image, const series_traits& traits,
                                                const run_control& control) const override;
};

} // namespace noctis
