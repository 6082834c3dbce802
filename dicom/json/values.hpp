#pragma once

#include "dicom/character_set.hpp"
#include "dicom/element.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

namespace noctis {

using json_writer = rapidjson::Writer<rapidjson::StringBuffer>;

inline void write_string(json_writer& out, std::string_view text) {
  out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

inline void write_key(json_writer& out, std::string_view text) {
  out.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

/// Writes `value` as an integer where it is one, as a string ("NaN", "inf", "-inf") where JSON has no number for it.
void write_number(json_writer& out, double value);

/// Writes the members "Value" or "InlineBinary" (PS3.18 F.2.2) of an element for its raw value; none for an empty
/// value.
void write_value_members(json_writer& out, vr representation, std::string_view bytes, bool big_endian,
                         text_decoder& decoder);

} // namespace noctis
