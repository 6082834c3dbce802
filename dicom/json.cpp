#include "dicom/json.hpp"

#include "dicom/json_sink.hpp"

#include <algorithm>

namespace noctis {

caf::expected<std::string> data_set_json(const uint8_t* data, size_t size, const std::string& transfer_syntax_uid,
                                         const json_options& options) {
  const auto how = encoding_of(transfer_syntax_uid);
  if (!how) return how.error();
  json_sink sink{options};
  scan_limits limits;
  limits.kept_value = std::max(options.inline_value, options.inline_binary);
  data_set_parser parser{*how, sink, limits};
  if (auto err = parser.feed(data, size)) return err;
  if (!parser.inside_pixel_data()) {
    if (auto err = parser.finish()) return err;
  }
  return sink.finish();
}

} // namespace noctis
