#pragma once

#include "imaging/analysis.hpp"
#include "imaging/models/model_directory.hpp"

#include <caf/expected.hpp>

#include <memory>
#include <string>

namespace noctis {

/// An installed model as an analyser: called "model-NAME", version "VERSION+CHECKSUM". Classification: a measurement
/// for each label, of slices the greatest, with the place of its slice. Segmentation: a volume for each label, and
/// their mask. It runs as long as the network does: limits of time and memory are the process's.
class model_analyser final : public analyser {
public:
  /// Returns the analyser of a model that `read_models` found ready. Errors: `state_conflict` where it was refused,
  /// and those of `network_bytes`.
  static caf::expected<std::unique_ptr<analyser>> load(const model_entry& model);

  [[nodiscard]] std::string name() const override { return "model-" + manifest_.name; }
  [[nodiscard]] std::string version() const override;
  [[nodiscard]] applicability applies_to(const series_traits& traits) const override;
  /// Errors: also `invalid_argument` where the network's output is not of the manifest's shape.
  [[nodiscard]] caf::expected<analysis> analyse(const volume& image, const series_traits& traits,
                                                const run_control& control) const override;

private:
  model_analyser(model_manifest manifest, std::string bytes)
      : manifest_(std::move(manifest)), bytes_(std::move(bytes)) {}

  model_manifest manifest_;
  std::string bytes_;
};

} // namespace noctis
