#pragma once

#include "imaging/analysis.hpp"

#include <caf/expected.hpp>

namespace noctis {

/// A volume with what one analyser found in it.
struct analysed_volume {
  const volume& image;
  const analysis& result;
};

/// What has changed since a prior study: both are CTs of the same kind, analysed by the same analyser.
class prior_change {
public:
  static constexpr const char* name = "prior-change";
  static constexpr const char* version = "1.0";

  /// Lays the volumes upon one another (`register_rigidly`) and compares. Measurements: rotation, shift, correlation
  /// and overlap of the registration; the change of each value that both have; for each pair of findings the change
  /// of volume, and its doubling time (Schwartz, Cancer 1961;14:1272) where it grew. Candidates: findings new, grown
  /// by 25 % or more (van Klaveren et al., NEJM 2009;361:2221), shrunk by as much, and gone, the last with the
  /// prior's size at its place now. What lies outside the other study is told, not compared. Urgent: a haemorrhage new
  /// or grown. `days` lie between the studies, 0: unknown. Errors: those of `register_rigidly`; `invalid_argument` for
  /// different analysers or negative days.
  [[nodiscard]] static caf::expected<analysis> compare(const analysed_volume& now, const analysed_volume& prior,
                                                       double days, const run_control& control);
};

} // namespace noctis
