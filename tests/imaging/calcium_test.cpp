#include "imaging/analysers/calcium_score.hpp"
#include "imaging/analysers/ct_calcium.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace noctis;
using namespace noctis::test;

BOOST_AUTO_TEST_SUITE(calcium)

BOOST_AUTO_TEST_CASE(weights_follow_the_peak) {
  BOOST_TEST(agatston_weight(129) == 0);
  BOOST_TEST(agatston_weight(130) == 1);
  BOOST_TEST(agatston_weight(200) == 2);
  BOOST_TEST(agatston_weight(300) == 3);
  BOOST_TEST(agatston_weight(400) == 4);
}

BOOST_AUTO_TEST_CASE(a_score_worked_out_by_hand) {
  auto slices = plain_slices(4, 16); // pixels of 1 mm², 2 mm apart
  for (auto& each : slices) std::fill(each.values.begin(), each.values.end(), 40.0F);
  slices[1].values[3 * 16 + 3] = 210;
  slices[1].values[4 * 16 + 4] = 140; // touches at a corner: the same lesion
  slices[2].values[8 * 16 + 8] = 500;
  slices[2].values[12 * 16 + 2] = 129; // not calcium
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE(image);
  const mask_grid everywhere{image->size, image->spacing, std::vector<uint8_t>(image->voxels.size(), 1)};
  const auto score = score_calcium(*image, everywhere);
  BOOST_TEST(score.lesions.size() == 2U);
  BOOST_TEST(std::abs(score.agatston - (2 * 2 + 1 * 4) * 2.0 / 3) < 1e-9);
  BOOST_TEST(std::abs(score.volume_mm3 - 6) < 1e-9);
  BOOST_TEST(std::abs(score.lesions[0].mean_hu - 175) < 1e-9);
  auto nowhere = everywhere;
  nowhere.voxels.assign(nowhere.voxels.size(), 0);
  BOOST_TEST(score_calcium(*image, nowhere).agatston == 0.0);
}

BOOST_AUTO_TEST_CASE(inserts_in_the_heart_score_as_calculated) {
  auto scan = usual_scan("calcium");
  scan.columns = 384;
  scan.pixel_mm = 512 * 0.7 / 384;
  scan.slices = 36;
  scan.noise = 5;
  const auto phantom = scanned("calcium", scan);
  const auto result = ct_calcium{}.analyse(phantom.image, phantom.made.traits, {});
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  BOOST_TEST(std::abs(value_of(*result, "112055") / *phantom.made.truth.agatston - 1) < 0.05);
  BOOST_TEST(std::abs(value_of(*result, "112056") / *phantom.made.truth.calcium_mm3 - 1) < 0.05);
  BOOST_TEST(warns(result->warnings, "region was found between the lungs"));
}

BOOST_AUTO_TEST_CASE(a_region_of_another_grid_is_refused) {
  const auto image = volume_of(plain_slices(4), ct_traits());
  BOOST_REQUIRE(image);
  const ct_calcium analyser{mask_grid{{1, 1, 1}, {1, 1, 1}, {1}}};
  BOOST_TEST(reason_for(analyser.analyse(*image, ct_traits(), {})) == "the region's grid is not the volume's");
}

BOOST_AUTO_TEST_CASE(series_with_contrast_or_without_heart_are_declined) {
  auto traits = ct_traits();
  traits.series_description = "CTA heart";
  BOOST_TEST(!ct_calcium{}.applies_to(traits).applies);
  traits.series_description = "Calcium score 3.0";
  BOOST_TEST(ct_calcium{}.applies_to(traits).applies);
  traits.series_description = "Abdomen";
  BOOST_TEST(ct_calcium{}.applies_to(traits).reason == "the headers name neither heart nor calcium");
}

BOOST_AUTO_TEST_SUITE_END()
