#include "imaging/volume.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace noctis;
using namespace noctis::test;

namespace {

/// Leans the stack: each slice lies further along y, as a tilted gantry makes them.
std::vector<slice> leaning_slices(size_t count, double degrees) {
  auto slices = plain_slices(count, 16);
  const auto angle = degrees * 3.14159265358979323846 / 180;
  for (auto& each : slices) {
    each.geometry->column_direction = {0, std::cos(angle), std::sin(angle)};
    for (size_t row = 0; row < 16; ++row)
      for (size_t column = 0; column < 16; ++column)
        each.values[row * 16 + column] =
            float(std::round(10 * each.geometry->point_of(double(column), double(row))[1]));
  }
  return slices;
}

} // namespace

BOOST_AUTO_TEST_SUITE(volumes)

BOOST_AUTO_TEST_CASE(even_slices_become_a_volume_as_they_are) {
  auto slices = plain_slices(5);
  std::reverse(slices.begin(), slices.end());
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(!image->resampled);
  BOOST_TEST(image->warnings.empty());
  BOOST_TEST(image->size[2] == 5U);
  BOOST_TEST(image->spacing[2] == 2.0);
  for (size_t k = 0; k < 5; ++k) BOOST_TEST(image->voxels[image->index_of(3, 4, k)] == int16_t(k));
  BOOST_TEST(image->frames.front().sop_instance_uid == "1.2.3.1");
  const auto there = image->coordinates_of(image->point_of(1.5, 2, 3));
  BOOST_TEST(std::abs(there[0] - 1.5) < 1e-9);
  BOOST_TEST(std::abs(there[2] - 3) < 1e-9);
}

BOOST_AUTO_TEST_CASE(a_missing_slice_is_reported_and_interpolated) {
  auto slices = plain_slices(12);
  slices.erase(slices.begin() + 5);
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(image->size[2] == 12U);
  BOOST_TEST(image->resampled);
  BOOST_TEST(warns(image->warnings, "1 slice missing"));
  BOOST_TEST(image->voxels[image->index_of(2, 2, 5)] == 5);
  BOOST_TEST(image->frames.size() == 11U);
}

BOOST_AUTO_TEST_CASE(too_many_missing_slices_are_refused) {
  auto slices = plain_slices(12);
  slices.erase(slices.begin() + 4, slices.begin() + 7);
  slices.erase(slices.begin() + 6);
  const auto image = volume_of(slices, ct_traits());
  BOOST_TEST((code_for(image) == errc::invalid_argument));
  BOOST_TEST(reason_for(image) == "4 slices of 12 are missing");
}

BOOST_AUTO_TEST_CASE(a_wide_gap_is_refused) {
  auto slices = plain_slices(6);
  for (size_t k = 3; k < 6; ++k) slices[k].geometry->position[2] += 20;
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("a gap of 22 mm") == 0U);
}

BOOST_AUTO_TEST_CASE(duplicates_are_left_out_and_reported) {
  auto slices = plain_slices(5);
  slices.push_back(slices[2]);
  slices.back().sop_instance_uid = "1.2.3.99";
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(image->size[2] == 5U);
  BOOST_TEST(warns(image->warnings, "1 slice at the place of another"));
}

BOOST_AUTO_TEST_CASE(unequal_distances_are_resampled) {
  auto slices = plain_slices(7);
  slices[5].geometry->position[2] = 11;
  slices[6].geometry->position[2] = 14;
  slices[5].values.assign(64, 5.5F);
  slices[6].values.assign(64, 7);
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(warns(image->warnings, "slices lie 2 to 3 mm apart"));
  BOOST_TEST(image->size[2] == 8U);
  BOOST_TEST(image->voxels[image->index_of(1, 1, 6)] == 6);
  BOOST_TEST(image->voxels[image->index_of(1, 1, 7)] == 7);
}

BOOST_AUTO_TEST_CASE(gantry_tilt_is_found_and_corrected) {
  const auto image = volume_of(leaning_slices(9, 15), ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(std::abs(image->tilt - 15) < 0.01);
  BOOST_TEST(warns(image->warnings, "gantry tilt of 15°"));
  // Each voxel holds ten times its y, wherever the slices reach.
  size_t compared = 0;
  for (size_t k = 1; k + 1 < image->size[2]; ++k)
    for (size_t j = 4; j + 4 < image->size[1]; ++j) {
      const auto value = image->voxels[image->index_of(8, j, k)];
      if (value < -100) continue; // beyond the edge of a slice
      BOOST_TEST(std::abs(value - 10 * image->point_of(8, double(j), double(k))[1]) < 1.5);
      ++compared;
    }
  BOOST_TEST(compared > 50U);
  const auto refused = volume_of(leaning_slices(9, 40), ct_traits());
  BOOST_TEST(reason_for(refused).find("the stack leans by 40°") == 0U);
}

BOOST_AUTO_TEST_CASE(labels_of_a_corrected_volume_come_back_to_the_stored_slices) {
  const auto image = volume_of(leaning_slices(9, 15), ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  std::vector<uint8_t> grid(image->voxels.size());
  for (size_t i = 0; i < grid.size(); ++i) grid[i] = uint8_t(image->voxels[i] > 50);
  const auto labels = labels_on_slices(*image, grid);
  BOOST_REQUIRE(labels.size() == 9 * 256U);
  const auto& frame = image->frames[4].geometry;
  for (uint32_t row = 2; row < 14; ++row) {
    const auto y = frame.point_of(8, row)[1];
    if (std::abs(y - 5) > 1) BOOST_TEST(int(labels[4 * 256 + row * 16 + 8]) == int(y > 5));
  }
}

BOOST_AUTO_TEST_CASE(positions_on_no_line_are_refused) {
  auto slices = plain_slices(6);
  slices[2].geometry->position[0] += 30;
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("positions lie on no line") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(mixed_orientations_are_refused_and_single_strays_left_out) {
  auto slices = plain_slices(10);
  slices[4].geometry->row_direction = {0, 1, 0};
  slices[4].geometry->column_direction = {0, 0, -1};
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(warns(image->warnings, "1 slice of another size or orientation"));
  for (size_t k = 0; k < 4; ++k) slices[k].geometry = slices[4].geometry;
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())) == "the series mixes 2 sizes or orientations");
}

BOOST_AUTO_TEST_CASE(localisers_and_short_series_are_refused) {
  auto traits = ct_traits();
  traits.image_type = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
  BOOST_TEST(reason_for(volume_of(plain_slices(5), traits)) == "the series is a localiser");
  BOOST_TEST(reason_for(volume_of(plain_slices(1), ct_traits())) == "a volume needs 3 slices, the series has 1");
  BOOST_TEST(reason_for(volume_of({}, ct_traits())) == "a volume needs 3 slices, the series has 0");
}

BOOST_AUTO_TEST_CASE(missing_headers_are_refused_by_name) {
  auto slices = plain_slices(4);
  slices[1].rescaled = false;
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("1.2.3.2 lacks Rescale Slope") != std::string::npos);
  slices = plain_slices(4);
  slices[2].geometry = caf::none;
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("1.2.3.3 has no position") != std::string::npos);
  slices = plain_slices(4);
  slices[2].geometry->row_spacing = 0;
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("impossible") != std::string::npos);
  slices = plain_slices(4);
  slices[3].geometry->position[1] = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("impossible") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(broken_values_are_refused_and_extremes_clamped) {
  auto slices = plain_slices(4);
  slices[1].values.pop_back();
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("63 values for 8 × 8 pixels") != std::string::npos);
  slices = plain_slices(4);
  slices[1].values[5] = std::numeric_limits<float>::infinity();
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())).find("no number") != std::string::npos);
  slices = plain_slices(4);
  slices[0].values[0] = -32768;
  slices[0].values[1] = 32767;
  slices[0].values[2] = 64511;
  slices[0].values[3] = -40000;
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(image->voxels[0] == -32768);
  BOOST_TEST(image->voxels[1] == 32767);
  BOOST_TEST(image->voxels[2] == 32767);
  BOOST_TEST(image->voxels[3] == -32768);
  BOOST_TEST(warns(image->warnings, "2 values beyond 16 bits"));
}

BOOST_AUTO_TEST_CASE(a_volume_beyond_the_memory_is_refused_before_it_is_made) {
  auto slices = plain_slices(5);
  for (auto& each : slices) {
    each.rows = each.columns = each.geometry->rows = each.geometry->columns = 60000;
    each.values.clear();
  }
  const auto plan = plan_volume(slices, ct_traits());
  BOOST_TEST((code_for(plan) == errc::limit_exceeded));
  BOOST_TEST(reason_for(plan) == "the volume would take 34332 MiB, more than 1024 MiB");
  volume_limits limits;
  limits.most_slices = 4;
  BOOST_TEST(reason_for(plan_volume(plain_slices(5), ct_traits(), limits)) == "the series has 5 slices, more than 4");
}

BOOST_AUTO_TEST_SUITE_END()
