#pragma once

#include "messages/analyses.hpp"

#include <string>

// The codes of measurement reports. For the sources of this room alone.

namespace noctis {

/// A coded concept (PS3.3 8.1).
struct concept_code {
  const char* value;
  const char* scheme;
  const char* meaning;
};

/// The scheme of what no other scheme has.
inline constexpr const char* own_scheme = "99NOCTIS";

namespace code {

inline constexpr concept_code report{"126000", "DCM", "Imaging Measurement Report"};
inline constexpr concept_code language{"121049", "DCM", "Language of Content Item and Descendants"};
inline constexpr concept_code english{"en", "RFC5646", "English"};
inline constexpr concept_code observer_type{"121005", "DCM", "Observer Type"};
inline constexpr concept_code person{"121006", "DCM", "Person"};
inline constexpr concept_code device{"121007", "DCM", "Device"};
inline constexpr concept_code device_uid{"121012", "DCM", "Device Observer UID"};
inline constexpr concept_code device_name{"121013", "DCM", "Device Observer Name"};
inline constexpr concept_code device_manufacturer{"121014", "DCM", "Device Observer Manufacturer"};
inline constexpr concept_code device_model{"121015", "DCM", "Device Observer Model Name"};
inline constexpr concept_code device_serial_number{"121016", "DCM", "Device Observer Serial Number"};
inline constexpr concept_code algorithm_name{"111001", "DCM", "Algorithm Name"};
inline constexpr concept_code algorithm_version{"111003", "DCM", "Algorithm Version"};
inline constexpr concept_code center{"111010", "DCM", "Center"};
inline constexpr concept_code finding_site{"363698007", "SCT", "Finding Site"};
inline constexpr concept_code laterality{"272741003", "SCT", "Laterality"};
inline constexpr concept_code diameter{"81827009", "SCT", "Diameter"};
inline constexpr concept_code volume{"118565006", "SCT", "Volume"};
inline constexpr concept_code mean_attenuation{"112181", "DCM", "Mean Attenuation Coefficient"};
inline constexpr concept_code person_name{"121008", "DCM", "Person Observer Name"};
inline constexpr concept_code procedure_reported{"121058", "DCM", "Procedure reported"};
inline constexpr concept_code imaging_procedure{"363679005", "SCT", "Imaging procedure"};
inline constexpr concept_code image_library{"111028", "DCM", "Image Library"};
inline constexpr concept_code image_library_group{"126200", "DCM", "Image Library Group"};
inline constexpr concept_code measurements{"126010", "DCM", "Imaging Measurements"};
inline constexpr concept_code group{"125007", "DCM", "Measurement Group"};
inline constexpr concept_code tracking_identifier{"112039", "DCM", "Tracking Identifier"};
inline constexpr concept_code tracking_uid{"112040", "DCM", "Tracking Unique Identifier"};
inline constexpr concept_code finding_category{"276214006", "SCT", "Finding category"};
inline constexpr concept_code finding{"121071", "DCM", "Finding"};
inline constexpr concept_code comment{"121106", "DCM", "Comment"};
inline constexpr concept_code image_region{"111030", "DCM", "Image Region"};
inline constexpr concept_code original_source{"111040", "DCM", "Original Source"};
inline constexpr concept_code source_of_measurement{"121112", "DCM", "Source of Measurement"};
inline constexpr concept_code series_uid{"112002", "DCM", "Series Instance UID"};
inline constexpr concept_code derivation{"121401", "DCM", "Derivation"};
inline constexpr concept_code of_interest{"113000", "DCM", "Of Interest"};
inline constexpr concept_code key_object_description{"113012", "DCM", "Key Object Description"};

} // namespace code

/// What a measurement is called: a concept, and what was derived of it, nullptr for nothing.
struct measurement_concept {
  const concept_code* what = nullptr;
  const concept_code* derivation = nullptr;
};

/// Returns the concept of a measurement (`annotation_measurement::name`) in a UCUM unit.
measurement_concept concept_of(const std::string& name, const std::string& unit);

/// Returns the name of the measurement that has these codes ("" as derivation: none), "" where there is none.
std::string measurement_named(const std::string& concept_value, const std::string& derivation_value);

/// Returns the code of a UCUM unit that annotations have, "1" for others.
concept_code unit_code(const std::string& unit);

/// Returns the code of any UCUM unit; one without a known name is called as it is written.
code_text ucum_code(const std::string& unit);

/// Returns what a kind of annotation is called.
const char* kind_meaning(const std::string& kind);

} // namespace noctis
