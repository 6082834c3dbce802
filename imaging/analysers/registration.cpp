#include "imaging/analysers/registration.hpp"

#include "imaging/regions.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <itkEuler3DTransform.h>
#include <itkImageRegistrationMethodv4.h>
#include <itkMattesMutualInformationImageToImageMetricv4.h>
#include <itkMultiThreaderBase.h>
#include <itkRegularStepGradientDescentOptimizerv4.h>

namespace noctis {

namespace {

/// Returns the voxel in which a coordinate lies that is -0.5 or more.
size_t voxel_at(double coordinate) { return static_cast<size_t>(std::floor(coordinate + 0.5)); }

using image_type = itk::Image<float, 3>;
using transform_type = itk::Euler3DTransform<double>;
using metric_type = itk::MattesMutualInformationImageToImageMetricv4<image_type, image_type>;
using method_type = itk::ImageRegistrationMethodv4<image_type, image_type, transform_type>;
using optimizer_type = itk::RegularStepGradientDescentOptimizerv4<double>;

constexpr float air = -1000; // HU
constexpr double body_above = -300;
constexpr double body_mm = 4; // edge of the voxels by which the body is found
constexpr double most_samples = 60000;
constexpr double least_correlation = 0.8;
constexpr double least_overlap = 0.4;
constexpr double least_body_ml = 50;

/// One resolution, from coarse to fine.
struct level {
  double edge_mm;
  double first_step_mm;
  double last_step_mm;
  unsigned steps;
};
constexpr std::array<level, 3> levels{{{8, 8, 0.2, 150}, {4, 2, 0.05, 100}, {2, 0.5, 0.005, 100}}};

/// Density on a scale that gives soft tissue, whose differences are small, two thirds of its length.
float compressed(float hu) {
  constexpr float soft_from = -200;
  constexpr float soft_to = 200;
  constexpr float share = 0.125F;
  const auto value = std::clamp(hu, air, -air);
  if (value < soft_from) return soft_from + share * (value - soft_from);
  if (value > soft_to) return soft_to + share * (value - soft_to);
  return value;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

/// Makes ITK's objects sum on one thread, in one order, while it lives.
class one_thread {
public:
  one_thread() : before_(itk::MultiThreaderBase::GetGlobalDefaultNumberOfThreads()) {
    itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(1);
  }
  ~one_thread() { itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(before_); }
  one_thread(const one_thread&) = delete;
  one_thread& operator=(const one_thread&) = delete;

private:
  itk::ThreadIdType before_;
};

/// A volume as it is compared: its body alone.
class body_image {
public:
  explicit body_image(const volume& image) : image_(image), factors_(factors_to(image, {body_mm, body_mm, body_mm})) {
    const auto tissue = between(reduced(image, factors_), body_above, 32767);
    mask_ = filled_slices(dilated(largest_component(opened(tissue, 3)), 5));
    vector3 moment{};
    for (size_t i = 0; i < mask_.voxels.size(); ++i) {
      if (mask_.voxels[i] == 0) continue;
      moment = sum_of(moment, coordinates_in(mask_, i));
      ++voxels_;
    }
    const auto middle = expanded_place(scaled(moment, 1 / std::max(double(voxels_), 1.0)), factors_);
    middle_ = image.point_of(middle[0], middle[1], middle[2]);
    double squares = 0;
    for (size_t i = 0; i < mask_.voxels.size(); ++i) {
      if (mask_.voxels[i] == 0) continue;
      const auto place = expanded_place(coordinates_in(mask_, i), factors_);
      const auto off = distance_of(image.point_of(place[0], place[1], place[2]), middle_);
      squares += off * off;
    }
    lever_ = std::sqrt(squares / std::max(double(voxels_), 1.0));
  }

  [[nodiscard]] bool is_empty() const { return double(voxels_) * mask_.voxel_ml() < least_body_ml; }
  [[nodiscard]] const vector3& middle() const { return middle_; }
  /// The usual distance of its points from the middle, mm.
  [[nodiscard]] double lever() const { return lever_; }

  /// Whether the voxel coordinates lie in the body.
  [[nodiscard]] bool holds(const vector3& place) const {
    std::array<size_t, 3> coarse{};
    for (size_t axis = 0; axis < 3; ++axis) {
      if (place[axis] < -0.5 || place[axis] >= double(image_.size[axis]) - 0.5) return false;
      coarse[axis] = std::min(voxel_at(place[axis]) / factors_[axis], mask_.size[axis] - 1);
    }
    return mask_.voxels[mask_.index_of(coarse[0], coarse[1], coarse[2])] != 0;
  }

  /// Returns the image of means over about `edge` mm, air outside the body, with its place in the patient.
  [[nodiscard]] image_type::Pointer at(double edge) const {
    const auto factors = factors_to(image_, {edge, edge, edge});
    const auto values = reduced(image_, factors);
    auto result = image_type::New();
    image_type::RegionType region;
    for (unsigned axis = 0; axis < 3; ++axis) region.SetSize(axis, values.size[axis]);
    result->SetRegions(region);
    result->SetSpacing(values.spacing.data());
    const auto first = expanded_place({0, 0, 0}, factors);
    result->SetOrigin(image_.point_of(first[0], first[1], first[2]).data());
    image_type::DirectionType direction;
    for (unsigned row = 0; row < 3; ++row)
      for (unsigned axis = 0; axis < 3; ++axis) direction(row, axis) = image_.axes[axis][row];
    result->SetDirection(direction);
    result->Allocate();
    auto* out = result->GetBufferPointer();
    for (size_t i = 0; i < values.voxels.size(); ++i)
      out[i] =
          holds(expanded_place(coordinates_in(values, i), factors)) ? compressed(values.voxels[i]) : compressed(air);
    return result;
  }

private:
  const volume& image_;
  std::array<size_t, 3> factors_;
  mask_grid mask_;
  size_t voxels_ = 0;
  vector3 middle_{};
  double lever_ = 0;
};

/// Steps are in mm: a turn counts by how far it moves a point at `lever` mm from its axis.
optimizer_type::Pointer optimizer_of(const level& each, double lever) {
  auto optimizer = optimizer_type::New();
  optimizer_type::ScalesType scales(6);
  for (unsigned i = 0; i < 6; ++i) scales[i] = i < 3 ? lever * lever : 1;
  optimizer->SetScales(scales);
  optimizer->SetDoEstimateScales(false);
  optimizer->SetDoEstimateLearningRateOnce(false);
  optimizer->SetDoEstimateLearningRateAtEachIteration(false);
  optimizer->SetLearningRate(each.first_step_mm);
  optimizer->SetMinimumStepLength(each.last_step_mm);
  optimizer->SetRelaxationFactor(0.6);
  optimizer->SetNumberOfIterations(each.steps);
  optimizer->SetGradientMagnitudeTolerance(1e-9);
  optimizer->SetNumberOfWorkUnits(1);
  return optimizer;
}

/// Moves `transform` to where the images fit best; returns how well, the less the better.
double improve(const body_image& from, const body_image& to, const level& each, transform_type* transform) {
  auto metric = metric_type::New();
  metric->SetNumberOfHistogramBins(48);
  metric->SetMaximumNumberOfWorkUnits(1);
  metric->SetUseMovingImageGradientFilter(false);
  metric->SetUseFixedImageGradientFilter(false);
  const auto optimizer = optimizer_of(each, from.lever());
  const auto fixed = from.at(each.edge_mm);
  auto method = method_type::New();
  method->SetFixedImage(fixed);
  method->SetMovingImage(to.at(each.edge_mm));
  method->SetMetric(metric);
  method->SetOptimizer(optimizer);
  method->SetInitialTransform(transform);
  method->InPlaceOn();
  method->SetNumberOfLevels(1);
  method_type::ShrinkFactorsArrayType shrink(1);
  shrink.Fill(1);
  method->SetShrinkFactorsPerLevel(shrink);
  method_type::SmoothingSigmasArrayType sigmas(1);
  sigmas.Fill(0.5);
  method->SetSmoothingSigmasPerLevel(sigmas);
  method->SetSmoothingSigmasAreSpecifiedInPhysicalUnits(false);
  const auto voxels = double(fixed->GetLargestPossibleRegion().GetNumberOfPixels());
  method->SetMetricSamplingStrategy(method_type::MetricSamplingStrategyEnum::REGULAR);
  method->MetricSamplingReinitializeSeed(1);
  method->SetMetricSamplingPercentage(std::min(1.0, most_samples / voxels));
  method->SetNumberOfWorkUnits(1);
  method->Update();
  return optimizer->GetCurrentMetricValue();
}

rigid_motion motion_of(const transform_type& transform) {
  rigid_motion result;
  for (unsigned row = 0; row < 3; ++row)
    for (unsigned column = 0; column < 3; ++column) result.rows[row][column] = transform.GetMatrix()(row, column);
  for (unsigned axis = 0; axis < 3; ++axis) result.offset[axis] = transform.GetOffset()[axis];
  return result;
}

/// Correlation of two lists of densities, added one pair at a time.
struct correlation_sum {
  double count = 0;
  double a = 0;
  double b = 0;
  double aa = 0;
  double bb = 0;
  double ab = 0;

  void add(double x, double y) { ++count, a += x, b += y, aa += x * x, bb += y * y, ab += x * y; }
  [[nodiscard]] double value() const {
    const auto both = (aa - a * a / count) * (bb - b * b / count);
    return both > 0 ? (ab - a * b / count) / std::sqrt(both) : 0;
  }
};

/// Compares the volumes' means over 2 mm in the body.
void assess(const volume& from, const body_image& from_body, const volume& to, const body_image& to_body,
            registration& result) {
  const auto factors = factors_to(from, {2, 2, 2});
  const auto to_factors = factors_to(to, {2, 2, 2});
  const auto values = reduced(from, factors);
  const auto others = reduced(to, to_factors);
  correlation_sum sum;
  double body = 0;
  for (size_t i = 0; i < values.voxels.size(); ++i) {
    const auto place = expanded_place(coordinates_in(values, i), factors);
    if (!from_body.holds(place)) continue;
    ++body;
    const auto there = to.coordinates_of(result.motion.applied_to(from.point_of(place[0], place[1], place[2])));
    if (!to_body.holds(there)) continue;
    std::array<size_t, 3> at{};
    for (size_t axis = 0; axis < 3; ++axis)
      at[axis] = std::min(voxel_at(there[axis]) / to_factors[axis], others.size[axis] - 1);
    sum.add(compressed(values.voxels[i]), compressed(others.voxels[others.index_of(at[0], at[1], at[2])]));
  }
  result.overlap = sum.count / std::max(body, 1.0);
  result.correlation = sum.count > 1 ? std::max(sum.value(), 0.0) : 0;
}

/// Finds the motion from coarse to fine, from the better of two beginnings.
caf::expected<rigid_motion> motion_between(const body_image& from, const body_image& to, const run_control& control) {
  std::array<transform_type::Pointer, 2> begun{transform_type::New(), transform_type::New()};
  for (auto& each : begun) {
    transform_type::CenterType centre;
    for (unsigned axis = 0; axis < 3; ++axis) centre[axis] = from.middle()[axis];
    each->SetCenter(centre);
    each->SetIdentity();
  }
  const auto shift = difference_of(to.middle(), from.middle());
  begun[0]->SetTranslation(transform_type::OutputVectorType(shift.data()));
  size_t best = 0;
  double least = improve(from, to, levels[0], begun[0]);
  if (auto error = reached(control, 0.3)) return error;
  if (length_of(shift) > levels[0].edge_mm) {
    try {
      if (improve(from, to, levels[0], begun[1]) < least) best = 1;
    } catch (const itk::ExceptionObject&) {
      best = 0; // unmoved they don't overlap
    }
  }
  if (auto error = reached(control, 0.5)) return error;
  for (size_t each = 1; each < levels.size(); ++each) {
    improve(from, to, levels[each], begun[best]);
    if (auto error = reached(control, 0.5 + 0.2 * double(each))) return error;
  }
  return motion_of(*begun[best]);
}

} // namespace

caf::expected<registration> register_rigidly(const volume& from, const volume& to, const run_control& control) {
  const body_image from_body{from};
  const body_image to_body{to};
  if (from_body.is_empty() || to_body.is_empty())
    return failure(errc::invalid_argument, "a study shows no body that could be laid upon the other's");
  try {
    const one_thread in_order;
    auto motion = motion_between(from_body, to_body, control);
    if (!motion) return motion.error();
    registration result;
    result.motion = *motion;
    result.shift_mm = distance_of(result.motion.applied_to(from_body.middle()), from_body.middle());
    assess(from, from_body, to, to_body, result);
    if (result.correlation < least_correlation || result.overlap < least_overlap)
      return failure(errc::invalid_argument, "the studies cannot be laid upon one another: correlation " +
                                                 number(result.correlation) + ", common share " +
                                                 number(result.overlap));
    return result;
  } catch (const itk::ExceptionObject& error) {
    return failure(errc::invalid_argument,
                   std::string("the studies cannot be laid upon one another: ") + error.GetDescription());
  }
}

} // namespace noctis
