#include "imaging/analysers/quality_control.hpp"

#include "imaging/analysers/burned_in_text.hpp"
#include "imaging/concepts.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace noctis {

namespace {

constexpr float air = -1000;            // HU
constexpr float body_above = -500;      // HU
constexpr double foreground_from = 0.1; // of an image's range, where values are not HU
constexpr size_t plateau = 8;           // pixels at the greatest value that make it one
constexpr double clipped_limit = 0.2;   // per cent
constexpr double text_share = 0.4;      // of the images that show text

struct value_range {
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();
  size_t at_high = 0;
};

bool is_padding(const slice& image, float value) { return image.padding && value == *image.padding; }

value_range range_of(const slice& image) {
  value_range range;
  for (const auto value : image.values) {
    if (is_padding(image, value)) continue;
    range.low = std::min(range.low, value);
    if (value > range.high) {
      range.high = value;
      range.at_high = 0;
    }
    range.at_high += size_t(value == range.high);
  }
  return range;
}

/// Deviation by Immerkær's operator on every second pixel of the foreground, its median instead of its mean.
double noise_of(const slice& image, float foreground) {
  std::vector<float> responses;
  const auto columns = image.columns;
  responses.reserve(image.values.size() / 4);
  for (size_t row = 1; row + 1 < image.rows; row += 2)
    for (size_t column = 1; column + 1 < columns; column += 2) {
      const auto* v = image.values.data() + row * columns + column;
      if (*v <= foreground || is_padding(image, *v)) continue;
      const auto* a = v - columns;
      const auto* b = v + columns;
      responses.push_back(
          std::abs(a[-1] - 2 * a[0] + a[1] - 2 * v[-1] + 4 * v[0] - 2 * v[1] + b[-1] - 2 * b[0] + b[1]));
    }
  if (responses.empty()) return 0;
  const auto middle = responses.begin() + std::ptrdiff_t(responses.size() / 2);
  std::nth_element(responses.begin(), middle, responses.end());
  return *middle / 0.6745 / 6;
}

/// The foreground's mean and box.
struct foreground_area {
  double sum = 0;
  size_t pixels = 0;
  size_t left = std::numeric_limits<size_t>::max();
  size_t right = 0;
  size_t top = std::numeric_limits<size_t>::max();
  size_t bottom = 0;
};

foreground_area foreground_of(const slice& image, float foreground) {
  foreground_area area;
  for (size_t row = 0; row < image.rows; ++row) {
    const auto* v = image.values.data() + row * image.columns;
    for (size_t column = 0; column < image.columns; ++column) {
      if (v[column] <= foreground || is_padding(image, v[column])) continue;
      area.sum += v[column];
      ++area.pixels;
      area.left = std::min(area.left, column);
      area.right = std::max(area.right, column);
      area.top = std::min(area.top, row);
      area.bottom = row;
    }
  }
  return area;
}

double uniformity_of(const slice& image, const foreground_area& area, float offset) {
  if (area.pixels == 0) return 0;
  const auto width = double(area.right - area.left + 1);
  const auto height = double(area.bottom - area.top + 1);
  const std::array<std::array<double, 2>, 5> fields{{{0.5, 0.5}, {0.2, 0.5}, {0.8, 0.5}, {0.5, 0.2}, {0.5, 0.8}}};
  double least = std::numeric_limits<double>::max();
  double greatest = 0;
  for (const auto& field : fields) {
    const auto half = std::max(1.0, std::min(width, height) * 0.06);
    const auto x = double(area.left) + field[0] * width;
    const auto y = double(area.top) + field[1] * height;
    double sum = 0;
    size_t count = 0;
    for (auto row = size_t(std::max(y - half, 0.0)); row < std::min(size_t(y + half) + 1, size_t{image.rows}); ++row)
      for (auto column = size_t(std::max(x - half, 0.0));
           column < std::min(size_t(x + half) + 1, size_t{image.columns}); ++column) {
        sum += image.values[row * image.columns + column] - offset;
        ++count;
      }
    const auto mean = std::max(sum / double(std::max<size_t>(count, 1)), 0.0);
    least = std::min(least, mean);
    greatest = std::max(greatest, mean);
  }
  return greatest + least > 0 ? 100 * (1 - (greatest - least) / (greatest + least)) : 0;
}

double median_of(const std::vector<slice_quality>& all, double slice_quality::*value) {
  std::vector<double> values;
  values.reserve(all.size());
  for (const auto& each : all) values.push_back(each.*value);
  if (values.empty()) return 0;
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string percent(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", value);
  return text;
}

} // namespace

slice_quality assess(const slice& image, bool is_ct) {
  slice_quality quality;
  const auto range = range_of(image);
  if (range.high < range.low) return quality;
  const auto foreground = is_ct ? body_above : float(range.low + foreground_from * (range.high - range.low));
  const auto offset = is_ct ? air : std::min(range.low, 0.0F);
  const auto area = foreground_of(image, foreground);
  quality.noise = noise_of(image, foreground);
  quality.signal = area.pixels > 0 ? area.sum / double(area.pixels) - offset : 0;
  quality.signal_to_noise = quality.noise > 0 ? quality.signal / quality.noise : 0;
  quality.uniformity_percent = uniformity_of(image, area, offset);
  if (range.at_high >= plateau && range.high > range.low)
    quality.clipped_percent = 100 * double(range.at_high) / double(image.values.size());
  quality.text_lines = text_lines_in(image, range.low, range.high);
  return quality;
}

caf::error quality_control::add(const slice& image) {
  if (image.values.size() != size_t{image.rows} * image.columns)
    return failure(errc::invalid_argument, "image " + image.sop_instance_uid + " has not rows × columns values");
  if (!std::all_of(image.values.begin(), image.values.end(), [](float value) { return std::isfinite(value); }))
    return failure(errc::invalid_argument, "image " + image.sop_instance_uid + " has a value that is no number");
  qualities_.push_back(assess(image, traits_.modality == "CT"));
  slice header{image.sop_instance_uid, image.frame, image.geometry, image.rows, image.columns, {}, image.rescaled, {}};
  headers_.push_back(std::move(header));
  return caf::none;
}

analysis quality_control::finish() const {
  analysis result;
  result.analyser = name;
  result.version = version;
  const auto unit = traits_.modality == "CT" ? concepts::hounsfield_unit : "1";
  const auto measure = [&](const coded_concept& what, double value, const char* of) {
    result.measurements.push_back({what, value, of, {}, {}, {}});
  };
  measure(concepts::own("NOISE", "Image noise"), median_of(qualities_, &slice_quality::noise), unit);
  const auto ratio = median_of(qualities_, &slice_quality::signal_to_noise);
  if (ratio > 0) measure(concepts::signal_to_noise(), ratio, "1"); // none where there is no noise
  measure(concepts::own("UNIFORMITY", "Image uniformity"), median_of(qualities_, &slice_quality::uniformity_percent),
          "%");
  double clipped = 0;
  size_t with_text = 0;
  for (const auto& each : qualities_) {
    clipped = std::max(clipped, each.clipped_percent);
    with_text += size_t(each.text_lines > 0);
  }
  measure(concepts::own("CLIPPED", "Pixels at the greatest value"), clipped, "%");
  if (traits_.ctdi_vol) measure(concepts::ctdi_vol(), *traits_.ctdi_vol, "mGy");
  if (traits_.dose_length_product) measure(concepts::dose_length_product(), *traits_.dose_length_product, "mGy.cm");
  if (clipped > clipped_limit) result.warnings.push_back("up to " + percent(clipped) + " of an image is clipped");
  if (with_text > 0 && double(with_text) >= text_share * double(qualities_.size()))
    result.warnings.push_back("text seems to be burned into " + std::to_string(with_text) + " of " +
                              std::to_string(qualities_.size()) + " images");
  if (headers_.size() > 1 && headers_.front().geometry) {
    const auto plan = plan_volume(headers_, traits_);
    if (!plan)
      result.warnings.push_back(reason_of(plan.error()));
    else
      result.warnings.insert(result.warnings.end(), plan->warnings.begin(), plan->warnings.end());
  }
  for (auto& contradiction : header_contradictions(traits_, headers_))
    result.warnings.push_back(std::move(contradiction));
  return result;
}

} // namespace noctis
