#include "dicom/json/value_encoder.hpp"

#include "dicom/json/object.hpp"
#include "dicom/numbers.hpp"
#include "dicom/text.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <openssl/evp.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>

namespace noctis {

namespace {

using json_value = rapidjson::Value;

std::string_view view_of(const json_value& value) { return {value.GetString(), value.GetStringLength()}; }

caf::error broken(const json_value& value, const std::string& what) {
  return failure(errc::invalid_argument, shown(text_of_value(value)) + " is " + what);
}

void append_little(std::string& out, uint64_t bits, size_t size) {
  for (size_t i = 0; i < size; ++i) out += static_cast<char>(bits >> (8 * i));
}

/// Returns the integer that `value` is, as a number or in digits; none where it is none of T's.
template <class T>
caf::optional<T> integer_of(const json_value& value) {
  const auto text = text_of_value(value);
  const auto digits = trimmed(text);
  T number = 0;
  const auto [end, state] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || state != std::errc{} || end != digits.data() + digits.size()) return caf::none;
  return number;
}

template <class T>
caf::error append_integer(std::string& out, const json_value& value) {
  const auto number = integer_of<T>(value);
  if (!number) {
    const bool is_signed = std::numeric_limits<T>::is_signed;
    return broken(value, std::string{"no "} + (is_signed ? "signed" : "unsigned") + " integer of " +
                             std::to_string(sizeof(T) * 8) + " bits");
  }
  append_little(out, static_cast<uint64_t>(*number), sizeof(T));
  return caf::none;
}

/// Returns the number that `value` is, also "NaN", "inf", "Infinity" and digits in a string.
caf::optional<double> floating_point_of(const json_value& value) {
  if (value.IsNumber()) return value.GetDouble();
  if (!value.IsString()) return caf::none;
  const auto text = trimmed(view_of(value));
  double number = 0;
  const auto [end, state] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || state != std::errc{} || end != text.data() + text.size()) return caf::none;
  return number;
}

template <class Float, class Bits>
caf::error append_floating_point(std::string& out, const json_value& value) {
  static_assert(sizeof(Float) == sizeof(Bits));
  const auto number = floating_point_of(value);
  if (!number) return broken(value, "no number");
  const bool overflows = std::isfinite(*number) && std::abs(*number) > double{std::numeric_limits<Float>::max()};
  if (overflows) return broken(value, "too large a number");
  const auto narrow = static_cast<Float>(*number);
  Bits bits = 0;
  std::memcpy(&bits, &narrow, sizeof bits);
  append_little(out, bits, sizeof bits);
  return caf::none;
}

caf::error append_tag(std::string& out, const json_value& value) {
  const auto text = text_of_value(value);
  const auto tag = tag_of_digits(text);
  if (tag == 0 && text != "00000000") return broken(value, "no tag of eight hex digits");
  append_little(out, tag >> 16, 2);
  append_little(out, tag & 0xFFFF, 2);
  return caf::none;
}

caf::error append_binary_value(std::string& out, vr representation, const json_value& value) {
  switch (representation) {
  case vr::AT:
    return append_tag(out, value);
  case vr::FD:
    return append_floating_point<double, uint64_t>(out, value);
  case vr::FL:
    return append_floating_point<float, uint32_t>(out, value);
  case vr::SL:
    return append_integer<int32_t>(out, value);
  case vr::SS:
    return append_integer<int16_t>(out, value);
  case vr::SV:
    return append_integer<int64_t>(out, value);
  case vr::UL:
    return append_integer<uint32_t>(out, value);
  case vr::US:
    return append_integer<uint16_t>(out, value);
  default:
    return append_integer<uint64_t>(out, value);
  }
}

/// Returns a number as a DS of at most 16 characters (PS3.5 6.2), as exactly as these hold it.
std::string decimal_string(double number) {
  constexpr size_t longest = 16;
  std::string best;
  for (int digits = 1; digits <= 17; ++digits) {
    char text[32];
    const auto size = static_cast<size_t>(std::snprintf(text, sizeof text, "%.*g", digits, number));
    if (size > longest) break;
    best.assign(text, size);
    double back = 0;
    std::from_chars(text, text + size, back);
    if (back == number) break;
  }
  return best;
}

/// Returns one value as text; none where its JSON type does not fit.
caf::optional<std::string> text_for(vr representation, const json_value& value) {
  if (value.IsNull()) return std::string{};
  if (value.IsString()) return std::string{view_of(value)};
  if (value.IsObject() && representation == vr::PN) return text_of_value(value);
  if (!value.IsNumber()) return caf::none;
  if (representation == vr::DS && value.IsDouble()) return decimal_string(value.GetDouble());
  const bool fits =
      representation == vr::DS || (representation == vr::IS && std::trunc(value.GetDouble()) == value.GetDouble());
  return fits ? caf::optional<std::string>{text_of_value(value)} : caf::none;
}

text_kind kind_of(vr representation) {
  if (representation == vr::PN) return text_kind::person_name;
  return has_one_value(representation) ? text_kind::long_text : text_kind::value;
}

caf::expected<std::string> encode_texts(const json_value& values, vr representation, text_encoder& encoder) {
  std::string joined;
  bool first = true;
  if (has_one_value(representation) && values.Size() > 1)
    return failure(errc::invalid_argument, letters_of(representation) + " has more than one value");
  for (const auto& value : values.GetArray()) {
    if (!first) joined += '\\';
    first = false;
    auto text = text_for(representation, value);
    if (!text) return failure(errc::invalid_argument, "a value is no " + letters_of(representation));
    if (!has_one_value(representation) && text->find('\\') != std::string::npos)
      return broken(value, "one value with a backslash");
    joined += *text;
  }
  auto encoded = encoder.encode(joined, kind_of(representation));
  if (!encoded) return failure(errc::invalid_argument, shown(joined) + " is no valid UTF-8");
  return std::move(*encoded);
}

caf::expected<std::string> encode_numbers(const json_value& values, vr representation) {
  std::string out;
  out.reserve(values.Size() * unit_size(representation));
  for (const auto& value : values.GetArray()) {
    if (auto err = append_binary_value(out, representation, value)) return err;
  }
  return out;
}

caf::expected<std::string> decode_base64(std::string_view text) {
  const auto whole = failure(errc::invalid_argument, "InlineBinary is no base64");
  if (text.size() % 4 != 0 || text.size() > std::numeric_limits<int>::max()) return whole;
  std::string out(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size())) < 0)
    return whole;
  const auto last = text.find_last_not_of('=');
  const auto padding = text.size() - (last == std::string_view::npos ? 0 : last + 1);
  if (padding > 2) return whole;
  out.resize(out.size() - padding);
  return out;
}

} // namespace

caf::expected<std::string> encode_json_value(const json_value& attribute, vr representation, text_encoder& encoder) {
  const auto binary = attribute.FindMember("InlineBinary");
  const auto values = attribute.FindMember("Value");
  if (binary != attribute.MemberEnd()) {
    if (!binary->value.IsString()) return failure(errc::invalid_argument, "InlineBinary is no text");
    return decode_base64(view_of(binary->value));
  }
  if (values == attribute.MemberEnd() || values->value.IsNull()) return std::string{};
  if (!values->value.IsArray()) return failure(errc::invalid_argument, "Value is no array");
  if (values->value.Empty()) return std::string{};
  if (is_binary(representation))
    return failure(errc::invalid_argument, letters_of(representation) + " has a Value instead of InlineBinary");
  const bool is_binary_number = representation == vr::AT || unit_size(representation) > 1;
  return is_binary_number ? encode_numbers(values->value, representation)
                          : encode_texts(values->value, representation, encoder);
}

} // namespace noctis
