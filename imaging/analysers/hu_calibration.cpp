#include "imaging/analysers/hu_calibration.hpp"

#include "imaging/analysers/applies.hpp"
#include "imaging/analysers/cylinder.hpp"
#include "imaging/concepts.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noctis {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double unknown_beyond = 3;   // tolerances from the nearest material that leave a rod unnamed
constexpr double uniformity_limit = 5; // HU
constexpr size_t most_rods = 40;
constexpr double water_like = 150; // HU by which a filling may differ from water

std::string hu_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f HU", value);
  return text;
}

const expected_material* nearest(const std::vector<expected_material>& materials, double hu) {
  const auto found = std::min_element(materials.begin(), materials.end(), [hu](const auto& a, const auto& b) {
    return std::abs(a.hu - hu) < std::abs(b.hu - hu);
  });
  if (found == materials.end() || std::abs(found->hu - hu) > unknown_beyond * found->tolerance) return nullptr;
  return &*found;
}

class calibration_reader {
public:
  calibration_reader(const volume& image, const std::vector<expected_material>& materials, phantom_cylinder cylinder,
                     analysis& result)
      : image_(image), materials_(materials), cylinder_(std::move(cylinder)), result_(result) {}

  void rods() {
    const auto& round = cylinder_.outline;
    auto filling = measure_field(image_, {round.column, round.row, round.radius * 0.25}, cylinder_.slices);
    const auto found = find_rods(image_, cylinder_, filling.mean);
    if (found.size() > most_rods)
      result_.warnings.emplace_back("more than 40 parts look like rods: the first are measured");
    for (size_t i = 0; i < std::min(found.size(), most_rods); ++i) measure(found[i]);
    std::vector<size_t> plain;
    for (const auto k : cylinder_.slices)
      if (std::none_of(found.begin(), found.end(),
                       [k](const auto& rod) { return k + 1 >= rod.first && k <= rod.last + 1; }))
        plain.push_back(k);
    if (plain.empty()) result_.warnings.emplace_back("no slice without rods: water is measured between them");
    plain_ = plain.empty() ? cylinder_.slices : plain;
  }

  void water() {
    const auto& round = cylinder_.outline;
    const auto centre = measure_field(image_, {round.column, round.row, round.radius * 0.15}, plain_);
    double worst = 0;
    for (int side = 0; side < 4; ++side) {
      const auto reach = 0.75 * round.radius;
      const circle field{round.column + reach * std::cos(side * pi / 2) / image_.spacing[0],
                         round.row + reach * std::sin(side * pi / 2) / image_.spacing[1], round.radius * 0.1};
      const auto difference = measure_field(image_, field, plain_).mean - centre.mean;
      if (std::abs(difference) > std::abs(worst)) worst = difference;
    }
    add_material("water", centre.mean, position_of(round, plain_[plain_.size() / 2]));
    measure(concepts::own("NOISE", "Image noise"), centre.deviation);
    measure(concepts::own("NONUNIFORMITY", "Difference of periphery from centre"), worst);
    if (std::abs(worst) > uniformity_limit)
      result_.warnings.push_back("the periphery differs from the centre by " + hu_text(worst));
  }

private:
  [[nodiscard]] vector3 position_of(const circle& field, size_t slice) const {
    return image_.point_of(field.column, field.row, double(slice));
  }

  void measure(const coded_concept& what, double value) {
    result_.measurements.push_back({what, value, concepts::hounsfield_unit, concepts::phantom(), {}, {}});
  }

  void measure(const phantom_rod& rod) {
    std::vector<size_t> slices;
    for (auto k = rod.first; k <= rod.last; ++k) slices.push_back(k);
    const circle inner{rod.outline.column, rod.outline.row, rod.outline.radius * 0.6};
    const auto field = measure_field(image_, inner, slices);
    const auto* material = nearest(materials_, field.mean);
    add_material(material != nullptr ? material->name : "unknown", field.mean,
                 position_of(rod.outline, (rod.first + rod.last) / 2));
  }

  /// Adds the density of a material and its difference from what is expected.
  void add_material(const std::string& material, double hu, const vector3& position) {
    const coded_concept site = concepts::own("MATERIAL-" + material, material);
    result_.measurements.push_back({concepts::mean_attenuation(), hu, concepts::hounsfield_unit, site, {}, position});
    const auto expected =
        std::find_if(materials_.begin(), materials_.end(), [&](const auto& each) { return each.name == material; });
    if (expected == materials_.end()) return;
    const auto difference = hu - expected->hu;
    result_.measurements.push_back({concepts::own("DEVIATION", "Difference from the expected density"),
                                    difference,
                                    concepts::hounsfield_unit,
                                    site,
                                    {},
                                    position});
    if (std::abs(difference) > expected->tolerance)
      result_.warnings.push_back(material + " measures " + hu_text(hu) + ", expected are " + hu_text(expected->hu) +
                                 " ± " + hu_text(expected->tolerance));
  }

  const volume& image_;
  const std::vector<expected_material>& materials_;
  phantom_cylinder cylinder_;
  analysis& result_;
  std::vector<size_t> plain_;
};

} // namespace

const std::vector<expected_material>& usual_materials() {
  static const std::vector<expected_material> materials{
      {"air", -1000, 30},   {"polyethylene", -95, 15},     {"polystyrene", -40, 15}, {"water", 0, 5},
      {"acrylic", 120, 15}, {"polyoxymethylene", 345, 30}, {"teflon", 990, 60}};
  return materials;
}

applicability hu_calibration::applies_to(const series_traits& traits) const {
  if (auto ct = is_ct(traits); !ct.applies) return ct;
  if (!mentions(traits, {"phantom", "water", "qa", "qc", "calib", "catphan", "acr"}))
    return {false, "the headers name no phantom"};
  return {true, {}};
}

caf::expected<analysis> hu_calibration::analyse(const volume& image, const series_traits&,
                                                const run_control& control) const {
  analysis result;
  result.analyser = name();
  result.version = version();
  result.warnings = image.warnings;
  auto cylinder = find_cylinder(image);
  if (!cylinder) return failure(errc::invalid_argument, "no round phantom found");
  const auto& round = cylinder->outline;
  const auto filling = measure_field(image, {round.column, round.row, round.radius * 0.15}, cylinder->slices).mean;
  if (std::abs(filling) > water_like)
    return failure(errc::invalid_argument,
                   "the phantom's middle measures " + hu_text(filling) + ": it is not of water");
  if (auto error = reached(control, 0.3)) return error;
  calibration_reader reader{image, materials_, std::move(*cylinder), result};
  reader.rods();
  if (auto error = reached(control, 0.8)) return error;
  reader.water();
  if (auto error = reached(control, 1)) return error;
  return result;
}

} // namespace noctis
