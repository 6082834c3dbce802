#include "dicom/deidentification/values.hpp"

#include "dicom/deidentification/deidentify.hpp"
#include "dicom/matching.hpp"
#include "dicom/numbers.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "dicom/vr.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace noctis {

namespace {

constexpr std::string_view standard_root = "1.2.840.10008.";
constexpr int longest_shift = 3650;

using keyed_hash = std::array<uint8_t, 32>;

/// Returns HMAC-SHA-256 of what `text` is used for and itself.
keyed_hash hash_of(std::string_view secret, std::string_view purpose, std::string_view text) {
  const auto message = std::string{purpose}.append(1, '\0').append(text);
  keyed_hash result{};
  unsigned size = result.size();
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), result.data(), &size);
  return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether `c` belongs to a word: a letter, a digit or a byte of another script.
bool in_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Calls `take` with each word of `text` and with what stands between words.
template <class Take>
void for_each_word(std::string_view text, Take take) {
  for (size_t at = 0; at < text.size();) {
    const auto begin = at;
    const bool word = in_word(text[at]);
    while (at < text.size() && in_word(text[at]) == word) ++at;
    take(text.substr(begin, at - begin), word);
  }
}

/// Whether a word has four digits in a row.
bool has_number(std::string_view word) {
  size_t digits = 0;
  return std::any_of(word.begin(), word.end(), [&digits](char c) {
    digits = is_digit(c) ? digits + 1 : 0;
    return digits >= 4;
  });
}

bool beyond_ascii(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

template <class Change>
std::string each_value(std::string_view text, Change change) {
  std::string result;
  for (const auto value : split_values(text)) result.append(result.empty() ? "" : "\\").append(change(value));
  return result;
}

} // namespace

std::string deidentified_uid(std::string_view uid, std::string_view secret) {
  if (uid.empty() || uid.substr(0, standard_root.size()) == standard_root) return std::string{uid};
  const auto hash = hash_of(secret, "uid", uid);
  std::array<uint8_t, 16> bytes{};
  std::copy_n(hash.begin(), bytes.size(), bytes.begin());
  return uid_of_uuid(bytes, 8);
}

deidentified_values::deidentified_values(std::string secret, std::string_view patient_id,
                                         const std::vector<std::string>& names)
    : secret_(std::move(secret)) {
  const auto hash = hash_of(secret_, "patient", patient_id);
  for (size_t i = 0; i < 8; ++i) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02X", static_cast<unsigned>(hash[i]));
    pseudonym_ += digits;
  }
  shift_ = 1 + (hash[8] << 8 | hash[9]) % longest_shift;
  for (const auto& name : names) {
    for_each_word(folded(name), [this](std::string_view word, bool is_word) {
      const size_t shortest = beyond_ascii(word) ? 3 : 2; // bytes: one character of a script such as Han
      if (is_word && word.size() >= shortest) words_.emplace_back(word);
    });
  }
  std::sort(words_.begin(), words_.end());
}

std::string deidentified_values::uids(std::string_view text) const {
  return each_value(text, [this](std::string_view uid) { return deidentified_uid(uid, secret_); });
}

std::string deidentified_values::shifted_dates(std::string_view text) const {
  return each_value(text, [this](std::string_view value) { return shifted_date(value); });
}

std::string deidentified_values::shifted_date(std::string_view text) const {
  const bool has_time = text.size() > 8 && std::all_of(text.begin(), text.begin() + 8, is_digit);
  const auto date = normalized_date(has_time ? text.substr(0, 8) : text);
  if (date.empty()) return {};
  std::tm day{};
  day.tm_year = std::stoi(date.substr(0, 4)) - 1900;
  day.tm_mon = std::stoi(date.substr(4, 2)) - 1;
  day.tm_mday = std::stoi(date.substr(6, 2)) - shift_;
  timegm(&day); // brings the day into its month
  char shifted[48];
  std::snprintf(shifted, sizeof shifted, "%04d%02d%02d", std::max(day.tm_year + 1900, 1) % 10000, day.tm_mon + 1,
                day.tm_mday);
  return std::string{shifted}.append(has_time ? text.substr(8) : std::string_view{});
}

std::string deidentified_values::dummy(vr representation) {
  switch (representation) {
  case vr::AE:
  case vr::CS:
  case vr::SH:
  case vr::LO:
  case vr::LT:
  case vr::PN:
  case vr::ST:
  case vr::UC:
  case vr::UT:
    return "ANONYMIZED";
  case vr::AS:
    return "000Y";
  case vr::DA:
    return "19000101";
  case vr::DT:
    return "19000101000000";
  case vr::TM:
    return "000000";
  case vr::DS:
  case vr::IS:
    return "0";
  case vr::UR:
    return "about:blank";
  case vr::UI:
    return "2.25.0";
  default:
    break;
  }
  std::string zeros(std::max<size_t>(unit_size(representation), 2), '\0');
  return zeros;
}

std::string deidentified_values::cleaned(std::string_view text) const {
  std::string result;
  for_each_word(text, [&](std::string_view part, bool is_word) {
    if (is_word) {
      const auto word = folded(part);
      if (has_number(word) || std::binary_search(words_.begin(), words_.end(), word)) return;
      // Scripts without spaces: a name may stand inside what looks like one word.
      const bool holds_name =
          beyond_ascii(word) && std::any_of(words_.begin(), words_.end(), [&word](const auto& name) {
            return beyond_ascii(name) && word.find(name) != std::string::npos;
          });
      if (holds_name) return;
    }
    result += part;
  });
  return result;
}

} // namespace noctis
