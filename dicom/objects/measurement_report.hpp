#pragma once

#include "dicom/objects/made_object.hpp"
#include "messages/annotations.hpp"

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// What is the manufacturer of our own objects, and what their series are called: by these they are known again.
inline constexpr const char* own_manufacturer = "Noctis";
inline constexpr const char* measurements_description = "Noctis measurements";
inline constexpr const char* key_images_description = "Noctis key images";

/// The SOP Instance UID of a document, derived from its set and serial: what is written again has the same.
std::string document_uid(const annotation_document& document);

/// The Series Instance UID of a set's documents.
std::string document_series_uid(const annotation_document& document);

/// Writes annotations as a measurement report (PS3.16 TID 1500): a Comprehensive 3D SR where one of them is in patient
/// space, else a Comprehensive SR; Explicit VR Little Endian, ISO_IR 192. Areas become TID 1410 groups with an image
/// region, all others TID 1501 groups whose measurements are inferred from coordinates. Patient and study are as the
/// index has them, the former document is named as predecessor. Without annotations it says that there are none.
/// The bytes depend on the arguments alone. Errors: `internal` where DCMTK refuses what it was given.
caf::expected<made_object> write_measurement_report(const study_row& study, const annotation_document& document);

/// Writes key images as a Key Object Selection (PS3.16 TID 2010, "Of Interest"). Errors: `invalid_argument` without
/// annotations, which such a document cannot be; `internal`.
caf::expected<made_object> write_key_objects(const study_row& study, const annotation_document& document);

/// What a measurement report of ours says.
struct restored_annotations {
  std::string author;                  ///< Person Observer Name
  std::vector<annotation> annotations; ///< without view, version and author
};

/// Reads the annotations of a measurement report that `write_measurement_report` wrote. Errors: `malformed_data_set`,
/// `truncated_data_set`; `invalid_argument` for what is not an SR document of ours.
caf::expected<restored_annotations> read_measurement_report(const uint8_t* file, size_t size);

} // namespace noctis
