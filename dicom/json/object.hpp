#pragma once

#include "dicom/element.hpp"

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

// DICOM JSON (PS3.18 F.2): {"00100020":{"vr":"LO","Value":["P1"]}, …}. `find_page`, workitems and DICOMweb carry it.

/// What a JSON text may ask of this system at most; beyond it `errc::limit_exceeded`.
struct json_limits {
  size_t size = size_t{64} << 20; ///< bytes of the text
  size_t depth = 64;              ///< sequences within sequences
};

/// Parses the DICOM JSON object of one data set. Errors: `invalid_argument` for what is no JSON, no object or no
/// valid UTF-8, `limit_exceeded`.
caf::expected<rapidjson::Document> parse_json_object(std::string_view json, const json_limits& limits = {});

/// Parses an array of DICOM JSON objects, as STOW-RS, UPS-RS and metadata responses have it; one object alone becomes
/// an array of one. Errors: as `parse_json_object`.
caf::expected<rapidjson::Document> parse_json_objects(std::string_view json, const json_limits& limits = {});

/// Returns attribute `tag` of `object` ({"vr": …, "Value": […]}), nullptr where there is none.
const rapidjson::Value* find_attribute(const rapidjson::Value& object, tag_number tag);

/// Returns the tag that eight hex digits name, 0 for other text.
tag_number tag_of_digits(std::string_view digits);

/// Returns the VR that an attribute has in JSON; that of the dictionary for `tag` where its "vr" is missing or none.
vr vr_of(const rapidjson::Value& attribute, tag_number tag);

/// Returns one value as DICOM writes it in text: a person's name as "Alphabetic=Ideographic=Phonetic", a number in
/// digits, "" for null and items.
std::string text_of_value(const rapidjson::Value& value);

/// Returns the first value of attribute `tag`, "" where there is none.
std::string text_of(const rapidjson::Value& object, tag_number tag);

/// Returns all values of attribute `tag`, empty ones as "".
std::vector<std::string> texts_of(const rapidjson::Value& object, tag_number tag);

/// Returns all values of the attribute at the end of `path` (tags from the outermost sequence on), through every item.
std::vector<std::string> texts_at(const rapidjson::Value& object, const std::vector<tag_number>& path);

/// Returns the items of sequence `tag`; none where it is absent or no sequence.
std::vector<const rapidjson::Value*> items_of(const rapidjson::Value& object, tag_number tag);

/// A DICOM JSON object that is being put together; its attributes come out in the order of their tags.
class json_data_set {
public:
  json_data_set() = default;

  /// Begins with the attributes of `object`.
  explicit json_data_set(const rapidjson::Value& object);

  /// Sets attribute `tag` to `value`, UTF-8 as DICOM writes it: values divided by "\" (but for LT, ST, UR and UT),
  /// numbers in digits, a person's name with "^" and "=". "": the attribute without a value. Where no `representation`
  /// is given, the dictionary has it.
  json_data_set& set(tag_number tag, vr representation, std::string_view value);
  json_data_set& set(tag_number tag, std::string_view value);

  json_data_set& set_number(tag_number tag, vr representation, double value);

  /// Sets sequence `tag` to these items.
  json_data_set& set_items(tag_number tag, const std::vector<json_data_set>& items);

  /// Sets attribute `tag` to what it is in `from`, an attribute of another object ({"vr": …}).
  json_data_set& copy(tag_number tag, const rapidjson::Value& from);

  json_data_set& erase(tag_number tag);

  [[nodiscard]] bool has(tag_number tag) const { return attributes_.count(tag) > 0; }
  [[nodiscard]] bool empty() const { return attributes_.empty(); }

  /// Returns the object's JSON in UTF-8.
  [[nodiscard]] std::string str() const;

private:
  std::map<tag_number, std::string> attributes_; ///< each attribute's JSON
};

} // namespace noctis
