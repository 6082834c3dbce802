#include "dicom/json/reader.hpp"

#include "dicom/data_set_writer.hpp"
#include "dicom/json/value_encoder.hpp"
#include "dicom/text.hpp"
#include "dicom/transfer_syntax.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

using json_value = rapidjson::Value;

constexpr tag_number specific_character_set = 0x00080005;
constexpr std::string_view utf8_term = "ISO_IR 192";

std::string_view view_of(const json_value& value) { return {value.GetString(), value.GetStringLength()}; }

/// What the text of a JSON object needs of a character set.
struct text_survey {
  bool beyond_ascii = false;
  bool encodable = true;
};

void survey(const json_value& value, text_encoder& encoder, size_t levels, text_survey& result) {
  if (value.IsString()) {
    const auto text = view_of(value);
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
    result.beyond_ascii = true;
    result.encodable = result.encodable && encoder.encode(text);
  } else if (levels > 0 && value.IsArray()) {
    for (const auto& one : value.GetArray()) survey(one, encoder, levels - 1, result);
  } else if (levels > 0 && value.IsObject()) {
    for (const auto& member : value.GetObject()) survey(member.value, encoder, levels - 1, result);
  }
}

/// Writes DICOM JSON objects as a data set.
class object_encoder {
public:
  object_encoder(const transfer_syntax& syntax, std::string character_set, const json_encoding_options& options)
      : syntax_(syntax), options_(options), character_set_(std::move(character_set)), encoder_(character_set_),
        writer_(syntax.how.implicit_vr) {}

  /// Writes the attributes of `object`. `declares`: (0008,0005) too, although the object may not have it.
  caf::error write(const json_value& object, bool declares) {
    if (!object.IsObject()) return failure(errc::invalid_argument, where("an item") + " is no JSON object");
    std::vector<std::pair<tag_number, const json_value*>> attributes;
    for (const auto& member : object.GetObject()) {
      const auto tag = tag_of_digits(view_of(member.name));
      if (tag == 0)
        return failure(errc::invalid_argument, where(shown(view_of(member.name))) + " is no tag of eight hex digits");
      const bool left_out = (tag & 0xFFFF) == 0 || tag >> 16 == 0x0002 || tag >> 16 == 0xFFFE;
      if (!left_out && tag >> 16 != 0) attributes.emplace_back(tag, &member.value);
      declares = declares || tag == specific_character_set;
    }
    std::sort(attributes.begin(), attributes.end());
    const auto twice = std::adjacent_find(attributes.begin(), attributes.end(),
                                          [](const auto& a, const auto& b) { return a.first == b.first; });
    if (twice != attributes.end())
      return failure(errc::invalid_argument, where(describe_tag(twice->first)) + " stands twice");
    bool declared = !declares || character_set_.empty();
    for (const auto& [tag, attribute] : attributes) {
      if (!declared && tag >= specific_character_set) {
        writer_.value(specific_character_set, vr::CS, character_set_);
        declared = true;
      }
      if (tag == specific_character_set) continue;
      if (auto err = write_attribute(tag, *attribute)) return err;
    }
    return caf::none;
  }

  std::vector<uint8_t> take() { return writer_.take(); }

private:
  caf::error write_attribute(tag_number tag, const json_value& attribute) {
    if (!attribute.IsObject()) return failure(errc::invalid_argument, where(describe_tag(tag)) + " is no JSON object");
    const auto vr_member = attribute.FindMember("vr");
    if (vr_member != attribute.MemberEnd() &&
        (!vr_member->value.IsString() || vr_named(view_of(vr_member->value)) == vr::none))
      return failure(errc::invalid_argument,
                     where(describe_tag(tag)) + " has the unknown vr " + shown(text_of_value(vr_member->value)));
    const auto representation = vr_of(attribute, tag);
    const auto uri = attribute.FindMember("BulkDataURI");
    if (uri != attribute.MemberEnd()) {
      if (auto err = write_bulk(tag, representation, uri->value)) return err;
    } else if (representation == vr::SQ) {
      if (auto err = write_sequence(tag, attribute)) return err;
    } else {
      const auto value = encode_json_value(attribute, representation, encoder_);
      if (!value) return failure(code_of(value.error()), where(describe_tag(tag)) + ": " + reason_of(value.error()));
      writer_.value(tag, representation, *value);
    }
    if (writer_.size() <= options_.output) return caf::none;
    return failure(errc::limit_exceeded, where(describe_tag(tag)) + " makes the data set longer than " +
                                             std::to_string(options_.output) + " bytes");
  }

  caf::error write_sequence(tag_number tag, const json_value& attribute) {
    if (path_.size() == options_.json.depth)
      return failure(errc::limit_exceeded, where(describe_tag(tag)) + " is nested deeper than " +
                                               std::to_string(options_.json.depth) + " sequences");
    const auto sequence = writer_.begin_sequence(tag);
    const auto items = attribute.FindMember("Value");
    if (items != attribute.MemberEnd() && !items->value.IsNull()) {
      if (!items->value.IsArray())
        return failure(errc::invalid_argument, where(describe_tag(tag)) + ": Value is no array");
      path_.push_back(tag);
      for (const auto& item : items->value.GetArray()) {
        const auto begun = writer_.begin_item();
        if (auto err = item.IsNull() ? caf::error{} : write(item, false)) return err;
        writer_.end(begun);
      }
      path_.pop_back();
    }
    writer_.end(sequence);
    return caf::none;
  }

  caf::error write_bulk(tag_number tag, vr representation, const json_value& uri) {
    if (!uri.IsString()) return failure(errc::invalid_argument, where(describe_tag(tag)) + ": BulkDataURI is no text");
    if (!options_.bulk_data)
      return failure(errc::invalid_argument, where(describe_tag(tag)) + " refers to bulk data that did not come along");
    auto parts = options_.bulk_data(view_of(uri), tag);
    if (!parts) return failure(code_of(parts.error()), where(describe_tag(tag)) + ": " + reason_of(parts.error()));
    uint64_t size = writer_.size();
    for (const auto& part : *parts) size += part.size();
    if (size > options_.output)
      return failure(errc::limit_exceeded, where(describe_tag(tag)) + " makes the data set longer than " +
                                               std::to_string(options_.output) + " bytes");
    if (tag == tags::pixel_data && syntax_.encapsulated && path_.empty()) {
      writer_.fragments(*parts);
      return caf::none;
    }
    if (parts->size() != 1)
      return failure(errc::invalid_argument, where(describe_tag(tag)) + " has " + std::to_string(parts->size()) +
                                                 " parts of bulk data instead of one");
    const auto& bytes = parts->front();
    writer_.value(tag, representation, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return caf::none;
  }

  /// Returns `what` with the sequences in which it stands.
  [[nodiscard]] std::string where(std::string what) const {
    for (auto at = path_.rbegin(); at != path_.rend(); ++at) what += " in " + describe_tag(*at);
    return what;
  }

  const transfer_syntax& syntax_;
  const json_encoding_options& options_;
  std::string character_set_;
  text_encoder encoder_;
  data_set_writer writer_;
  std::vector<tag_number> path_; ///< of the sequences that are open
};

} // namespace

caf::expected<std::vector<uint8_t>> encode_json_data_set(const rapidjson::Value& object,
                                                         std::string_view transfer_syntax_uid,
                                                         const json_encoding_options& options) {
  const auto how = encoding_of(transfer_syntax_uid);
  if (!how) return how.error();
  if (how->big_endian || how->deflated)
    return failure(errc::unsupported_transfer_syntax,
                   "data sets are not written in transfer syntax " + shown(transfer_syntax_uid));
  const auto* known = find_transfer_syntax(transfer_syntax_uid);
  const auto syntax = known != nullptr ? *known : transfer_syntax{transfer_syntax_uid, {}, *how, true, false};
  text_encoder wanted{options.character_set};
  text_survey found;
  survey(object, wanted, options.json.depth * 3 + 4, found);
  auto character_set = found.encodable ? options.character_set : std::string{utf8_term};
  object_encoder encoder{syntax, std::move(character_set), options};
  if (auto err = encoder.write(object, found.beyond_ascii)) return err;
  return encoder.take();
}

caf::expected<std::vector<uint8_t>> encode_json_data_set(std::string_view json, std::string_view transfer_syntax_uid,
                                                         const json_encoding_options& options) {
  const auto object = parse_json_object(json, options.json);
  if (!object) return object.error();
  return encode_json_data_set(*object, transfer_syntax_uid, options);
}

} // namespace noctis
