#pragma once

#include <array>
#include <cmath>

namespace noctis {

/// A point or direction in the patient: x to the left, y to the back, z to the head (LPS, PS3.3 C.7.6.2.1.1); mm.
using vector3 = std::array<double, 3>;

inline vector3 sum_of(const vector3& a, const vector3& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
inline vector3 difference_of(const vector3& a, const vector3& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
inline vector3 scaled(const vector3& a, double factor) { return {a[0] * factor, a[1] * factor, a[2] * factor}; }
inline double dot(const vector3& a, const vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
inline double length_of(const vector3& a) { return std::sqrt(dot(a, a)); }
inline double distance_of(const vector3& a, const vector3& b) { return length_of(difference_of(a, b)); }

inline vector3 cross(const vector3& a, const vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

} // namespace noctis
