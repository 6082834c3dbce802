#pragma once

#include "dicom/element.hpp"
#include "messages/analyses.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// Data sets that are put together in any order. For the sources of this room alone.

namespace noctis {

/// Elements of a data set or an item in Explicit VR Little Endian, by tag.
class ordered_elements {
public:
  /// Each of these sets an element.
  void text(tag_number tag, vr representation, std::string_view value);
  void words(tag_number tag, const std::vector<uint16_t>& values);  ///< US
  void longs(tag_number tag, const std::vector<uint32_t>& values);  ///< UL
  void pointer(tag_number tag, tag_number value);                   ///< AT
  void decimals(tag_number tag, const std::vector<double>& values); ///< DS
  void items(tag_number tag, const std::vector<ordered_elements>& items);
  void code(tag_number tag, const code_text& value); ///< a sequence of one code

  /// Sets an element whose value is `text`, unless that is empty.
  void optional_text(tag_number tag, vr representation, std::string_view value);

  /// Returns the elements, encoded, in order of their tags.
  [[nodiscard]] std::string encoded() const;

private:
  std::map<tag_number, std::string> elements_;
};

/// Returns a number as a DS value: at most 16 characters (PS3.5 6.2).
std::string decimal_string(double value);

/// Returns the item of a code (PS3.3 8.8).
ordered_elements code_item(const code_text& code);

} // namespace noctis
