#include "bench/ai/accuracy.hpp"

#include "imaging/analysers/ct_calcium.hpp"
#include "imaging/analysers/ct_chest.hpp"
#include "imaging/analysers/ct_head.hpp"
#include "imaging/analysers/hu_calibration.hpp"
#include "imaging/phantoms/phantom.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <stdexcept>

namespace noctis::bench {

namespace {

struct measured_phantom {
  phantom made;
  volume image;
  analysis result;
};

double value_of(const analysis& result, const std::string& code, const std::string& site = {},
                const std::string& laterality = {}) {
  for (const auto& each : result.measurements)
    if (each.quantity.value == code && (site.empty() || (each.site && each.site->value == site)) &&
        (laterality.empty() || (each.laterality && each.laterality->value == laterality)))
      return each.value;
  return std::numeric_limits<double>::quiet_NaN();
}

measured_phantom measured(const analyser& by, const std::string& kind, scan_options scan, double scale) {
  std::fprintf(stderr, "%s: %s, seed %llu, noise %.0f HU, tilt %.0f°\n", by.name().c_str(), kind.c_str(),
               static_cast<unsigned long long>(scan.seed), scan.noise, scan.tilt);
  auto made = make_phantom(kind, scan, scale);
  if (!made) throw std::runtime_error(reason_of(made.error()));
  auto image = volume_of(made->slices, made->traits);
  if (!image) throw std::runtime_error(reason_of(image.error()));
  if (const auto fits = by.applies_to(made->traits); !fits.applies) throw std::runtime_error(fits.reason);
  auto result = by.analyse(*image, made->traits, {});
  if (!result) throw std::runtime_error(reason_of(result.error()));
  return {std::move(*made), std::move(*image), std::move(*result)};
}

/// Calls `measure` with a scan of each seed and noise.
template <class Measure>
void for_scans(const accuracy_options& options, const std::string& kind, double scale, std::vector<double> noises,
               Measure measure) {
  if (options.quick) noises.resize(1);
  for (uint64_t seed = 1; seed <= options.seeds; ++seed)
    for (const auto noise : noises) {
      auto scan = usual_scan(kind, scale);
      scan.seed = seed;
      scan.noise = noise;
      measure(scan);
    }
}

constexpr const char* lung = "39607008";
constexpr const char* volume_code = "118565006";

void compare_lungs(const measured_phantom& phantom, error_table& table) {
  const auto& truth = phantom.made.truth;
  const auto percent = [&](const char* side, double true_ml) {
    return 100 * (value_of(phantom.result, volume_code, lung, side) / true_ml - 1);
  };
  table.add("ct-chest", "volume of the right lung", "%", 3, percent("24028007", *truth.right_lung_ml));
  table.add("ct-chest", "volume of the left lung", "%", 3, percent("7771000", *truth.left_lung_ml));
}

void compare_nodules(const measured_phantom& phantom, error_table& table) {
  const auto& found = phantom.result.candidates;
  const auto& nodules = phantom.made.truth.nodules;
  double missed = 0;
  double matched = 0;
  for (const auto& nodule : nodules) {
    const auto same = std::find_if(found.begin(), found.end(), [&](const candidate& each) {
      return distance_of(each.position, nodule.position) < nodule.diameter_mm / 2;
    });
    if (same == found.end()) {
      ++missed;
      continue;
    }
    ++matched;
    table.add("ct-chest", "diameter of nodules of 6 to 14 mm", "voxel", 1,
              (same->diameter_mm - nodule.diameter_mm) / phantom.image.spacing[0]);
    table.add("ct-chest", "place of nodules", "mm", 2, distance_of(same->position, nodule.position));
  }
  table.add("ct-chest", "nodules missed in a phantom of 6", "", 0, missed);
  table.add("ct-chest", "false nodules beside true ones", "", 1, double(found.size()) - matched);
}

void measure_chest(const accuracy_options& options, error_table& table) {
  const ct_chest by;
  for_scans(options, "lungs", options.scale, {20, 35}, [&](const scan_options& scan) {
    const auto phantom = measured(by, "lungs", scan, options.scale);
    compare_lungs(phantom, table);
    table.add("ct-chest", "nodules in a chest without any", "", 0, double(phantom.result.candidates.size()));
  });
  for_scans(options, "lungs-emphysema", options.scale, {15, 25}, [&](const scan_options& scan) {
    const auto phantom = measured(by, "lungs-emphysema", scan, options.scale);
    compare_lungs(phantom, table);
    table.add("ct-chest", "LAA-950", "points", 1,
              value_of(phantom.result, "LAA950") - *phantom.made.truth.emphysema_percent);
  });
  for_scans(options, "lungs-nodules", options.scale, {20, 35}, [&](const scan_options& scan) {
    const auto phantom = measured(by, "lungs-nodules", scan, options.scale);
    compare_lungs(phantom, table);
    compare_nodules(phantom, table);
  });
}

void compare_head(const measured_phantom& phantom, error_table& table) {
  const auto& truth = phantom.made.truth;
  const auto percent = [&](const char* site, double true_ml) {
    return 100 * (value_of(phantom.result, volume_code, site) / true_ml - 1);
  };
  table.add("ct-head", "volume inside the skull", "%", 3, percent("12738006", *truth.brain_ml));
  table.add("ct-head", "volume of the ventricles", "%", 5, percent("35764002", *truth.ventricles_ml));
  table.add("ct-head", "midline shift", "mm", 2, value_of(phantom.result, "MIDLINESHIFT") - *truth.midline_shift_mm);
}

void compare_bleed(const measured_phantom& phantom, error_table& table, const std::string& where) {
  const auto& found = phantom.result.candidates;
  const auto& truth = phantom.made.truth;
  table.add("ct-head", "bleeds missed or too many", "", 0, double(found.size()) - 1);
  if (found.empty()) return;
  table.add("ct-head", "volume of the bleed" + where, "%", 5, 100 * (found.front().volume_ml / *truth.bleed_ml - 1));
  table.add("ct-head", "place of the bleed", "mm", 2, distance_of(found.front().position, *truth.bleed_position));
}

void measure_head(const accuracy_options& options, error_table& table) {
  const ct_head by;
  constexpr double half = 0.5;
  for_scans(options, "head", half, {4, 7}, [&](const scan_options& scan) {
    const auto phantom = measured(by, "head", scan, 1);
    compare_head(phantom, table);
    table.add("ct-head", "bleeds in a head without any", "", 0, double(phantom.result.candidates.size()));
  });
  for_scans(options, "head-bleed", half, {4, 7}, [&](scan_options scan) {
    const auto phantom = measured(by, "head-bleed", scan, 1);
    compare_head(phantom, table);
    compare_bleed(phantom, table, "");
    scan.tilt = 15;
    compare_bleed(measured(by, "head-bleed", scan, 1), table, ", gantry tilted by 15°");
  });
}

void measure_calcium(const accuracy_options& options, error_table& table) {
  const ct_calcium by;
  for_scans(options, "calcium", 1, {5, 10}, [&](scan_options scan) {
    scan.slices = 36;
    const auto phantom = measured(by, "calcium", scan, 1);
    const auto& truth = phantom.made.truth;
    table.add("ct-calcium", "Agatston score", "%", 5, 100 * (value_of(phantom.result, "112055") / *truth.agatston - 1));
    table.add("ct-calcium", "volume score", "%", 5,
              100 * (value_of(phantom.result, "112056") / *truth.calcium_mm3 - 1));
  });
}

void measure_water(const accuracy_options& options, error_table& table) {
  const hu_calibration by;
  for_scans(options, "water", 1, {5, 12}, [&](scan_options scan) {
    scan.offset = double(scan.seed % 3) * 7 - 7; // a scanner out of calibration
    const auto phantom = measured(by, "water", scan, 1);
    table.add("hu-calibration", "density of water", "HU", 1,
              value_of(phantom.result, "112181", "MATERIAL-water") - scan.offset);
    for (const auto& rod : phantom.made.truth.rods) {
      // Nothing is darker than -1024 HU in the phantom's scanner.
      if (rod.hu < -1024 + 3 * scan.noise) continue;
      table.add("hu-calibration", "density of rods", "HU", 1,
                value_of(phantom.result, "112181", "MATERIAL-" + rod.material) - rod.hu);
    }
    table.add("hu-calibration", "image noise", "HU", 1, value_of(phantom.result, "NOISE") - scan.noise);
  });
}

} // namespace

error_table measure_accuracy(const accuracy_options& options) {
  error_table table;
  measure_chest(options, table);
  measure_head(options, table);
  measure_calcium(options, table);
  measure_water(options, table);
  return table;
}

} // namespace noctis::bench
