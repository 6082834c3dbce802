#include "imaging/analysers/ct_calcium.hpp"
#include "imaging/analysers/ct_chest.hpp"
#include "imaging/analysers/ct_head.hpp"
#include "imaging/analysers/hu_calibration.hpp"
#include "imaging/analysers/quality_control.hpp"
#include "imaging/phantoms/random.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

using namespace noctis;
using namespace noctis::test;

namespace {

std::vector<std::unique_ptr<analyser>> ct_analysers() {
  std::vector<std::unique_ptr<analyser>> all;
  all.push_back(std::make_unique<ct_chest>());
  all.push_back(std::make_unique<ct_head>());
  all.push_back(std::make_unique<ct_calcium>());
  all.push_back(std::make_unique<hu_calibration>());
  return all;
}

/// Traits by whose words every analyser would apply.
series_traits inviting_traits() {
  auto traits = ct_traits();
  traits.study_description = "chest head heart phantom";
  return traits;
}

/// Slices of 64² with `value(i)` for pixel i of the series.
template <class Value>
volume volume_with(Value value) {
  auto slices = plain_slices(16, 64);
  size_t i = 0;
  for (auto& each : slices)
    for (auto& pixel : each.values) pixel = value(i++);
  auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  return std::move(*image);
}

/// Every analyser ends with a reason or with numbers, whatever the volume.
void check_all_end(const volume& image) {
  for (const auto& each : ct_analysers()) {
    const auto result = each->analyse(image, inviting_traits(), {});
    if (!result) {
      BOOST_TEST((code_for(result) == errc::invalid_argument));
      BOOST_TEST(!reason_for(result).empty());
      continue;
    }
    for (const auto& measured : result->measurements)
      BOOST_TEST(std::isfinite(measured.value), each->name() << ": " << measured.quantity.meaning);
    for (const auto& found : result->candidates) BOOST_TEST(std::isfinite(found.volume_ml));
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(bad_input)

BOOST_AUTO_TEST_CASE(what_is_no_ct_of_slices_is_declined_by_all_with_a_reason) {
  for (const auto& each : ct_analysers()) {
    auto traits = inviting_traits();
    BOOST_TEST(each->applies_to(traits).applies, each->name());
    for (const char* modality : {"MR", "US", "PT", "SR", "", "ct"}) {
      traits.modality = modality;
      const auto answer = each->applies_to(traits);
      BOOST_TEST(!answer.applies, each->name() << " takes " << modality);
      BOOST_TEST(answer.reason.find("not CT") != std::string::npos);
    }
    for (const char* type : {"LOCALIZER", "SCOUT", "SCREEN SAVE", "MIP", "DOSE_INFO"}) {
      traits = inviting_traits();
      traits.image_type = {"DERIVED", "SECONDARY", type};
      BOOST_TEST(!each->applies_to(traits).applies, each->name() << " takes " << type);
    }
    traits = inviting_traits();
    traits.photometric_interpretation = "RGB";
    BOOST_TEST(!each->applies_to(traits).applies);
    BOOST_TEST(!each->applies_to({}).applies);
  }
}

BOOST_AUTO_TEST_CASE(volumes_that_show_nothing_are_refused_or_measured_as_nothing) {
  check_all_end(volume_with([](size_t) { return -1000.0F; }));
  check_all_end(volume_with([](size_t) { return -32768.0F; }));
  check_all_end(volume_with([](size_t) { return 32767.0F; }));
  check_all_end(volume_with([](size_t) { return 40.0F; }));
  check_all_end(volume_with([](size_t i) { return i % 2 == 0 ? -32768.0F : 32767.0F; }));
  phantom_random random{5};
  check_all_end(volume_with([&](size_t) { return float(std::round(random.uniform(-1024, 3071))); }));
}

BOOST_AUTO_TEST_CASE(the_smallest_volume_is_borne) {
  auto slices = plain_slices(3, 2);
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  check_all_end(*image);
}

BOOST_AUTO_TEST_CASE(slices_of_another_plane_are_refused_by_what_needs_axial_ones) {
  auto slices = plain_slices(16, 64);
  for (size_t k = 0; k < slices.size(); ++k) {
    slices[k].geometry->row_direction = {0, 1, 0};
    slices[k].geometry->column_direction = {0, 0, -1};
    slices[k].geometry->position = {2.0 * double(k), 0, 0};
  }
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  BOOST_TEST(reason_for(ct_head{}.analyse(*image, ct_traits(), {})) == "the slices are not axial");
  BOOST_TEST(reason_for(ct_chest{}.analyse(*image, ct_traits(), {})) == "the slices are not axial");
  BOOST_TEST(reason_for(ct_calcium{}.analyse(*image, ct_traits(), {})) == "the slices are not axial");
}

BOOST_AUTO_TEST_CASE(a_series_too_long_is_refused_before_its_pixels_are_needed) {
  auto slices = plain_slices(5000, 1);
  for (auto& each : slices) {
    each.rows = each.columns = each.geometry->rows = each.geometry->columns = 512;
    each.values.clear();
  }
  const auto plan = plan_volume(slices, ct_traits());
  BOOST_TEST((code_for(plan) == errc::limit_exceeded));
  BOOST_TEST(reason_for(plan) == "the series has 5000 slices, more than 4000");
  slices.resize(3000);
  BOOST_TEST(reason_for(plan_volume(slices, ct_traits())) == "the volume would take 1500 MiB, more than 1024 MiB");
}

BOOST_AUTO_TEST_CASE(positions_far_apart_make_no_huge_grid) {
  auto slices = plain_slices(6);
  slices[5].geometry->position[2] = 1e12;
  BOOST_TEST((code_for(volume_of(slices, ct_traits())) == errc::invalid_argument));
  slices = plain_slices(6);
  for (size_t k = 0; k < slices.size(); ++k) slices[k].geometry->position = {1e300 * double(k), 0, 2.0 * double(k)};
  BOOST_TEST((code_for(volume_of(slices, ct_traits())) == errc::invalid_argument));
  slices = plain_slices(6);
  for (auto& each : slices) each.geometry->row_direction = {std::numeric_limits<double>::quiet_NaN(), 0, 0};
  BOOST_TEST((code_for(volume_of(slices, ct_traits())) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_corrupt_frame_in_the_middle_is_named) {
  auto slices = plain_slices(9);
  slices[4].values.clear();
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())) == "slice 1.2.3.5 has 0 values for 8 × 8 pixels");
  slices = plain_slices(9);
  slices[4].values.resize(100);
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())) == "slice 1.2.3.5 has 100 values for 8 × 8 pixels");
  slices = plain_slices(9);
  slices[4].values[63] = std::numeric_limits<float>::quiet_NaN();
  BOOST_TEST(reason_for(volume_of(slices, ct_traits())) == "slice 1.2.3.5 has a value that is no number");
}

BOOST_AUTO_TEST_CASE(quality_control_refuses_broken_images_and_bears_odd_ones) {
  quality_control quality{ct_traits()};
  auto image = plain_slices(1, 32).front();
  auto broken = image;
  broken.values.pop_back();
  BOOST_TEST((code_of(quality.add(broken)) == errc::invalid_argument));
  broken = image;
  broken.values[3] = std::numeric_limits<float>::infinity();
  BOOST_TEST((code_of(quality.add(broken)) == errc::invalid_argument));
  auto tiny = plain_slices(1, 1).front();
  tiny.geometry = caf::none;
  BOOST_TEST(!quality.add(tiny));
  image.padding = image.values[0]; // all of it
  BOOST_TEST(!quality.add(image));
  image.padding = caf::none;
  for (size_t i = 0; i < image.values.size(); ++i) image.values[i] = i % 2 == 0 ? -1e30F : 1e30F;
  BOOST_TEST(!quality.add(image));
  for (const auto& each : quality.finish().measurements) BOOST_TEST(std::isfinite(each.value), each.quantity.meaning);
  for (const auto& each : quality_control{{}}.finish().measurements) BOOST_TEST(std::isfinite(each.value));
}

BOOST_AUTO_TEST_SUITE_END()
