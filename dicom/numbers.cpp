#include "dicom/numbers.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/text.hpp"

#include <charconv>
#include <cstring>
#include <limits>

namespace noctis {

namespace {

template <class To, class From>
To bit_copy(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

double number_at(vr representation, const uint8_t* bytes, bool big_endian) {
  switch (representation) {
  case vr::US:
    return read_u16(bytes, big_endian);
  case vr::SS:
    return bit_copy<int16_t>(read_u16(bytes, big_endian));
  case vr::UL:
    return read_u32(bytes, big_endian);
  case vr::SL:
    return bit_copy<int32_t>(read_u32(bytes, big_endian));
  case vr::FL:
    return double{bit_copy<float>(read_u32(bytes, big_endian))};
  case vr::FD:
    return bit_copy<double>(read_u64(bytes, big_endian));
  case vr::UV:
    return static_cast<double>(read_u64(bytes, big_endian));
  case vr::SV:
    return static_cast<double>(bit_copy<int64_t>(read_u64(bytes, big_endian)));
  default:
    return std::numeric_limits<double>::quiet_NaN();
  }
}

double number_of(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double result = 0;
  const auto* end = text.data() + text.size();
  const auto [at, state] = std::from_chars(text.data(), end, result);
  return state == std::errc{} && at == end ? result : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

bool is_numeric(vr representation) {
  switch (representation) {
  case vr::DS:
  case vr::IS:
  case vr::FD:
  case vr::FL:
  case vr::SL:
  case vr::SS:
  case vr::SV:
  case vr::UL:
  case vr::US:
  case vr::UV:
    return true;
  default:
    return false;
  }
}

size_t unit_size(vr representation) {
  switch (representation) {
  case vr::OW:
  case vr::SS:
  case vr::US:
    return 2;
  case vr::AT:
  case vr::FL:
  case vr::OF:
  case vr::OL:
  case vr::SL:
  case vr::UL:
    return 4;
  case vr::FD:
  case vr::OD:
  case vr::OV:
  case vr::SV:
  case vr::UV:
    return 8;
  default:
    return 1;
  }
}

std::vector<double> numbers_of(vr representation, std::string_view bytes, bool big_endian) {
  std::vector<double> result;
  if (representation == vr::DS || representation == vr::IS) {
    for (const auto value : split_values(bytes)) result.push_back(number_of(value));
    return result;
  }
  const auto size = unit_size(representation);
  result.reserve(bytes.size() / size);
  for (size_t at = 0; at + size <= bytes.size(); at += size)
    result.push_back(number_at(representation, reinterpret_cast<const uint8_t*>(bytes.data() + at), big_endian));
  return result;
}

} // namespace noctis
