#pragma once

#include "dicom/element.hpp"
#include "dicom/scanner.hpp"

#include <caf/error.hpp>

#include <map>
#include <string>
#include <vector>

namespace noctis {

/// What a data set that is to be de-identified says of its patient.
class deidentification_subject {
public:
  /// Returns the tags, ascending, that the scanner must keep.
  static std::vector<tag_number> tags();

  explicit deidentification_subject(const header_scanner& scanned);

  /// Returns the text of an attribute in UTF-8, "" where it is absent.
  [[nodiscard]] std::string text(tag_number tag) const;

  /// Returns the texts whose words no cleaned text may keep: names, numbers and places.
  [[nodiscard]] std::vector<std::string> names() const;

  /// Refuses images that show, or may show, who the patient is (PS3.15 E.3.1): `state_conflict`.
  [[nodiscard]] caf::error check_pixels() const;

private:
  std::map<tag_number, std::string> texts_;
  bool has_pixel_data_;
};

} // namespace noctis
