#include "imaging/analysers/ct_head.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace noctis;
using namespace noctis::test;

namespace {

scan_options small_scan(double noise, double tilt = 0) {
  auto scan = usual_scan("head", 0.5);
  scan.noise = noise;
  scan.tilt = tilt;
  return scan;
}

analysis analysed(const scanned_phantom& scanned) {
  auto result = ct_head{}.analyse(scanned.image, scanned.made.traits, {});
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  return std::move(*result);
}

} // namespace

BOOST_AUTO_TEST_SUITE(head)

BOOST_AUTO_TEST_CASE(a_head_without_finding_reports_none) {
  const auto phantom = scanned("head", small_scan(4));
  const auto result = analysed(phantom);
  BOOST_TEST(result.candidates.empty());
  BOOST_TEST((result.priority == urgency::routine));
  BOOST_TEST(value_of(result, "118565006", "50960005") == 0.0);
  BOOST_TEST(std::abs(value_of(result, "118565006", "12738006") / *phantom.made.truth.brain_ml - 1) < 0.03);
  BOOST_TEST(std::abs(value_of(result, "118565006", "35764002") / *phantom.made.truth.ventricles_ml - 1) < 0.05);
  BOOST_TEST(value_of(result, "MIDLINESHIFT") < 1);
}

BOOST_AUTO_TEST_CASE(a_bleed_is_found_measured_and_urgent) {
  const auto phantom = scanned("head-bleed", small_scan(4));
  const auto result = analysed(phantom);
  const auto& truth = phantom.made.truth;
  BOOST_REQUIRE(result.candidates.size() == 1U);
  BOOST_TEST(std::abs(result.candidates[0].volume_ml / *truth.bleed_ml - 1) < 0.05);
  BOOST_TEST(distance_of(result.candidates[0].position, *truth.bleed_position) < 2);
  BOOST_TEST(std::abs(value_of(result, "MIDLINESHIFT") - *truth.midline_shift_mm) < 1.5);
  BOOST_TEST((result.priority == urgency::urgent));
  BOOST_TEST(result.urgency_reason.find("ml of hyperdense regions") != std::string::npos);
  const auto& labels = result.masks.at(0).labels;
  BOOST_TEST(std::count(labels.begin(), labels.end(), 3) > 100);
}

BOOST_AUTO_TEST_CASE(a_tilted_gantry_changes_little) {
  const auto phantom = scanned("head-bleed", small_scan(4, 18));
  const auto result = analysed(phantom);
  BOOST_TEST(warns(result.warnings, "gantry tilt of 18°"));
  BOOST_REQUIRE(result.candidates.size() == 1U);
  BOOST_TEST(std::abs(result.candidates[0].volume_ml / *phantom.made.truth.bleed_ml - 1) < 0.08);
  BOOST_TEST(result.masks.at(0).labels.size() == 40U * 256 * 256);
}

BOOST_AUTO_TEST_CASE(heads_with_contrast_agent_are_declined) {
  auto traits = ct_traits();
  traits.study_description = "CT Brain";
  BOOST_TEST(ct_head{}.applies_to(traits).applies);
  traits.contrast_agent = "Iodine";
  BOOST_TEST(ct_head{}.applies_to(traits).reason == "contrast agent was given: dense vessels look like blood");
}

BOOST_AUTO_TEST_CASE(a_volume_without_brain_is_an_error) {
  auto slices = plain_slices(12, 64);
  for (auto& each : slices) std::fill(each.values.begin(), each.values.end(), -1000.0F);
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE(image);
  BOOST_TEST(reason_for(ct_head{}.analyse(*image, ct_traits(), {})) == "no brain found");
}

BOOST_AUTO_TEST_SUITE_END()
