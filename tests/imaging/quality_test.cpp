#include "imaging/analysers/quality_control.hpp"
#include "imaging/phantoms/random.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace noctis;
using namespace noctis::test;

namespace {

/// An image of the value 1000 with noise.
slice noisy_image(double noise, uint32_t edge = 128) {
  slice image = plain_slices(1, edge).front();
  phantom_random random{7};
  for (auto& value : image.values) value = float(std::round(1000 + noise * random.normal()));
  return image;
}

/// Draws vertical strokes like letters I on one line.
void write_strokes(slice& image, uint32_t count, uint32_t row, float value) {
  for (uint32_t letter = 0; letter < count; ++letter)
    for (uint32_t y = 0; y < 10; ++y)
      for (uint32_t x = 0; x < 2; ++x) image.values[(row + y) * image.columns + 10 + letter * 8 + x] = value;
}

} // namespace

BOOST_AUTO_TEST_SUITE(quality)

BOOST_AUTO_TEST_CASE(noise_is_measured) {
  for (const double noise : {2.0, 10.0, 40.0}) {
    const auto quality = assess(noisy_image(noise), false);
    BOOST_TEST(std::abs(quality.noise / noise - 1) < 0.05);
    BOOST_TEST(std::abs(quality.signal_to_noise / (1000 / noise) - 1) < 0.06);
    BOOST_TEST(quality.uniformity_percent > 97);
    BOOST_TEST(quality.text_lines == 0U);
  }
}

BOOST_AUTO_TEST_CASE(clipping_is_seen) {
  auto image = noisy_image(20);
  for (size_t i = 0; i < 200; ++i) image.values[i * 3] = 4095;
  BOOST_TEST(std::abs(assess(image, false).clipped_percent - 100 * 200 / 16384.0) < 0.01);
}

BOOST_AUTO_TEST_CASE(text_is_suspected_in_most_images_only) {
  auto image = noisy_image(20);
  write_strokes(image, 6, 20, 4095);
  BOOST_TEST(assess(image, false).text_lines == 1U);
  auto few = noisy_image(20);
  write_strokes(few, 3, 20, 4095);
  BOOST_TEST(assess(few, false).text_lines == 0U);
  quality_control series{{}};
  for (int n = 0; n < 5; ++n) BOOST_TEST(!series.add(n == 0 ? image : noisy_image(20)));
  BOOST_TEST(!warns(series.finish().warnings, "burned into"));
  for (int n = 0; n < 5; ++n) BOOST_TEST(!series.add(image));
  BOOST_TEST(warns(series.finish().warnings, "text seems to be burned into 6 of 10 images"));
}

BOOST_AUTO_TEST_CASE(phantoms_show_no_text_and_their_noise) {
  for (const std::string kind : {"lungs", "head", "water"}) {
    auto scan = usual_scan(kind, 0.5);
    scan.slices = 6;
    scan.noise = 10;
    const auto made = make_phantom(kind, scan, 0.5);
    BOOST_REQUIRE(made);
    quality_control series{made->traits};
    for (const auto& each : made->slices) BOOST_TEST(!series.add(each));
    const auto result = series.finish();
    BOOST_TEST(std::abs(value_of(result, "NOISE") / 10 - 1) < 0.2);
    BOOST_TEST(result.warnings.empty());
  }
}

BOOST_AUTO_TEST_CASE(gaps_dose_and_contradictions_are_told) {
  auto slices = plain_slices(8);
  slices.erase(slices.begin() + 3);
  auto traits = ct_traits();
  traits.ctdi_vol = 42.5;
  traits.dose_length_product = 800;
  traits.laterality = "L";
  traits.series_description = "Right knee sag";
  quality_control series{traits};
  for (const auto& each : slices) BOOST_TEST(!series.add(each));
  const auto result = series.finish();
  BOOST_TEST(value_of(result, "113830") == 42.5);
  BOOST_TEST(value_of(result, "113838") == 800.0);
  BOOST_TEST(warns(result.warnings, "1 slice missing"));
  BOOST_TEST(warns(result.warnings, "Laterality says left"));
  BOOST_TEST(warns(result.warnings, "says sagittal, the orientation is axial"));
}

BOOST_AUTO_TEST_CASE(images_of_one_value_or_of_padding_have_no_noise) {
  auto image = plain_slices(1, 64).front();
  BOOST_TEST(assess(image, false).noise == 0.0);
  image.padding = 0.0F;
  BOOST_TEST(assess(image, true).signal == 0.0);
  image.values.pop_back();
  quality_control series{{}};
  BOOST_TEST((code_of(series.add(image)) == errc::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()
