#include "dicom/json/values.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/numbers.hpp"
#include "dicom/text.hpp"
#include "dicom/vr.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace noctis {

namespace {

constexpr double exact_integers = 9007199254740992.0; // 2^53

void write_binary(json_writer& out, vr representation, std::string_view bytes, bool big_endian) {
  std::string little{bytes};
  const auto unit = unit_size(representation);
  if (big_endian && unit > 1) {
    for (size_t at = 0; at + unit <= little.size(); at += unit)
      std::reverse(little.begin() + static_cast<std::ptrdiff_t>(at),
                   little.begin() + static_cast<std::ptrdiff_t>(at + unit));
  }
  std::string text((little.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(little.data()), static_cast<int>(little.size()));
  out.Key("InlineBinary");
  write_string(out, std::string_view{text}.substr(0, static_cast<size_t>(length)));
}

/// Writes one of a person's names, divided into its component groups (PS3.18 F.2.2).
void write_person_name(json_writer& out, std::string_view name) {
  constexpr std::string_view groups[]{"Alphabetic", "Ideographic", "Phonetic"};
  out.StartObject();
  for (const auto group : groups) {
    const auto end = name.find('=');
    const auto text = trimmed(name.substr(0, end));
    if (!text.empty()) {
      write_key(out, group);
      write_string(out, text);
    }
    if (end == std::string_view::npos) break;
    name.remove_prefix(end + 1);
  }
  out.EndObject();
}

/// Writes a number of single precision in the fewest digits that tell it from its neighbours.
void write_single(json_writer& out, float value) {
  if (!std::isfinite(value) || std::trunc(value) == value) return write_number(out, value);
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.RawValue(digits, static_cast<size_t>(end - digits), rapidjson::kNumberType);
}

void write_numbers(json_writer& out, vr representation, std::string_view bytes, bool big_endian) {
  const bool is_text = representation == vr::DS || representation == vr::IS;
  const auto texts = is_text ? split_values(bytes) : std::vector<std::string_view>{};
  const auto numbers = numbers_of(representation, bytes, big_endian);
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (is_text && texts[i].empty())
      out.Null();
    else if (is_text && !std::isfinite(numbers[i]))
      write_string(out, text_decoder{}.decode(texts[i]));
    else if (representation == vr::FL)
      write_single(out, static_cast<float>(numbers[i]));
    else
      write_number(out, numbers[i]);
  }
}

void write_tags(json_writer& out, std::string_view bytes, bool big_endian) {
  const auto* at = reinterpret_cast<const uint8_t*>(bytes.data());
  for (size_t left = bytes.size(); left >= 4; left -= 4, at += 4) {
    const auto group = static_cast<tag_number>(read_u16(at, big_endian));
    write_string(out, tag_digits(group << 16 | read_u16(at + 2, big_endian)));
  }
}

/// Returns `text` without what pads its end.
std::string_view without_padding(std::string_view text) {
  return text.substr(0, text.find_last_not_of(std::string_view{" \0", 2}) + 1);
}

/// Returns the values of `text`, as `split_values`, but with the spaces before them.
std::vector<std::string_view> divided(std::string_view text) {
  std::vector<std::string_view> result;
  while (true) {
    const auto end = text.find('\\');
    result.push_back(without_padding(text.substr(0, end)));
    if (end == std::string_view::npos) return result;
    text.remove_prefix(end + 1);
  }
}

/// Writes integers of 64 bits, as strings where a double would lose some of their digits.
template <class T>
void write_long_integers(json_writer& out, std::string_view bytes, bool big_endian) {
  const auto* at = reinterpret_cast<const uint8_t*>(bytes.data());
  for (size_t left = bytes.size(); left >= sizeof(T); left -= sizeof(T), at += sizeof(T)) {
    const auto number = static_cast<T>(read_u64(at, big_endian));
    if (std::abs(static_cast<double>(number)) < exact_integers)
      out.Int64(static_cast<int64_t>(number));
    else
      write_string(out, std::to_string(number));
  }
}

void write_texts(json_writer& out, vr representation, const std::string& text) {
  if (has_one_value(representation)) {
    write_string(out, keeps_leading_spaces(representation) ? without_padding(text) : trimmed(text));
    return;
  }
  const auto values = representation == vr::UC ? divided(text) : split_values(text);
  for (const auto value : values) {
    if (value.empty())
      out.Null();
    else if (representation == vr::PN)
      write_person_name(out, value);
    else
      write_string(out, value);
  }
}

} // namespace

void write_number(json_writer& out, double value) {
  if (std::isnan(value))
    out.String("NaN");
  else if (std::isinf(value))
    out.String(value > 0 ? "inf" : "-inf");
  else if (std::abs(value) < exact_integers && std::trunc(value) == value)
    out.Int64(static_cast<int64_t>(value));
  else
    out.Double(value);
}

void write_value_members(json_writer& out, vr representation, std::string_view bytes, bool big_endian,
                         text_decoder& decoder) {
  if (is_binary(representation)) {
    if (!bytes.empty()) write_binary(out, representation, bytes, big_endian);
    return;
  }
  const bool is_binary_number = unit_size(representation) > 1;
  if (is_binary_number ? bytes.size() < unit_size(representation) : trimmed(bytes).empty()) return;
  out.Key("Value");
  out.StartArray();
  if (representation == vr::AT) {
    write_tags(out, bytes, big_endian);
  } else if (representation == vr::SV) {
    write_long_integers<int64_t>(out, bytes, big_endian);
  } else if (representation == vr::UV) {
    write_long_integers<uint64_t>(out, bytes, big_endian);
  } else if (is_numeric(representation)) {
    write_numbers(out, representation, bytes, big_endian);
  } else {
    auto kind = has_one_value(representation) ? text_kind::long_text : text_kind::value;
    if (representation == vr::PN) kind = text_kind::person_name;
    write_texts(out, representation, decoder.decode(bytes, kind));
  }
  out.EndArray();
}

} // namespace noctis
