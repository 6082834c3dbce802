#pragma once

#include "imaging/slice.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace noctis {

enum class solid : uint8_t {
  ellipsoid, ///< half axes `radii`
  cylinder,  ///< along z: half axes radii[0] and radii[1], half length radii[2]
  capsule,   ///< from `centre` to `end`, radius radii[0]
};

/// One thing of a scene; what stands later in the scene covers what stands earlier.
struct scene_shape {
  solid kind = solid::ellipsoid;
  vector3 centre{};
  vector3 radii{};
  vector3 end{};
  float hu = 0;
  bool sharp = false; ///< a voxel belongs to it by its centre alone, without partial volume

  /// Returns about how deep in mm a point lies inside; negative: outside. Exact in sign.
  [[nodiscard]] double depth_of(const vector3& point) const;
  /// Returns how far the shape reaches from its middle along a unit direction.
  [[nodiscard]] double reach(const vector3& direction) const;
  [[nodiscard]] vector3 middle() const;
  [[nodiscard]] double volume_ml() const;
};

/// How a scene is scanned: the middle of the scan is the origin of the patient.
struct scan_options {
  uint32_t columns = 512; ///< and rows
  uint32_t slices = 100;
  double pixel_mm = 0.7;
  double slice_mm = 1.25;        ///< thickness and distance
  double noise = 0;              ///< standard deviation, HU, independent for each pixel
  double tilt = 0;               ///< degrees of the gantry about x
  double cupping = 0;            ///< HU by which the centre lies below the edge of the field of view
  double offset = 0;             ///< HU added to all
  std::vector<uint32_t> missing; ///< slices left out, the first is 0
  uint64_t seed = 1;
};

/// Returns the slices of `scene` in air (−1000 HU), whole numbers of HU. The same options give the same slices.
std::vector<slice> scan(const std::vector<scene_shape>& scene, const scan_options& options);

} // namespace noctis
