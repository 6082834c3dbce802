#include "dicom/json/json.hpp"

#include "dicom/json/sink.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

struct json_describer::state {
  state(encoding how, json_options given)
      : options(std::move(given)), sink(options), parser(how, sink, limits_of(options)) {}

  static scan_limits limits_of(const json_options& options) {
    scan_limits limits;
    limits.kept_value = std::max(options.inline_value, options.inline_binary);
    return limits;
  }

  json_options options;
  json_sink sink;
  data_set_parser parser;
};

json_describer::json_describer(const std::string& transfer_syntax_uid, json_options options) {
  const auto how = encoding_of(transfer_syntax_uid);
  if (how)
    state_ = std::make_unique<state>(*how, std::move(options));
  else
    no_syntax_ = how.error();
}

json_describer::~json_describer() = default;
json_describer::json_describer(json_describer&&) noexcept = default;
json_describer& json_describer::operator=(json_describer&&) noexcept = default;

caf::error json_describer::feed(const uint8_t* data, size_t size) {
  return state_ ? state_->parser.feed(data, size) : no_syntax_;
}

bool json_describer::inside_pixel_data() const { return state_ && state_->parser.inside_pixel_data(); }

caf::expected<std::string> json_describer::finish() {
  if (!state_) return no_syntax_;
  if (!inside_pixel_data()) {
    if (auto err = state_->parser.finish()) return err;
  }
  return state_->sink.finish();
}

caf::expected<std::string> data_set_json(const uint8_t* data, size_t size, const std::string& transfer_syntax_uid,
                                         const json_options& options) {
  json_describer describer{transfer_syntax_uid, options};
  if (auto err = describer.feed(data, size)) return err;
  return describer.finish();
}

} // namespace noctis
