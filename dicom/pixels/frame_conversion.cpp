#include "dicom/pixels/frame_conversion.hpp"

#include "messages/errors.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

namespace noctis {

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
  json.field("planar", format.planar);
  json.field("bits_allocated", format.bits_allocated);
  json.field("bits_stored", format.bits_stored);
  json.field("high_bit", format.high_bit);
  json.field("signed", format.is_signed);
  json.end_object();
  return json.take();
}

caf::expected<frame_conversion> conversion_from(std::string_view text) {
  frame_conversion result;
  auto& format = result.stored.format;
  uint8_t interpretation = 0;
  json_members members{text, "the conversion of a frame"};
  members.text("from", result.stored.transfer_syntax_uid);
  members.text("to", result.to);
  members.whole("rows", format.rows);
  members.whole("columns", format.columns);
  members.whole("samples", format.samples);
  members.whole("interpretation", interpretation);
  members.flag("planar", format.planar);
  members.whole("bits_allocated", format.bits_allocated);
  members.whole("bits_stored", format.bits_stored);
  members.whole("high_bit", format.high_bit);
  members.flag("signed", format.is_signed);
  if (members.error()) return members.error();
  if (interpretation > static_cast<uint8_t>(photometric::ybr_rct))
    return failure(errc::invalid_argument, "the conversion of a frame has no interpretation of colours");
  format.interpretation = static_cast<photometric>(interpretation);
  return result;
}

} // namespace noctis
