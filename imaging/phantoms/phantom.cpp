#include "imaging/phantoms/phantom.hpp"

#include "imaging/phantoms/anatomy.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

bool begins_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

series_traits traits_of(const std::string& kind, const phantom& made, const scan_options& scan) {
  series_traits traits;
  traits.modality = "CT";
  traits.body_part = begins_with(kind, "head") ? "HEAD"
                     : kind == "water"         ? "PHANTOM"
                     : kind == "calcium"       ? "HEART"
                                               : "CHEST";
  traits.study_description = "Noctis phantom " + kind;
  traits.series_description = kind == "calcium" ? "Calcium score" : "Phantom " + kind;
  traits.photometric_interpretation = "MONOCHROME2";
  traits.image_type = {"DERIVED", "PRIMARY", "AXIAL"};
  traits.patient_position = "HFS";
  traits.kvp = 120;
  traits.slice_thickness = scan.slice_mm;
  traits.slices = made.slices.size();
  return traits;
}

bool is_possible(const scan_options& scan) {
  const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
  return within(scan.columns, 16, 2048) && within(scan.slices, 1, 4000) && within(scan.pixel_mm, 0.05, 20) &&
         within(scan.slice_mm, 0.05, 50) && within(scan.noise, 0, 500) && within(scan.tilt, -45, 45) &&
         within(scan.cupping, -500, 500) && within(scan.offset, -500, 500);
}

known_scene scene_of(const std::string& kind, const scan_options& scan, double scale) {
  if (kind == "calcium") return calcium_scene(scan);
  if (kind == "water") return water_scene(scan);
  if (begins_with(kind, "head")) return head_scene(kind == "head-bleed", scan.seed);
  return chest_scene(kind == "lungs-emphysema", kind == "lungs-nodules", scale, scan.seed);
}

} // namespace

const std::vector<std::string>& phantom_kinds() {
  static const std::vector<std::string> kinds{"lungs",      "lungs-emphysema", "lungs-nodules", "head",
                                              "head-bleed", "calcium",         "water"};
  return kinds;
}

scan_options usual_scan(const std::string& kind, double scale) {
  scan_options scan;
  if (begins_with(kind, "head")) {
    scan.columns = uint32_t(std::lround(512 * scale));
    scan.pixel_mm = 0.45 / scale;
    scan.slices = 40;
    scan.slice_mm = 4;
  } else if (kind == "calcium") {
    scan.columns = uint32_t(std::lround(512 * scale));
    scan.pixel_mm = 0.7 / scale;
    scan.slices = 50;
    scan.slice_mm = 3;
  } else if (kind == "water") {
    scan.columns = uint32_t(std::lround(512 * scale));
    scan.pixel_mm = 0.5 / scale;
    scan.slices = 20;
    scan.slice_mm = 5;
  } else {
    scan.columns = uint32_t(std::lround(512 * scale));
    scan.slices = uint32_t(std::lround(240 * scale));
  }
  return scan;
}

caf::expected<phantom> make_phantom(const std::string& kind, const scan_options& scan, double scale) {
  const auto& kinds = phantom_kinds();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    return failure(errc::invalid_argument, "no phantom is called '" + kind + "'");
  if (!is_possible(scan)) return failure(errc::invalid_argument, "the phantom's scan has an impossible value");
  if (!(scale >= 0.25 && scale <= 1)) return failure(errc::invalid_argument, "a phantom's scale is 0.25 to 1");
  auto known = scene_of(kind, scan, scale);
  phantom made;
  made.slices = noctis::scan(known.shapes, scan);
  made.traits = traits_of(kind, made, scan);
  made.truth = std::move(known.truth);
  return made;
}

} // namespace noctis
