#include "imaging/regions.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace noctis;

namespace {

mask_grid empty_grid(size_t edge, const vector3& spacing = {1, 1, 1}) {
  return {{edge, edge, edge}, spacing, std::vector<uint8_t>(edge * edge * edge)};
}

mask_grid ball(size_t edge, double radius, const vector3& spacing = {1, 1, 1}) {
  auto mask = empty_grid(edge, spacing);
  const auto middle = (double(edge) - 1) / 2;
  for (size_t i = 0; i < mask.voxels.size(); ++i) {
    const auto at = coordinates_in(mask, i);
    const vector3 off{(at[0] - middle) * spacing[0], (at[1] - middle) * spacing[1], (at[2] - middle) * spacing[2]};
    mask.voxels[i] = uint8_t(length_of(off) <= radius);
  }
  return mask;
}

double volume_of_mask(const mask_grid& mask) {
  return double(std::count(mask.voxels.begin(), mask.voxels.end(), 1)) * mask.voxel_ml() * 1000;
}

} // namespace

BOOST_AUTO_TEST_SUITE(regions)

BOOST_AUTO_TEST_CASE(parts_are_listed_by_size_with_their_boxes) {
  auto mask = empty_grid(8);
  mask.voxels[mask.index_of(0, 0, 0)] = 1;
  for (size_t i = 3; i < 6; ++i) mask.voxels[mask.index_of(i, 4, 5)] = 1;
  mask.voxels[mask.index_of(6, 5, 5)] = 1; // touches at an edge
  const auto parts = components_of(mask);
  BOOST_REQUIRE(parts.list.size() == 3U);
  BOOST_TEST(parts.list[0].voxels == 3U);
  BOOST_TEST(parts.list[0].centre[0] == 4.0);
  BOOST_TEST(parts.list[0].upper[0] == 5U);
  BOOST_TEST(components_of(mask, neighbours::all).list.size() == 2U);
  const auto largest = largest_component(mask);
  BOOST_TEST(std::count(largest.voxels.begin(), largest.voxels.end(), 1) == 3);
  BOOST_TEST(components_of(empty_grid(4)).list.empty());
}

BOOST_AUTO_TEST_CASE(margins_are_measured_in_millimetres) {
  for (const vector3& spacing : {vector3{1, 1, 1}, vector3{0.8, 0.8, 1.2}}) {
    const auto mask = ball(41, 12, spacing);
    const auto cubic = [](double radius) { return 4.0 / 3 * 3.14159265358979 * radius * radius * radius; };
    BOOST_TEST(std::abs(volume_of_mask(mask) / cubic(12) - 1) < 0.03);
    BOOST_TEST(std::abs(std::cbrt(volume_of_mask(eroded(mask, 4)) / cubic(1)) - 8) < 0.5);
    BOOST_TEST(std::abs(std::cbrt(volume_of_mask(dilated(mask, 3)) / cubic(1)) - 15) < 0.5);
    const auto depth = depth_in(mask);
    BOOST_TEST(std::abs(*std::max_element(depth.voxels.begin(), depth.voxels.end()) - 12) < 1);
  }
}

BOOST_AUTO_TEST_CASE(opening_removes_what_is_thin_and_closing_fills_it) {
  auto mask = ball(41, 10);
  for (size_t i = 0; i < 41; ++i) mask.voxels[mask.index_of(i, 20, 20)] = 1;
  const auto without = opened(mask, 2);
  BOOST_TEST(int(without.voxels[without.index_of(2, 20, 20)]) == 0);
  BOOST_TEST(int(without.voxels[without.index_of(20, 20, 20)]) == 1);
  auto hollow = ball(41, 12);
  for (size_t i = 0; i < 41; ++i) hollow.voxels[hollow.index_of(i, 20, 20)] = 0;
  BOOST_TEST(int(closed(hollow, 3).voxels[hollow.index_of(20, 20, 20)]) == 1);
}

BOOST_AUTO_TEST_CASE(holes_are_filled_slice_by_slice) {
  auto mask = empty_grid(9);
  for (size_t i = 2; i < 7; ++i)
    for (size_t j = 2; j < 7; ++j)
      if (i == 2 || i == 6 || j == 2 || j == 6) mask.voxels[mask.index_of(i, j, 4)] = 1;
  const auto filled = filled_slices(mask);
  BOOST_TEST(std::count(filled.voxels.begin(), filled.voxels.end(), 1) == 25);
}

BOOST_AUTO_TEST_CASE(masks_that_are_empty_or_full_stay_what_they_are) {
  const auto none = empty_grid(6);
  auto all = none;
  std::fill(all.voxels.begin(), all.voxels.end(), uint8_t{1});
  for (const auto& mask : {none, all}) {
    BOOST_TEST((eroded(mask, 2).voxels == mask.voxels));
    BOOST_TEST((dilated(mask, 2).voxels == mask.voxels));
    BOOST_TEST((closed(mask, 2).voxels == mask.voxels));
  }
}

BOOST_AUTO_TEST_CASE(smoothing_keeps_the_sum) {
  grid<float> values{{21, 21, 5}, {1, 1, 1}, std::vector<float>(21 * 21 * 5)};
  values.voxels[values.index_of(10, 10, 2)] = 1000;
  const auto smooth = smoothed(values, {1.5, 1.5, 0});
  double sum = 0;
  for (const auto value : smooth.voxels) sum += value;
  BOOST_TEST(std::abs(sum - 1000) < 5);
  BOOST_TEST(smooth.voxels[smooth.index_of(10, 10, 2)] < 100);
}

BOOST_AUTO_TEST_SUITE_END()
