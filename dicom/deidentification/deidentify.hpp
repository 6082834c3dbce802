#pragma once

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// The options of the Basic Application Level Confidentiality Profile (PS3.15 E.3), as bits.
namespace deidentification_options {
inline constexpr uint16_t uids = 1U << 0;               ///< retain UIDs
inline constexpr uint16_t device = 1U << 1;             ///< retain device identity
inline constexpr uint16_t institution = 1U << 2;        ///< retain institution identity
inline constexpr uint16_t patient = 1U << 3;            ///< retain patient characteristics
inline constexpr uint16_t dates = 1U << 4;              ///< retain longitudinal temporal information, full dates
inline constexpr uint16_t modified_dates = 1U << 5;     ///< the same, modified dates
inline constexpr uint16_t descriptors = 1U << 6;        ///< clean descriptors
inline constexpr uint16_t structured_content = 1U << 7; ///< clean structured content
inline constexpr uint16_t graphics = 1U << 8;           ///< clean graphics
inline constexpr uint16_t safe_private = 1U << 9;       ///< retain safe private attributes
} // namespace deidentification_options

/// The basic profile with some of its options.
struct deidentification_profile {
  uint16_t options = 0;

  [[nodiscard]] bool has(uint16_t option) const { return (options & option) != 0; }
};

/// Returns the profile that `text` names: "basic", with options behind it: "basic+dates+device". They are uids, device,
/// institution, patient, dates, modified-dates, descriptors, structured-content, graphics and safe-private. Error:
/// `invalid_argument`.
caf::expected<deidentification_profile> parse_profile(std::string_view text);

/// Returns the text that `parse_profile` reads.
std::string to_string(const deidentification_profile& profile);

struct deidentification {
  deidentification_profile profile;
  /// What new UIDs, pseudonyms and shifts of dates are derived from: the same secret gives the same for all instances
  /// of a patient. Must not be empty; who has it can tell whether a UID was made from another.
  std::string secret;
  /// Lets images pass whose pixels may show who the patient is.
  bool allows_burned_in = false;
};

/// De-identifies a Part 10 file by PS3.15 annex E. The transfer syntax stays; Pixel Data is kept as it is, bit for bit.
/// UIDs become "2.25." and a keyed hash (HMAC-SHA-256), Patient ID and Patient's Name a pseudonym made in the same way,
/// modified dates the same number of days (1 to 3650) earlier for all of a patient. What is not in the standard's table
/// stays, but for names of persons, private attributes and those that the data dictionary does not know.
/// Errors: those of `read_part10_meta` and `data_set_parser`; `invalid_argument` without a secret; `state_conflict` for
/// an image with burned-in annotation, or of a kind that often has it and doesn't say that it has none.
caf::expected<std::vector<uint8_t>> deidentify(const uint8_t* data, size_t size, const deidentification& how);

/// Returns the UID that takes the place of `uid`; UIDs that the standard defines (1.2.840.10008 …) stay.
std::string deidentified_uid(std::string_view uid, std::string_view secret);

} // namespace noctis
