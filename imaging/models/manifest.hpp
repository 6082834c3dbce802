#pragma once

#include "imaging/analysis.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// How values become a network's input.
struct model_normalisation {
  double subtracted = 0; ///< value' = (value − subtracted) / divisor
  double divisor = 1;
  bool clamped = false; ///< to 0 … 1, as a window does
};

/// What a network takes: one image, one channel.
struct model_input {
  std::vector<int> shape;            ///< {1, 1, rows, columns} or {1, 1, slices, rows, columns}
  caf::optional<vector3> spacing_mm; ///< of columns, rows, slices; none: the image is stretched to the shape
  model_normalisation normalisation{};

  /// Whether the network takes a whole volume, not one slice.
  [[nodiscard]] bool is_volume() const { return shape.size() == 5; }
};

enum class model_output : uint8_t {
  classification, ///< one number for each label
  segmentation,   ///< one image of the input's size for each label; with a single label its share of each voxel
};

enum class model_activation : uint8_t { none, sigmoid, softmax };

/// What one of a network's outputs stands for.
struct model_label {
  caf::optional<coded_concept> code; ///< none: background of a segmentation
  caf::optional<double> urgent_from; ///< of a classification: the value from which the finding is urgent
};

/// What is written beside a network: docs/ai.md has the format.
struct model_manifest {
  std::string name; ///< lower-case letters, digits and '-'
  std::string version;
  std::string description;
  std::string licence;
  std::string sha256; ///< of the network's file: 64 hex digits
  model_input input;
  model_output output = model_output::classification;
  model_activation activation = model_activation::none;
  std::vector<model_label> labels;
  std::string modality;
  std::vector<std::string> words; ///< one of which the headers must name, lower case
  bool without_contrast = false;  ///< series with contrast agent are declined
  double seconds = 0;             ///< a run may take; the caller's process is ended then
  size_t memory_mib = 0;
};

/// Reads a manifest. Error: `invalid_argument` with the key that is absent, unknown or wrong.
caf::expected<model_manifest> manifest_of(std::string_view json);

} // namespace noctis
