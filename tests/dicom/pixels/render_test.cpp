#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/render.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/pixels/test_images.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/printing.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

using pixels = std::vector<uint8_t>;

/// An image of one row with these values, 16 bits.
struct row_of_values {
  image_description image;
  blob samples;

  explicit row_of_values(const std::vector<int>& values, bool is_signed = true) {
    blob::buffer bytes;
    for (const auto value : values) {
      bytes.push_back(static_cast<uint8_t>(value));
      bytes.push_back(static_cast<uint8_t>(value >> 8));
    }
    auto format = make_format(16, is_signed);
    format.rows = 1;
    format.columns = static_cast<uint32_t>(values.size());
    image = make_description(format, explicit_little);
    samples = blob{std::move(bytes)};
  }

  [[nodiscard]] pixels show(const render_options& options = {}, uint32_t frame = 0) const {
    auto result = render(samples, image, frame, options);
    BOOST_REQUIRE_EQUAL(reason_for(result), "");
    return result->pixels;
  }
};

void check_close(const pixels& shown, const std::vector<double>& expected) {
  BOOST_REQUIRE_EQUAL(shown.size(), expected.size());
  for (size_t i = 0; i < shown.size(); ++i)
    BOOST_TEST(std::abs(shown[i] - expected[i]) <= 0.5001,
               "pixel " << i << ": " << int{shown[i]} << " for " << expected[i]);
}

voi_window window_of(double centre, double width, window_function function = window_function::linear) {
  return {centre, width, function, {}};
}

/// An RGB or grey picture of 4 × 2 pixels, each with its own value.
image_description small_image() {
  auto format = make_format(8, false);
  format.rows = 2;
  format.columns = 4;
  auto image = make_description(format, explicit_little);
  image.values.windows.push_back(window_of(127.5, 255, window_function::linear_exact)); // values as they are
  return image;
}
const blob small_samples{blob::buffer{0, 10, 20, 30, 100, 110, 120, 130}};

picture show_small(const render_options& options, const image_description& image = small_image()) {
  auto result = render(small_samples, image, 0, options);
  BOOST_REQUIRE_EQUAL(reason_for(result), "");
  return *result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rendering)

BOOST_AUTO_TEST_CASE(windows_follow_their_functions) {
  const std::vector<int> values{-1000, -160, -100, 0, 40, 139, 140, 240, 1000};
  row_of_values row{values};
  const auto check = [&](const voi_window& window, const std::function<double(double)>& reference) {
    render_options options;
    options.window = window;
    std::vector<double> expected;
    for (const double value : values) expected.push_back(reference(value) * 255);
    check_close(row.show(options), expected);
  };
  // PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2
  check(window_of(40, 400), [](double x) { return std::clamp((x - 39.5) / 399 + 0.5, 0.0, 1.0); });
  check(window_of(40, 1), [](double x) { return x > 39.5 ? 1.0 : 0.0; });
  check(window_of(40, 200, window_function::linear_exact),
        [](double x) { return std::clamp((x - 40) / 200 + 0.5, 0.0, 1.0); });
  check(window_of(40, 200, window_function::sigmoid), [](double x) { return 1 / (1 + std::exp(-4 * (x - 40) / 200)); });
}

BOOST_AUTO_TEST_CASE(rescaled_values_meet_the_windows_of_the_header) {
  row_of_values row{{0, 1000, 1040, 1239, 1240, 4095}, false};
  row.image.values.intercept = -1024;
  row.image.values.slope = 2;
  row.image.values.windows = {window_of(1000, 400, window_function::linear_exact), window_of(0, 1)};
  check_close(row.show(), {0, (2 * 1000 - 1024 - 800) / 400.0 * 255, 255 * 256 / 400.0, 255, 255, 255});
  row.image.format.interpretation = photometric::monochrome1;
  check_close(row.show(), {255, 255 - 176 / 400.0 * 255, 255 - 255 * 256 / 400.0, 0, 0, 0});
}

BOOST_AUTO_TEST_CASE(frames_have_windows_of_their_own) {
  row_of_values row{{0, 50, 100, 150, 200}};
  row.image.frames = 2;
  row.image.frame_values.resize(2);
  row.image.frame_values[0].windows = {window_of(100, 200, window_function::linear_exact)};
  row.image.frame_values[1].windows = {window_of(50, 100, window_function::linear_exact)};
  check_close(row.show({}, 0), {0, 63.75, 127.5, 191.25, 255});
  check_close(row.show({}, 1), {0, 127.5, 255, 255, 255});
}

BOOST_AUTO_TEST_CASE(without_a_window_all_values_are_shown_but_padding) {
  row_of_values row{{-2000, 100, 200, 300, 400, -1990}};
  row.image.padding_value = -2000;
  row.image.padding_limit = -1990;
  check_close(row.show(), {0, 0, 85, 170, 255, 0});
  row.image.format.interpretation = photometric::monochrome1;
  check_close(row.show(), {0, 255, 170, 85, 0, 0});
}

BOOST_AUTO_TEST_CASE(lookup_tables_are_looked_up) {
  row_of_values row{{0, 1, 2, 3, 4, 5}, false};
  lookup_table modality;
  modality.first = 1;
  modality.entries = {100, 200, 300, 400};
  row.image.values.modality_lut = modality;
  row.image.values.windows = {window_of(200, 400, window_function::linear_exact)};
  check_close(row.show(), {63.75, 63.75, 127.5, 191.25, 255, 255});
  lookup_table voi;
  voi.first = 100;
  voi.bits = 12;
  voi.entries.assign(301, 0);
  voi.entries[100] = 2048;
  voi.entries[300] = 4095;
  row.image.values.voi_luts = {voi};
  check_close(row.show(), {0, 0, 2048 * 255 / 4095.0, 0, 255, 255});
}

BOOST_AUTO_TEST_CASE(bits_beyond_the_stored_ones_are_not_seen) {
  row_of_values row{{0x1000, 0x1FFF, 0x7800}, true};
  row.image.format.bits_stored = 12;
  row.image.format.high_bit = 11;
  row.image.values.windows = {window_of(0, 2, window_function::linear_exact)};
  check_close(row.show(), {127.5, 0, 0}); // 0, -1 and -2048
}

BOOST_AUTO_TEST_CASE(colours_of_a_palette_are_looked_up) {
  auto format = make_format(8, false);
  format.rows = 1;
  format.columns = 3;
  format.interpretation = photometric::palette_color;
  auto image = make_description(format, explicit_little);
  for (auto& channel : image.palette) channel.first = 10;
  image.palette[0].entries = {0x0000, 0xFFFF};
  image.palette[1].entries = {0x8000, 0x4000};
  image.palette[2].entries = {0x1200, 0x0000};
  const auto shown = render(blob{blob::buffer{0, 10, 11}}, image, 0);
  BOOST_REQUIRE_EQUAL(reason_for(shown), "");
  BOOST_TEST(shown->channels == 3);
  BOOST_TEST((shown->pixels == pixels{0, 0x80, 0x12, 0, 0x80, 0x12, 0xFF, 0x40, 0}));
}

BOOST_AUTO_TEST_CASE(luminance_and_chrominance_become_colours) {
  auto format = make_format(8, false, 3);
  format.rows = 1;
  format.columns = 3;
  format.interpretation = photometric::ybr_full;
  const blob samples{blob::buffer{128, 128, 128, 76, 85, 255, 29, 255, 107}};
  const auto shown = render(samples, make_description(format, explicit_little), 0);
  BOOST_REQUIRE_EQUAL(reason_for(shown), "");
  check_close(shown->pixels, {128, 128, 128, 254, 0, 0, 0, 0, 254});
}

BOOST_AUTO_TEST_CASE(a_smaller_picture_has_the_means_of_areas) {
  render_options options;
  options.view = viewport{2, 1, 0, 0, {}, {}};
  const auto shown = show_small(options);
  BOOST_TEST(shown.width == 2U);
  BOOST_TEST(shown.height == 1U);
  BOOST_TEST((shown.pixels == pixels{55, 75}));
  options = {};
  options.max_edge = 2;
  BOOST_TEST((show_small(options).pixels == pixels{55, 75}));
}

BOOST_AUTO_TEST_CASE(a_viewport_shows_a_part_and_flips_it) {
  render_options options;
  options.view = viewport{2, 2, 1, 0, 2.0, 2.0};
  BOOST_TEST((show_small(options).pixels == pixels{10, 20, 110, 120}));
  options.view->source_width = -2;
  BOOST_TEST((show_small(options).pixels == pixels{20, 10, 120, 110}));
  options.view->source_height = -2;
  BOOST_TEST((show_small(options).pixels == pixels{120, 110, 20, 10}));
  options.view = viewport{100, 8, 0, 0, {}, {}};
  const auto larger = show_small(options);
  BOOST_TEST(larger.width == 16U); // in proportion
  BOOST_TEST(larger.height == 8U);
}

BOOST_AUTO_TEST_CASE(pixels_that_are_not_square_are_made_so) {
  auto image = small_image();
  image.pixel_height = 2;
  const auto shown = show_small({}, image);
  BOOST_TEST(shown.width == 4U);
  BOOST_TEST(shown.height == 4U);
}

BOOST_AUTO_TEST_CASE(impossible_wishes_are_named) {
  const auto refused = [](const render_options& options) {
    return reason_for(render(small_samples, small_image(), 0, options));
  };
  render_options options;
  options.window = window_of(0, 0);
  BOOST_TEST(refused(options) == "a window can't be 0.000000 wide");
  options = {};
  options.view = viewport{0, 10, 0, 0, {}, {}};
  BOOST_TEST(refused(options) == "the viewport is empty");
  options.view = viewport{10, 10, 5, 0, {}, {}};
  BOOST_TEST(refused(options) == "the viewport lies outside of the image");
  options.view = viewport{100'000, 10, 0, 0, {}, {}};
  BOOST_TEST(refused(options) == "the viewport is larger than 8192 pixels");
  const auto cut = render(blob{blob::buffer(3)}, small_image(), 0);
  BOOST_TEST(reason_for(cut) == "the frame has 3 bytes instead of 8");
}

BOOST_AUTO_TEST_CASE(captions_are_written_where_they_are_asked_for) {
  auto format = make_format(8, false);
  format.rows = format.columns = 256;
  auto image = make_description(format, explicit_little);
  const blob black{blob::buffer(format.frame_bytes())};
  image.captions.patient_name = "Yamada^Tarou=山田^太郎";
  image.captions.modality = "CT";
  const auto bright = [&](bool patient, bool technique, size_t from, size_t to) {
    render_options options;
    options.annotate_patient = patient;
    options.annotate_technique = technique;
    const auto shown = render(black, image, 0, options);
    BOOST_REQUIRE_EQUAL(reason_for(shown), "");
    const auto* start = shown->pixels.data();
    return std::count_if(start + from * 256, start + to * 256, [](uint8_t pixel) { return pixel > 128; });
  };
  BOOST_TEST(bright(false, false, 0, 256) == 0);
  BOOST_TEST(bright(true, false, 0, 128) > 50);
  BOOST_TEST(bright(true, false, 128, 256) == 0);
  BOOST_TEST(bright(false, true, 0, 128) == 0);
  BOOST_TEST(bright(false, true, 128, 256) > 10);
}

BOOST_AUTO_TEST_CASE(pictures_are_written_as_jpeg_and_png) {
  const auto format = make_format(8, false, 3);
  const auto samples = make_frame(format);
  const picture image{format.columns, format.rows, 3, {samples.data(), samples.data() + samples.size()}};
  const auto jpeg = encode_jpeg(image, 95);
  BOOST_REQUIRE_EQUAL(reason_for(jpeg), "");
  BOOST_TEST(decode_frame(*jpeg, make_description(format, jpeg_baseline)).engaged());
  const auto worse = encode_jpeg(image, 10);
  BOOST_TEST(worse->size() < jpeg->size() / 2);
  const auto png = encode_png(image);
  BOOST_REQUIRE_EQUAL(reason_for(png), "");
  const std::string start{png->data(), png->data() + 26};
  const std::string expected{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x53\0\0\0\x3D\x08\x02", 26}; // 83 × 61, 8 bits, RGB
  BOOST_TEST((start == expected));
  BOOST_TEST(code_for(encode_png(picture{10, 10, 1, {}})) == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_thumbnail_shows_the_middle_frame) {
  auto format = make_format(8, false);
  format.rows = 300;
  format.columns = 600;
  std::vector<blob> frames(3, blob{blob::buffer(format.frame_bytes(), 0)});
  blob::buffer halves(format.frame_bytes(), 10);
  std::fill(halves.begin(), halves.begin() + 300 * 300, uint8_t{200});
  frames[1] = blob{std::move(halves)};
  const auto file = image_writer{format, explicit_little, 3}.native(frames).file();
  const auto jpeg = thumbnail(memory_source(file), 128);
  BOOST_REQUIRE_EQUAL(reason_for(jpeg), "");
  format.rows = 64;
  format.columns = 128;
  const auto shown = decode_frame(*jpeg, make_description(format, jpeg_baseline));
  BOOST_REQUIRE_EQUAL(reason_for(shown), "");
  const pixels grey{shown->data(), shown->data() + shown->size()};
  BOOST_TEST(int{grey.front()} > 250);
  BOOST_TEST(int{grey.back()} < 5);
}

BOOST_AUTO_TEST_CASE(every_real_image_is_shown_or_refused) {
  if (!has_real_data()) return;
  size_t shown = 0;
  for (const std::string folder : {"orthanc/TransferSyntaxes", "pydicom", "wg04/RLE", "ct-phantom-philips"}) {
    for (const auto& path : paths_under(folder)) {
      const auto jpeg = thumbnail(memory_source(blob{bytes_of(path)}));
      if (jpeg) ++shown;
      if (!jpeg) BOOST_TEST(!reason_for(jpeg).empty());
    }
  }
  BOOST_TEST(shown > 200U);
}

BOOST_AUTO_TEST_SUITE_END()
