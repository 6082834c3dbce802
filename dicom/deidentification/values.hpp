#pragma once

#include "dicom/element.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// Makes the values that take the place of those that identify a patient, the same for all instances of one.
class deidentified_values {
public:
  /// `names`: UTF-8 texts whose words tell who the patient, the people around and the places are.
  deidentified_values(std::string secret, std::string_view patient_id, const std::vector<std::string>& names);

  /// Returns one or more UIDs, divided by "\", replaced.
  [[nodiscard]] std::string uids(std::string_view text) const;

  /// Returns 16 hex digits that stand for the patient.
  [[nodiscard]] const std::string& pseudonym() const { return pseudonym_; }

  /// Returns DA or DT values, each shifted; what is no date becomes "".
  [[nodiscard]] std::string shifted_dates(std::string_view text) const;

  /// Returns a value of this VR that says nothing, in the byte order that all zeros have.
  [[nodiscard]] static std::string dummy(vr representation);

  /// Returns UTF-8 `text` without the words that identify and without digits that may be a date or a number of
  /// somebody (four and more in a row).
  [[nodiscard]] std::string cleaned(std::string_view text) const;

private:
  [[nodiscard]] std::string shifted_date(std::string_view text) const;

  std::string secret_;
  std::string pseudonym_;
  int shift_ = 0;                  ///< days earlier
  std::vector<std::string> words_; ///< folded, sorted
};

} // namespace noctis
