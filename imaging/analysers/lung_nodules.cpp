#include "imaging/analysers/lung_nodules.hpp"

#include "imaging/concepts.hpp"
#include "imaging/regions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace noctis {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double dense_above = -450; // HU
constexpr double working_mm = 1.5;
constexpr double least_depth = 1.45;    // mm: a ball of 6 mm shows at least so deep on the working grid
constexpr double greatest_radius = 20;  // mm
constexpr double crossing_limit = 0.06; // share of the sphere around that may be tissue
constexpr double solid_above = -300;    // mean HU in the middle

/// Returns evenly spread directions (Fibonacci's lattice).
std::vector<vector3> directions() {
  constexpr int count = 200;
  std::vector<vector3> result;
  for (int n = 0; n < count; ++n) {
    const auto z = 1 - (2 * n + 1.0) / count;
    const auto angle = n * pi * (3 - std::sqrt(5.0));
    const auto r = std::sqrt(1 - z * z);
    result.push_back({r * std::cos(angle), r * std::sin(angle), z});
  }
  return result;
}

/// Calls `visit(place, offset in mm)` for each voxel within `radius` mm of `centre` (voxel coordinates).
template <class Grid, class Visit>
void for_ball(const Grid& values, const vector3& spacing, const vector3& centre, double radius, Visit visit) {
  std::array<size_t, 3> first{};
  std::array<size_t, 3> last{};
  for (size_t axis = 0; axis < 3; ++axis) {
    const auto most = double(values.size[axis] - 1);
    first[axis] = size_t(std::clamp(std::ceil(centre[axis] - radius / spacing[axis]), 0.0, most));
    last[axis] = size_t(std::clamp(std::floor(centre[axis] + radius / spacing[axis]), 0.0, most));
  }
  for (auto k = first[2]; k <= last[2]; ++k)
    for (auto j = first[1]; j <= last[1]; ++j)
      for (auto i = first[0]; i <= last[0]; ++i) {
        const vector3 off{(double(i) - centre[0]) * spacing[0], (double(j) - centre[1]) * spacing[1],
                          (double(k) - centre[2]) * spacing[2]};
        if (const auto distance = length_of(off); distance <= radius) visit(values.index_of(i, j, k), distance);
      }
}

/// Returns the voxels within `radius` mm of `centre` that `inside` holds for and that hang together with the middle.
template <class Grid, class Inside>
std::set<size_t> connected_to(const Grid& values, const vector3& spacing, const vector3& centre, double radius,
                              double inner, Inside inside) {
  std::set<size_t> ball;
  std::vector<size_t> open;
  for_ball(values, spacing, centre, radius, [&](size_t place, double distance) {
    if (!inside(place)) return;
    ball.insert(place);
    if (distance <= inner) open.push_back(place);
  });
  std::set<size_t> found(open.begin(), open.end());
  const std::array<size_t, 3> strides{1, values.size[0], values.size[0] * values.size[1]};
  while (!open.empty()) {
    const auto place = open.back();
    open.pop_back();
    for (const auto stride : strides)
      for (const auto next : {place - stride, place + stride})
        if (ball.count(next) != 0 && found.insert(next).second) open.push_back(next);
  }
  return found;
}

/// A place where a ball of tissue fits, in coordinates of the working grid.
struct ball {
  vector3 centre{};
  double radius = 0; ///< mm
};

class nodule_search {
public:
  nodule_search(const volume& image, const lung_map& lungs)
      : image_(image), lungs_(lungs), factors_(factors_to(image, {working_mm, working_mm, working_mm})) {
    const auto values = reduced(image, factors_);
    dense_ = between(values, dense_above, 1e6);
    keep_envelope();
    depth_ = depth_in(dense_);
  }

  [[nodiscard]] std::vector<ball> balls() {
    std::vector<size_t> places;
    for (size_t i = 0; i < depth_.voxels.size(); ++i)
      if (depth_.voxels[i] >= least_depth) places.push_back(i);
    std::stable_sort(places.begin(), places.end(),
                     [this](size_t a, size_t b) { return depth_.voxels[a] > depth_.voxels[b]; });
    auto seen = shaped_like<uint8_t>(dense_);
    std::vector<ball> found;
    for (const auto place : places) {
      if (seen.voxels[place] != 0) continue;
      auto each = ball_at(place);
      for_ball(seen, seen.spacing, each.centre, 1.3 * each.radius, [&](size_t i, double) { seen.voxels[i] = 1; });
      if (each.radius < greatest_radius && crossing(each) <= crossing_limit) found.push_back(each);
    }
    return found;
  }

  /// Measures a ball on the volume itself; a diameter of 0 where it is no solid nodule.
  [[nodiscard]] candidate measured(const ball& each) const {
    const auto centre = expanded_place(each.centre, factors_);
    const auto inner = std::max(0.55 * each.radius, 0.9 * image_.spacing[0]);
    const auto outer = around(each);
    std::vector<int16_t> core;
    std::vector<int16_t> beyond;
    for_ball(image_, image_.spacing, centre, outer + 2, [&](size_t i, double distance) {
      if (distance <= inner) core.push_back(image_.voxels[i]);
      if (distance > outer && image_.voxels[i] < dense_above) beyond.push_back(image_.voxels[i]);
    });
    candidate result;
    if (core.empty() || beyond.empty()) return result;
    const auto tissue = median(core);
    const auto lung = median(beyond);
    if (tissue < solid_above) return result;
    const auto share_of = [&](size_t i) { return std::clamp((image_.voxels[i] - lung) / (tissue - lung), 0.0, 1.0); };
    const auto body =
        connected_to(image_, image_.spacing, centre, outer, inner, [&](size_t i) { return share_of(i) >= 0.5; });
    double volume = 0;
    vector3 moment{};
    for (const auto i : with_rim(body)) {
      const auto share = share_of(i);
      volume += share;
      moment = sum_of(moment, scaled(coordinates_in(image_, i), share));
    }
    result.volume_ml = volume * image_.voxel_ml();
    result.diameter_mm = std::cbrt(result.volume_ml * 1000 * 6 / pi);
    result.mean_hu = std::accumulate(core.begin(), core.end(), 0.0) / double(core.size());
    const auto middle = scaled(moment, 1 / std::max(volume, 1e-9));
    result.position = image_.point_of(middle[0], middle[1], middle[2]);
    result.laterality = side_of(middle);
    return result;
  }

private:
  /// Returns the radius in mm at which a nodule has ended: that of the ball that fits is up to a voxel too small.
  static double around(const ball& each) { return 1.5 * each.radius + 1.5; }

  /// Returns the places and their neighbours in all directions, where partial volume lies.
  [[nodiscard]] std::set<size_t> with_rim(const std::set<size_t>& body) const {
    std::set<size_t> result;
    for (const auto place : body) {
      const auto at = coordinates_in(image_, place);
      for_ball(image_, {1, 1, 1}, at, 1.8, [&](size_t i, double) { result.insert(i); });
    }
    return result;
  }

  static double median(std::vector<int16_t>& values) {
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  }

  [[nodiscard]] uint8_t envelope_at(double i, double j, double k) const {
    const vector3 place{i, j, k};
    std::array<size_t, 3> coarse{};
    for (size_t axis = 0; axis < 3; ++axis)
      coarse[axis] =
          std::min(size_t(std::max(place[axis], 0.0)) / lungs_.factors[axis], lungs_.envelope.size[axis] - 1);
    return lungs_.envelope.voxels[lungs_.envelope.index_of(coarse[0], coarse[1], coarse[2])];
  }

  [[nodiscard]] coded_concept side_of(const vector3& place) const {
    return envelope_at(place[0], place[1], place[2]) == right_lung ? concepts::right() : concepts::left();
  }

  /// Takes away tissue outside the lungs' envelope.
  void keep_envelope() {
    for (size_t k = 0; k < dense_.size[2]; ++k)
      for (size_t j = 0; j < dense_.size[1]; ++j)
        for (size_t i = 0; i < dense_.size[0]; ++i)
          if (envelope_at(double(i * factors_[0]), double(j * factors_[1]), double(k * factors_[2])) == 0)
            dense_.voxels[dense_.index_of(i, j, k)] = 0;
  }

  /// Returns the ball about the tissue near `place`: its centre moved to the middle of what is deep.
  [[nodiscard]] ball ball_at(size_t place) const {
    ball each;
    each.radius = depth_.voxels[place];
    each.centre = coordinates_in(dense_, place);
    vector3 moment{};
    double weight = 0;
    for_ball(dense_, dense_.spacing, each.centre, each.radius, [&](size_t i, double) {
      const auto w = std::max(depth_.voxels[i], 0.0F);
      moment = sum_of(moment, scaled(coordinates_in(dense_, i), w));
      weight += w;
    });
    if (weight > 0) each.centre = scaled(moment, 1 / weight);
    return each;
  }

  /// Returns the share of the sphere around the ball that is tissue which hangs together with the ball.
  [[nodiscard]] double crossing(const ball& each) const {
    static const auto ways = directions();
    const auto radius = around(each);
    const auto tissue_here = connected_to(dense_, dense_.spacing, each.centre, radius + 2, each.radius / 2,
                                          [&](size_t i) { return dense_.voxels[i] != 0; });
    size_t tissue = 0;
    for (const auto& way : ways) {
      std::array<size_t, 3> place{};
      for (size_t axis = 0; axis < 3; ++axis) {
        const auto at = each.centre[axis] + way[axis] * radius / dense_.spacing[axis];
        place[axis] = size_t(std::clamp(std::round(at), 0.0, double(dense_.size[axis] - 1)));
      }
      tissue += tissue_here.count(dense_.index_of(place[0], place[1], place[2]));
    }
    return double(tissue) / double(ways.size());
  }

  const volume& image_;
  const lung_map& lungs_;
  std::array<size_t, 3> factors_;
  mask_grid dense_;
  grid<float> depth_;
};

} // namespace

std::vector<candidate> find_nodules(const volume& image, const lung_map& lungs, double least_mm) {
  nodule_search search{image, lungs};
  std::vector<candidate> found;
  for (const auto& each : search.balls()) {
    auto nodule = search.measured(each);
    if (nodule.diameter_mm < least_mm) continue;
    nodule.finding = concepts::nodule();
    nodule.site = concepts::lung();
    found.push_back(std::move(nodule));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.diameter_mm > b.diameter_mm; });
  return found;
}

} // namespace noctis
