#include "imaging/analysers/rigid_motion.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr double pi = 3.14159265358979323846;

} // namespace

vector3 rigid_motion::applied_to(const vector3& point) const {
  return sum_of({dot(rows[0], point), dot(rows[1], point), dot(rows[2], point)}, offset);
}

rigid_motion rigid_motion::inverse() const {
  rigid_motion result;
  for (size_t row = 0; row < 3; ++row)
    for (size_t column = 0; column < 3; ++column) result.rows[row][column] = rows[column][row];
  result.offset = scaled(result.applied_to(offset), -1);
  return result;
}

double rigid_motion::degrees() const {
  const auto cosine = (rows[0][0] + rows[1][1] + rows[2][2] - 1) / 2;
  return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / pi;
}

} // namespace noctis
