#include "dicom/objects/measurement_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace noctis {

namespace {

constexpr concept_code attenuation{"112031", "DCM", "Attenuation Coefficient"};
constexpr concept_code uptake{"126401", "DCM", "SUVbw"};
constexpr concept_code pixel_value{"pixel_value", own_scheme, "Pixel value"};

/// Of units that analysers have besides.
constexpr std::array<concept_code, 8> more_units{{
    {"ml", "UCUM", "milliliter"},
    {"%", "UCUM", "percent"},
    {"mm3", "UCUM", "cubic millimeter"},
    {"mGy", "UCUM", "milligray"},
    {"mGy.cm", "UCUM", "milligray centimeter"},
    {"cm", "UCUM", "centimeter"},
    {"s", "UCUM", "second"},
    {"kV", "UCUM", "kilovolt"},
}};

constexpr std::array<std::pair<const char*, concept_code>, 7> sizes{{
    {"length", {"410668003", "SCT", "Length"}},
    {"long_axis", {"103339001", "SCT", "Long Axis"}},
    {"short_axis", {"103340004", "SCT", "Short Axis"}},
    {"angle", {"1483009", "SCT", "Angle"}},
    {"area", {"42798000", "SCT", "Area"}},
    {"perimeter", {"131191004", "SCT", "Perimeter"}},
    {"ratio", {"cardiothoracic", own_scheme, "Cardiothoracic ratio"}},
}};

constexpr std::array<std::pair<const char*, concept_code>, 4> derivations{{
    {"mean", {"373098007", "SCT", "Mean"}},
    {"sd", {"386136009", "SCT", "Standard Deviation"}},
    {"min", {"255605001", "SCT", "Minimum"}},
    {"max", {"56851009", "SCT", "Maximum"}},
}};

constexpr std::array<concept_code, 8> units{{
    {"mm", "UCUM", "millimeter"},
    {"deg", "UCUM", "degree"},
    {"mm2", "UCUM", "square millimeter"},
    {"[hnsf'U]", "UCUM", "Hounsfield unit"},
    {"g/ml{SUVbw}", "UCUM", "Standardized Uptake Value body weight"},
    {"{pixels}", "UCUM", "pixels"},
    {"Bq/ml", "UCUM", "Becquerels/milliliter"},
    {"{counts}", "UCUM", "Counts"},
}};
constexpr concept_code no_units{"1", "UCUM", "no units"};

constexpr std::array<std::pair<const char*, const char*>, 12> kinds{{
    {"length", "Length"},
    {"bidirectional", "Bidirectional"},
    {"angle", "Angle"},
    {"cobb_angle", "Cobb angle"},
    {"ellipse", "Ellipse"},
    {"rectangle", "Rectangle"},
    {"freehand", "Freehand region"},
    {"probe", "Probe"},
    {"arrow", "Arrow"},
    {"text", "Text"},
    {"cardiothoracic_ratio", "Cardiothoracic ratio"},
    {"key_image", "Key image"},
}};

template <class Table>
auto find_name(const Table& table, std::string_view name) {
  return std::find_if(table.begin(), table.end(), [name](const auto& one) { return one.first == name; });
}

template <class Table>
auto find_code(const Table& table, std::string_view value) {
  return std::find_if(table.begin(), table.end(), [value](const auto& one) { return one.second.value == value; });
}

const concept_code* pixel_concept(const std::string& unit) {
  if (unit == "[hnsf'U]") return &attenuation;
  return unit == "g/ml{SUVbw}" ? &uptake : &pixel_value;
}

} // namespace

measurement_concept concept_of(const std::string& name, const std::string& unit) {
  if (const auto size = find_name(sizes, name); size != sizes.end()) return {&size->second, nullptr};
  const auto derived = find_name(derivations, name);
  return {pixel_concept(unit), derived == derivations.end() ? nullptr : &derived->second};
}

std::string measurement_named(const std::string& concept_value, const std::string& derivation_value) {
  if (const auto size = find_code(sizes, concept_value); size != sizes.end()) return size->first;
  const bool is_of_pixels =
      concept_value == attenuation.value || concept_value == uptake.value || concept_value == pixel_value.value;
  if (!is_of_pixels) return {};
  if (derivation_value.empty()) return "value";
  const auto derived = find_code(derivations, derivation_value);
  return derived == derivations.end() ? std::string{} : derived->first;
}

concept_code unit_code(const std::string& unit) {
  const auto* const found =
      std::find_if(units.begin(), units.end(), [&](const auto& one) { return one.value == unit; });
  return found == units.end() ? no_units : *found;
}

code_text ucum_code(const std::string& unit) {
  if (unit.empty() || unit == no_units.value) return {no_units.value, no_units.scheme, no_units.meaning};
  for (const auto& known : more_units) {
    if (unit == known.value) return {known.value, known.scheme, known.meaning};
  }
  for (const auto& known : units) {
    if (unit == known.value) return {known.value, known.scheme, known.meaning};
  }
  return {unit, no_units.scheme, unit};
}

const char* kind_meaning(const std::string& kind) {
  const auto* const found = find_name(kinds, kind);
  return found == kinds.end() ? "Annotation" : found->second;
}

} // namespace noctis
