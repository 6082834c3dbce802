#include "imaging/analysers/ct_chest.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace noctis;
using namespace noctis::test;

namespace {

constexpr double scale = 0.5;

scan_options small_scan(const std::string& kind, double noise) {
  auto scan = usual_scan(kind, scale);
  scan.noise = noise;
  return scan;
}

analysis analysed(const scanned_phantom& scanned) {
  auto result = ct_chest{}.analyse(scanned.image, scanned.made.traits, {});
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  return std::move(*result);
}

void check_volumes(const analysis& result, const phantom_truth& truth) {
  BOOST_TEST(std::abs(value_of(result, "118565006", "39607008", "24028007") / *truth.right_lung_ml - 1) < 0.03);
  BOOST_TEST(std::abs(value_of(result, "118565006", "39607008", "7771000") / *truth.left_lung_ml - 1) < 0.03);
}

} // namespace

BOOST_AUTO_TEST_SUITE(chest)

BOOST_AUTO_TEST_CASE(a_chest_without_finding_reports_none) {
  const auto phantom = scanned("lungs", small_scan("lungs", 20), scale);
  const auto result = analysed(phantom);
  check_volumes(result, phantom.made.truth);
  BOOST_TEST(result.candidates.empty());
  BOOST_TEST(value_of(result, "LAA950") < 1);
  BOOST_TEST((result.priority == urgency::routine));
  BOOST_REQUIRE(result.masks.size() == 1U);
  BOOST_TEST(result.masks[0].labels.size() == phantom.image.voxels.size());
  BOOST_TEST(result.masks[0].frames.size() == phantom.made.slices.size());
}

BOOST_AUTO_TEST_CASE(emphysema_is_measured) {
  const auto phantom = scanned("lungs-emphysema", small_scan("lungs-emphysema", 15), scale);
  const auto result = analysed(phantom);
  check_volumes(result, phantom.made.truth);
  BOOST_TEST(std::abs(value_of(result, "LAA950") - *phantom.made.truth.emphysema_percent) < 1);
}

BOOST_AUTO_TEST_CASE(nodules_are_found_and_measured) {
  const auto phantom = scanned("lungs-nodules", small_scan("lungs-nodules", 20), scale);
  const auto result = analysed(phantom);
  BOOST_TEST(result.candidates.size() == phantom.made.truth.nodules.size());
  for (const auto& nodule : phantom.made.truth.nodules) {
    const auto found = std::find_if(result.candidates.begin(), result.candidates.end(), [&](const candidate& each) {
      return distance_of(each.position, nodule.position) < 2;
    });
    BOOST_REQUIRE(found != result.candidates.end());
    BOOST_TEST(std::abs(found->diameter_mm - nodule.diameter_mm) < phantom.image.spacing[0]);
    BOOST_TEST(found->laterality->meaning == (nodule.position[0] > 0 ? "Left" : "Right"));
  }
}

BOOST_AUTO_TEST_CASE(the_same_volume_gives_the_same_result) {
  auto scan = small_scan("lungs-nodules", 20);
  scan.columns /= 2;
  scan.pixel_mm *= 2;
  const auto phantom = scanned("lungs-nodules", scan, scale);
  const auto first = analysed(phantom);
  const auto second = analysed(phantom);
  BOOST_REQUIRE(first.measurements.size() == second.measurements.size());
  for (size_t i = 0; i < first.measurements.size(); ++i)
    BOOST_TEST(first.measurements[i].value == second.measurements[i].value);
  BOOST_TEST((first.masks[0].labels == second.masks[0].labels));
}

BOOST_AUTO_TEST_CASE(other_series_are_declined_with_a_reason) {
  auto traits = ct_traits();
  traits.body_part = "ABDOMEN";
  BOOST_TEST(ct_chest{}.applies_to(traits).reason == "the headers name no chest but 'ABDOMEN'");
  traits.body_part = "CHEST";
  BOOST_TEST(ct_chest{}.applies_to(traits).applies);
  traits.image_type = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
  BOOST_TEST(ct_chest{}.applies_to(traits).reason == "the series is a localiser");
  traits.modality = "MR";
  BOOST_TEST(ct_chest{}.applies_to(traits).reason == "the modality is MR, not CT");
}

BOOST_AUTO_TEST_CASE(a_volume_without_lungs_is_an_error) {
  const auto water = scanned("water", usual_scan("water", 0.25));
  const auto result = ct_chest{}.analyse(water.image, water.made.traits, {});
  BOOST_TEST(reason_for(result) == "no lungs found");
}

BOOST_AUTO_TEST_CASE(a_withdrawn_run_ends) {
  auto scan = small_scan("lungs", 0);
  scan.columns /= 2;
  scan.pixel_mm *= 2;
  const auto phantom = scanned("lungs", scan, scale);
  run_control control;
  double last = 0;
  control.progress = [&](double share) { last = share; };
  control.cancelled = [&] { return last > 0.2; };
  BOOST_TEST((code_for(ct_chest{}.analyse(phantom.image, phantom.made.traits, control)) == errc::cancelled));
  BOOST_TEST(last < 0.6);
}

BOOST_AUTO_TEST_SUITE_END()
