#pragma once

#include "imaging/slice.hpp"
#include "imaging/volume.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// A code with its meaning (PS3.3 8.8). Scheme "99NOCTIS" marks our own, where the standard has none.
struct coded_concept {
  std::string value;
  std::string scheme;
  std::string meaning;

  friend bool operator==(const coded_concept& a, const coded_concept& b) {
    return a.value == b.value && a.scheme == b.scheme;
  }
};

/// One measured number (TID 300).
struct measurement {
  coded_concept quantity;
  double value = 0;
  std::string unit;                  ///< UCUM: "mm", "ml", "%", "[hnsf'U]", "1" …
  caf::optional<coded_concept> site; ///< what was measured
  caf::optional<coded_concept> laterality;
  caf::optional<vector3> position; ///< mm, LPS
};

/// One finding that somebody should look at.
struct candidate {
  coded_concept finding;
  coded_concept site;
  caf::optional<coded_concept> laterality;
  vector3 position{};     ///< its centre, mm, LPS
  double diameter_mm = 0; ///< of the ball of its volume
  double volume_ml = 0;
  double mean_hu = 0;
};

/// What a label of a mask means (Segment Sequence, PS3.3 C.8.20.2).
struct mask_segment {
  uint8_t label = 0;
  coded_concept category;
  coded_concept type;
  caf::optional<coded_concept> laterality;
};

/// Labels of the pixels of the stored slices, whatever grid the analyser worked on.
struct mask {
  std::string name;
  std::vector<mask_segment> segments;
  std::vector<volume_frame> frames; ///< the slices, in order along the normal
  std::vector<uint8_t> labels;      ///< rows × columns × frames, columns fastest; 0: nothing
};

enum class urgency : uint8_t { routine, urgent };

/// What an analyser found. Machine-made, not for diagnosis.
struct analysis {
  std::string analyser;
  std::string version;
  std::vector<measurement> measurements;
  std::vector<mask> masks;
  std::vector<candidate> candidates;
  std::vector<std::string> warnings;
  urgency priority = urgency::routine;
  std::string urgency_reason; ///< one sentence where `priority` is urgent
};

/// How a caller follows and stops a run. Both functions may be empty; they are called on the analyser's thread.
struct run_control {
  std::function<void(double share)> progress; ///< 0 to 1
  std::function<bool()> cancelled;
};

/// Reports that `share` of a run is done. Returns `cancelled` where the caller withdrew it, `none` otherwise.
caf::error reached(const run_control& control, double share);

/// Whether an analyser takes a series; if not, `reason` is one sentence why.
struct applicability {
  bool applies = false;
  std::string reason;
};

/// One analysis of volumes. Deterministic: the same volume gives the same result, bit by bit.
class analyser {
public:
  virtual ~analyser() = default;

  /// Returns a short stable name, e.g. "ct-chest".
  [[nodiscard]] virtual std::string name() const = 0;
  /// Returns the version of method and parameters; it changes whenever results may.
  [[nodiscard]] virtual std::string version() const = 0;
  [[nodiscard]] virtual applicability applies_to(const series_traits& traits) const = 0;
  /// Analyses `image`. Errors: `cancelled`; `invalid_argument` where the volume does not show what is measured.
  [[nodiscard]] virtual caf::expected<analysis> analyse(const volume& image, const series_traits& traits,
                                                        const run_control& control) const = 0;
};

/// Returns the labels of `grid` (one for each voxel of `image`) on the stored slices of `image`.
std::vector<uint8_t> labels_on_slices(const volume& image, const std::vector<uint8_t>& grid);

} // namespace noctis
