#pragma once

#include "imaging/slice.hpp"

#include <caf/expected.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// A stored slice that a volume was made of; what refers to the volume refers to these.
struct volume_frame {
  std::string sop_instance_uid;
  uint32_t frame = 1;
  slice_geometry geometry;
};

/// Voxels on a right-angled grid in the patient, 16 bits: HU for CT. Voxel (i, j, k) is column i, row j, slice k.
struct volume {
  std::array<size_t, 3> size{};     ///< columns, rows, slices
  vector3 spacing{};                ///< mm
  vector3 origin{};                 ///< centre of voxel (0, 0, 0)
  std::array<vector3, 3> axes{};    ///< unit directions of i, j and k
  std::vector<int16_t> voxels;      ///< i fastest
  std::vector<volume_frame> frames; ///< the stored slices along k
  bool resampled = false;           ///< the grid is not the stored one: tilt or unequal distances were corrected
  double tilt = 0;                  ///< degrees by which the gantry was tilted
  std::vector<std::string> warnings;

  [[nodiscard]] size_t index_of(size_t i, size_t j, size_t k) const { return (k * size[1] + j) * size[0] + i; }
  [[nodiscard]] double voxel_ml() const { return spacing[0] * spacing[1] * spacing[2] / 1000; }
  /// Returns the place of a voxel; fractions lie between voxels.
  [[nodiscard]] vector3 point_of(double i, double j, double k) const;
  /// Returns the voxel coordinates of a place, with fractions, also outside the grid.
  [[nodiscard]] vector3 coordinates_of(const vector3& point) const;
};

/// What `volume_of` takes. Beyond them a series is refused with the reason.
struct volume_limits {
  size_t least_slices = 3;
  size_t most_slices = 4000;
  uint64_t most_bytes = uint64_t{1} << 30; ///< of the finished grid
  double greatest_gap = 15;                ///< mm between neighbours
  double greatest_missing_share = 0.2;     ///< missing slices of those there should be
  double greatest_tilt = 35;               ///< degrees
  double greatest_foreign_share = 0.2;     ///< slices left out since their size or orientation is another
};

/// How slices become a grid: worked out from geometry alone, before a pixel is needed.
struct volume_plan {
  std::vector<size_t> order;  ///< positions in the given list, along k; duplicates and foreign slices are left out
  std::vector<double> depths; ///< mm along the normal from the first, one for each of `order`
  std::vector<std::array<double, 2>> shifts; ///< mm along i and j that the frame's origin lies off the grid's
  std::array<size_t, 3> size{};
  vector3 spacing{};
  vector3 origin{};
  std::array<vector3, 3> axes{};
  bool resampled = false;
  double tilt = 0;
  std::vector<std::string> warnings;

  [[nodiscard]] uint64_t bytes() const { return uint64_t{size[0]} * size[1] * size[2] * sizeof(int16_t); }
};

/// Plans the volume of `slices`, whose `values` may be empty. Along the way it finds and reports gantry tilt, missing,
/// duplicate and unequally spaced slices. Errors: `invalid_argument` for localisers, mixed sizes or orientations, too
/// few slices, absent geometry or (for CT) rescale, positions that lie on no line; `limit_exceeded` past `limits`.
caf::expected<volume_plan> plan_volume(const std::vector<slice>& slices, const series_traits& traits,
                                       const volume_limits& limits = {});

/// Returns the values of the slice at this place of a list, rows × columns, row by row.
using slice_values = std::function<caf::expected<std::vector<float>>(size_t place)>;

/// As `volume_of` below, of `headers` whose own values are not looked at: each slice's are fetched when it is its turn,
/// and two of them are held at most. Errors: also those of `fetch`.
caf::expected<volume> volume_of(const std::vector<slice>& headers, const series_traits& traits,
                                const volume_limits& limits, const slice_values& fetch);

/// Makes the volume of `slices`. Tilt, gaps and unequal distances are resampled linearly and told in `warnings`;
/// values beyond 16 bits are clamped and told too. Errors: as `plan_volume`, and `invalid_argument` for a slice whose
/// values aren't rows × columns finite numbers.
caf::expected<volume> volume_of(const std::vector<slice>& slices, const series_traits& traits,
                                const volume_limits& limits = {});

} // namespace noctis
