#include "imaging/analysers/hu_calibration.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace noctis;
using namespace noctis::test;

namespace {

scan_options small_scan() {
  auto scan = usual_scan("water", 0.5);
  scan.slices = 10;
  scan.noise = 6;
  return scan;
}

analysis analysed(const scan_options& scan) {
  const auto phantom = scanned("water", scan);
  auto result = hu_calibration{}.analyse(phantom.image, phantom.made.traits, {});
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  return std::move(*result);
}

} // namespace

BOOST_AUTO_TEST_SUITE(calibration)

BOOST_AUTO_TEST_CASE(rods_and_water_are_found_and_measured_within_one_unit) {
  const auto result = analysed(small_scan());
  BOOST_TEST(std::abs(value_of(result, "112181", "MATERIAL-air") + 1000) < 1);
  BOOST_TEST(std::abs(value_of(result, "112181", "MATERIAL-polyethylene") + 95) < 1);
  BOOST_TEST(std::abs(value_of(result, "112181", "MATERIAL-acrylic") - 120) < 1);
  BOOST_TEST(std::abs(value_of(result, "112181", "MATERIAL-teflon") - 990) < 1);
  BOOST_TEST(std::abs(value_of(result, "112181", "MATERIAL-water")) < 1);
  BOOST_TEST(std::abs(value_of(result, "NOISE") - 6) < 0.5);
  BOOST_TEST(std::abs(value_of(result, "NONUNIFORMITY")) < 1);
  BOOST_TEST(result.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_scanner_out_of_calibration_is_told) {
  auto scan = small_scan();
  scan.offset = 12;
  auto result = analysed(scan);
  BOOST_TEST(std::abs(value_of(result, "DEVIATION", "MATERIAL-water") - 12) < 1);
  BOOST_TEST(warns(result.warnings, "water measures"));
  scan.offset = 0;
  scan.cupping = 20;
  result = analysed(scan);
  BOOST_TEST(value_of(result, "NONUNIFORMITY") > 5);
  BOOST_TEST(warns(result.warnings, "the periphery differs"));
}

BOOST_AUTO_TEST_CASE(what_is_not_round_is_no_phantom) {
  auto scan = usual_scan("lungs", 0.25);
  const auto chest = scanned("lungs", scan, 0.25);
  BOOST_TEST(reason_for(hu_calibration{}.analyse(chest.image, chest.made.traits, {})) == "no round phantom found");
}

BOOST_AUTO_TEST_CASE(a_hollow_phantom_is_refused) {
  auto slices = plain_slices(6, 128);
  for (auto& each : slices)
    for (size_t i = 0; i < each.values.size(); ++i) {
      const size_t row = i / 128;
      const auto off = std::hypot(double(i % 128) - 63.5, double(row) - 63.5);
      each.values[i] = off < 50 && off > 45 ? 300.0F : -990.0F;
    }
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(reason_for(hu_calibration{}.analyse(*image, ct_traits(), {})) ==
             "the phantom's middle measures -990.0 HU: it is not of water");
}

BOOST_AUTO_TEST_SUITE_END()
