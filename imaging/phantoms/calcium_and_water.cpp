#include "imaging/phantoms/anatomy.hpp"

#include <array>
#include <cmath>

namespace noctis {

namespace {

constexpr double pi = 3.14159265358979323846;

struct calcium_rod {
  vector3 centre;
  double radius;
  double hu;
  int weight; ///< Agatston's: 1 from 130, 2 from 200, 3 from 300, 4 from 400 HU
};

/// Returns how many slices of the scan have their middle inside the rod.
int slices_through(const scan_options& scan, double z, double half_length) {
  int count = 0;
  for (uint32_t k = 0; k < scan.slices; ++k)
    count += int(std::abs((k - (scan.slices - 1) / 2.0) * scan.slice_mm - z) < half_length);
  return count;
}

} // namespace

known_scene calcium_scene(const scan_options& scan) {
  auto known = chest_scene(false, false, 1, scan.seed);
  known.truth = {};
  phantom_random random{scan.seed};
  const std::array<calcium_rod, 4> rods{{{{-12, -30, -25}, 3.5, 160, 1},
                                         {{12, -38, -40}, 3, 250, 2},
                                         {{8, -8, -32}, 4, 350, 3},
                                         {{-8, -12, -45}, 2.5, 650, 4}}};
  double agatston = 0;
  double volume = 0;
  for (const auto& rod : rods) {
    const double half_length = 6;
    auto centre = rod.centre;
    for (auto& coordinate : centre) coordinate += random.uniform(-0.9, 0.9);
    known.shapes.push_back({solid::cylinder, centre, {rod.radius, rod.radius, half_length}, {}, float(rod.hu), true});
    const auto slices = slices_through(scan, centre[2], half_length);
    const auto area = pi * rod.radius * rod.radius;
    agatston += area * rod.weight * slices * scan.slice_mm / 3;
    volume += area * slices * scan.slice_mm;
  }
  known.truth.agatston = agatston;
  known.truth.calcium_mm3 = volume;
  return known;
}

known_scene water_scene(const scan_options& scan) {
  known_scene known;
  const auto half = scan.slices * scan.slice_mm / 2;
  known.shapes.push_back({solid::cylinder, {0, 0, 0}, {103, 103, half + 50}, {}, 120, false}); // shell
  known.shapes.push_back({solid::cylinder, {0, 0, 0}, {100, 100, half + 50}, {}, 0, false});
  const std::array<true_rod, 4> rods{
      {{"air", {}, -1000}, {"polyethylene", {}, -95}, {"acrylic", {}, 120}, {"teflon", {}, 990}}};
  for (size_t i = 0; i < rods.size(); ++i) {
    const auto angle = (double(i) + 0.5) * pi / 2;
    const vector3 middle{60 * std::cos(angle), 60 * std::sin(angle), half / 2};
    known.shapes.push_back({solid::cylinder, middle, {10, 10, half / 2}, {}, float(rods[i].hu), false});
    known.truth.rods.push_back({rods[i].material, middle, rods[i].hu + scan.offset});
  }
  return known;
}

} // namespace noctis
