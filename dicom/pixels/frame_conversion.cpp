#include "dicom/pixels/frame_conversion.hpp"

#include "messages/errors.hpp"
#include "messages/json_text.hpp"

#include <limits>

namespace noctis {

namespace {

/// Reads whole numbers of a JSON object, and remembers whether one was none.
class number_reader {
public:
  explicit number_reader(const rapidjson::Value& json) : json_(json) {}

  template <class Number>
  void read(const char* name, Number& into) {
    const auto found = json_.FindMember(name);
    is_good_ = is_good_ && found != json_.MemberEnd() && found->value.IsUint() &&
               found->value.GetUint() <= std::numeric_limits<Number>::max();
    if (is_good_) into = static_cast<Number>(found->value.GetUint());
  }

  [[nodiscard]] bool is_good() const { return is_good_; }

private:
  const rapidjson::Value& json_;
  bool is_good_ = true;
};

bool is_text(const rapidjson::Value& json, const char* name) { return json.HasMember(name) && json[name].IsString(); }

} // namespace

std::string conversion_text(const image_description& stored, std::string_view to) {
  const auto& format = stored.format;
  json_text json;
  json.begin_object();
  json.field("from", stored.transfer_syntax_uid);
  json.field("to", to);
  json.field("rows", format.rows);
  json.field("columns", format.columns);
  json.field("samples", format.samples);
  json.field("interpretation", static_cast<uint8_t>(format.interpretation));
  json.field("planar", uint8_t{format.planar});
  json.field("bits_allocated", format.bits_allocated);
  json.field("bits_stored", format.bits_stored);
  json.field("high_bit", format.high_bit);
  json.field("signed", uint8_t{format.is_signed});
  json.end_object();
  return json.take();
}

caf::expected<frame_conversion> conversion_from(std::string_view text) {
  rapidjson::Document json;
  json.Parse(text.data(), text.size());
  const auto wrong = [] { return failure(errc::invalid_argument, "this is no conversion of a frame"); };
  if (json.HasParseError() || !json.IsObject() || !is_text(json, "from") || !is_text(json, "to")) return wrong();
  frame_conversion result;
  result.stored.transfer_syntax_uid = json["from"].GetString();
  result.to = json["to"].GetString();
  auto& format = result.stored.format;
  uint8_t interpretation = 0;
  uint8_t planar = 0;
  uint8_t is_signed = 0;
  number_reader numbers{json};
  numbers.read("rows", format.rows);
  numbers.read("columns", format.columns);
  numbers.read("samples", format.samples);
  numbers.read("interpretation", interpretation);
  numbers.read("planar", planar);
  numbers.read("bits_allocated", format.bits_allocated);
  numbers.read("bits_stored", format.bits_stored);
  numbers.read("high_bit", format.high_bit);
  numbers.read("signed", is_signed);
  if (!numbers.is_good() || interpretation > static_cast<uint8_t>(photometric::ybr_rct)) return wrong();
  format.interpretation = static_cast<photometric>(interpretation);
  format.planar = planar != 0;
  format.is_signed = is_signed != 0;
  return result;
}

} // namespace noctis
