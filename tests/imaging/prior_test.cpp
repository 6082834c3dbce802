#include "imaging/analysers/ct_chest.hpp"
#include "imaging/analysers/prior_change.hpp"
#include "imaging/analysers/registration.hpp"
#include "imaging/concepts.hpp"
#include "imaging/grid.hpp"
#include "imaging/phantoms/random.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace noctis;
using namespace noctis::test;

namespace {

constexpr double pi = 3.14159265358979323846;

/// A turn by `degrees` about `axis` (a unit vector), then a shift.
rigid_motion motion(double degrees, const vector3& axis, const vector3& shift) {
  const auto c = std::cos(degrees * pi / 180);
  const auto s = std::sin(degrees * pi / 180);
  rigid_motion result;
  result.offset = shift;
  for (size_t row = 0; row < 3; ++row)
    for (size_t column = 0; column < 3; ++column)
      result.rows[row][column] = (row == column ? c : 0) + (1 - c) * axis[row] * axis[column];
  result.rows[0][1] -= s * axis[2], result.rows[1][0] += s * axis[2];
  result.rows[0][2] += s * axis[1], result.rows[2][0] -= s * axis[1];
  result.rows[1][2] -= s * axis[0], result.rows[2][1] += s * axis[0];
  return result;
}

double value_at(const volume& image, const vector3& place) {
  std::array<size_t, 3> lower{};
  std::array<double, 3> share{};
  for (size_t axis = 0; axis < 3; ++axis) {
    if (place[axis] < 0 || place[axis] >= double(image.size[axis] - 1)) return -1000;
    lower[axis] = size_t(place[axis]);
    share[axis] = place[axis] - double(lower[axis]);
  }
  double sum = 0;
  for (unsigned corner = 0; corner < 8; ++corner) {
    double weight = 1;
    std::array<size_t, 3> at{};
    for (size_t axis = 0; axis < 3; ++axis) {
      const auto high = corner >> axis & 1U;
      weight *= high != 0 ? share[axis] : 1 - share[axis];
      at[axis] = lower[axis] + high;
    }
    sum += weight * image.voxels[image.index_of(at[0], at[1], at[2])];
  }
  return sum;
}

/// The body of `image` after it moved by `moved`, seen by the same scanner, with noise of its own.
volume rescanned(const volume& image, const rigid_motion& moved, double noise) {
  auto result = image;
  phantom_random random{99};
  const auto back = moved.inverse();
  for (size_t i = 0; i < result.voxels.size(); ++i) {
    const auto at = coordinates_in(image, i);
    const auto from = image.coordinates_of(back.applied_to(image.point_of(at[0], at[1], at[2])));
    result.voxels[i] = int16_t(std::lround(value_at(image, from) + noise * random.normal()));
  }
  return result;
}

/// The greatest distance between where two motions take the corners of a box of 2 × `reach` mm.
double difference_of_motions(const rigid_motion& a, const rigid_motion& b, const vector3& reach) {
  double greatest = 0;
  for (unsigned corner = 0; corner < 8; ++corner) {
    vector3 point{};
    for (size_t axis = 0; axis < 3; ++axis) point[axis] = (corner >> axis & 1U) != 0 ? reach[axis] : -reach[axis];
    greatest = std::max(greatest, distance_of(a.applied_to(point), b.applied_to(point)));
  }
  return greatest;
}

void check_registration(const volume& image, const rigid_motion& moved, const vector3& reach) {
  const auto other = rescanned(image, moved, 5);
  const auto found = register_rigidly(image, other, {});
  BOOST_REQUIRE_MESSAGE(found, reason_for(found));
  const auto residual = difference_of_motions(found->motion, moved, reach);
  BOOST_TEST_MESSAGE("turned by " << moved.degrees() << "°, found " << found->motion.degrees() << "°, residual "
                                  << residual << " mm, correlation " << found->correlation);
  BOOST_TEST(residual < image.spacing[0]);
  BOOST_TEST(std::abs(found->motion.degrees() - moved.degrees()) < 0.3);
  BOOST_TEST(found->correlation > 0.95);
}

scanned_phantom small_chest(double noise = 10) {
  auto scan = usual_scan("lungs-nodules", 0.5);
  scan.noise = noise;
  return scanned("lungs-nodules", scan, 0.5);
}

scanned_phantom small_head() {
  auto scan = usual_scan("head-bleed", 0.5);
  scan.noise = 4;
  return scanned("head-bleed", scan);
}

analysis found_in(std::vector<candidate> candidates) {
  analysis result;
  result.analyser = "ct-chest";
  result.version = "1.0";
  result.candidates = std::move(candidates);
  return result;
}

candidate nodule(const vector3& position, double volume_ml) {
  return {concepts::nodule(), concepts::lung(), {}, position, 10, volume_ml, 40};
}

size_t count_of(const analysis& result, const std::string& code) {
  return size_t(std::count_if(result.candidates.begin(), result.candidates.end(),
                              [&](const candidate& each) { return each.finding.value == code; }));
}

} // namespace

BOOST_AUTO_TEST_SUITE(prior)

BOOST_AUTO_TEST_CASE(a_turned_and_shifted_chest_is_laid_back_within_a_voxel) {
  const auto chest = small_chest();
  check_registration(chest.image, motion(7, {0, 0, 1}, {12, -8, 6}), {70, 50, 50});
  check_registration(chest.image, motion(5, {0.6, 0.48, 0.64}, {-9, 5, -10}), {70, 50, 50});
}

BOOST_AUTO_TEST_CASE(a_turned_and_shifted_head_is_laid_back_within_a_voxel) {
  const auto head = small_head();
  check_registration(head.image, motion(10, {0, 0.6, 0.8}, {15, 10, -4}), {50, 60, 45});
  check_registration(head.image, motion(0, {0, 0, 1}, {0, 0, 0}), {50, 60, 45});
}

BOOST_AUTO_TEST_CASE(the_same_volumes_give_the_same_motion) {
  const auto head = small_head();
  const auto other = rescanned(head.image, motion(4, {1, 0, 0}, {3, 2, 1}), 5);
  const auto first = register_rigidly(head.image, other, {});
  const auto second = register_rigidly(head.image, other, {});
  BOOST_REQUIRE((first && second));
  BOOST_TEST((first->motion.rows == second->motion.rows));
  BOOST_TEST((first->motion.offset == second->motion.offset));
}

BOOST_AUTO_TEST_CASE(volumes_that_do_not_fit_are_refused) {
  const auto head = small_head();
  const auto chest = small_chest();
  const auto result = register_rigidly(head.image, chest.image, {});
  BOOST_TEST((code_for(result) == errc::invalid_argument));
  BOOST_TEST(reason_for(result).rfind("the studies cannot be laid upon one another", 0) == 0U);
  auto air = head.image;
  std::fill(air.voxels.begin(), air.voxels.end(), int16_t(-1000));
  BOOST_TEST(reason_for(register_rigidly(head.image, air, {})) ==
             "a study shows no body that could be laid upon the other's");
  run_control control;
  control.cancelled = [] { return true; };
  BOOST_TEST((code_for(register_rigidly(head.image, head.image, control)) == errc::cancelled));
}

BOOST_AUTO_TEST_CASE(nodules_of_a_moved_chest_are_the_same_ones) {
  const auto chest = small_chest();
  const auto moved = motion(6, {0, 0, 1}, {8, 5, 4});
  const auto other = rescanned(chest.image, moved, 5);
  const auto now = ct_chest{}.analyse(chest.image, chest.made.traits, {});
  const auto before = ct_chest{}.analyse(other, chest.made.traits, {});
  BOOST_REQUIRE((now && before));
  BOOST_REQUIRE(now->candidates.size() == 6U);
  BOOST_REQUIRE(before->candidates.size() == 6U);
  const auto change = prior_change::compare({chest.image, *now}, {other, *before}, 90, {});
  BOOST_REQUIRE_MESSAGE(change, reason_for(change));
  BOOST_TEST(change->candidates.empty());
  BOOST_TEST(std::abs(value_of(*change, "REGROTATION") - 6) < 0.3);
  const auto lung = value_of(*now, "118565006", "39607008", "7771000");
  BOOST_TEST(std::abs(value_of(*change, "CHANGE-118565006", "39607008", "7771000") / lung) < 0.02);
}

BOOST_AUTO_TEST_CASE(findings_new_gone_and_grown_are_told) {
  const auto chest = small_chest();
  const auto moved = motion(3, {0, 0, 1}, {4, 0, 2});
  const auto other = rescanned(chest.image, moved, 5);
  const auto now =
      found_in({nodule({30, 10, 0}, 2), nodule({-40, 0, 20}, 1), nodule({-40, 20, -20}, 0.5), nodule({0, 0, 500}, 1)});
  const auto before = found_in({nodule(moved.applied_to({31, 10, 0}), 1), nodule(moved.applied_to({-40, 0, 19}), 1.1),
                                nodule(moved.applied_to({40, -30, 10}), 0.7)});
  const auto change = prior_change::compare({chest.image, now}, {other, before}, 100, {});
  BOOST_REQUIRE_MESSAGE(change, reason_for(change));
  BOOST_TEST(count_of(*change, "GROWN-27925004") == 1U);
  BOOST_TEST(count_of(*change, "NEW-27925004") == 1U);
  BOOST_TEST(count_of(*change, "GONE-27925004") == 1U);
  BOOST_TEST(change->candidates.size() == 3U);
  BOOST_TEST(std::abs(value_of(*change, "DOUBLINGTIME") - 100) < 1e-9);
  BOOST_TEST(warns(change->warnings, "1 findings lie where the other study shows nothing"));
  const auto gone = std::find_if(change->candidates.begin(), change->candidates.end(),
                                 [](const auto& each) { return each.finding.value == "GONE-27925004"; });
  BOOST_TEST(distance_of(gone->position, {40, -30, 10}) < 1);
}

BOOST_AUTO_TEST_CASE(results_that_cannot_be_compared_are_refused) {
  const auto head = small_head();
  auto now = found_in({});
  auto before = found_in({});
  before.analyser = "ct-head";
  BOOST_TEST(reason_for(prior_change::compare({head.image, now}, {head.image, before}, 1, {})) ==
             "the studies were analysed by ct-chest and ct-head");
  before = now;
  BOOST_TEST(reason_for(prior_change::compare({head.image, now}, {head.image, before}, -1, {})) ==
             "the prior study is the later one");
  const auto bleed = [&](double ml) {
    auto each = nodule({-38, 0, 8}, ml);
    each.finding = concepts::hemorrhage();
    return found_in({each});
  };
  now = bleed(20);
  before = bleed(10);
  before.version = "0.9";
  const auto change = prior_change::compare({head.image, now}, {head.image, before}, 0, {});
  BOOST_REQUIRE_MESSAGE(change, reason_for(change));
  BOOST_TEST((change->priority == urgency::urgent));
  BOOST_TEST(change->urgency_reason == "a hyperdense region of 20.0 ml is larger since the prior study");
  BOOST_TEST(warns(change->warnings, "versions 1.0 and 0.9"));
  BOOST_TEST(std::isnan(value_of(*change, "DOUBLINGTIME")));
}

BOOST_AUTO_TEST_SUITE_END()
