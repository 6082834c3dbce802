#pragma once

#include "imaging/vector3.hpp"

#include <array>

namespace noctis {

/// A turn and a shift of points in the patient.
struct rigid_motion {
  std::array<vector3, 3> rows{vector3{1, 0, 0}, vector3{0, 1, 0}, vector3{0, 0, 1}}; ///< of the rotation's matrix
  vector3 offset{};                                                                  ///< mm

  [[nodiscard]] vector3 applied_to(const vector3& point) const;
  [[nodiscard]] rigid_motion inverse() const;
  [[nodiscard]] double degrees() const; ///< by which it turns, about whatever axis
};

} // namespace noctis
