#include "dicom/json.hpp"

#include "dicom/data_set_parser.hpp"
#include "dicom/json_values.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

namespace noctis {

namespace {

constexpr tag_number specific_character_set = 0x00080005;
constexpr tag_number pixel_representation = 0x00280103;

/// Writes DICOM JSON while a data set is parsed.
class json_sink : public data_set_sink {
public:
  json_sink(json_writer& out, rapidjson::StringBuffer& buffer, const json_options& options)
      : out_(out), buffer_(buffer), options_(options) {
    levels_.emplace_back(std::make_shared<text_decoder>());
    out_.StartObject();
  }

  bool wants(const element& head) override {
    if (!begins(head.tag)) return false;
    if (is_pixel_data(head.tag) || head.length > limit_of(representation_of(head))) {
      write_bulk(head);
      return false;
    }
    return true;
  }

  caf::error value(const element& head, const uint8_t* bytes, size_t size) override {
    const std::string_view raw{reinterpret_cast<const char*>(bytes), size};
    const auto representation = representation_of(head);
    write_head(head.tag, representation);
    if (head.tag == specific_character_set) {
      levels_.back().decoder = std::make_shared<text_decoder>(raw);
      write_value_members(out_, representation, "ISO_IR 192", false, *levels_.back().decoder);
    } else {
      if (head.tag == pixel_representation && head.depth == 0)
        signed_pixels_ = size > 0 && (bytes[0] | bytes[size - 1]) == 1;
      write_value_members(out_, representation, raw, head.big_endian, *levels_.back().decoder);
    }
    out_.EndObject();
    return check_size();
  }

  void fragments(const element& head) override {
    if (begins(head.tag)) write_bulk(head);
  }

  void begin_sequence(const element& head) override {
    if (!begins(head.tag)) {
      ++skipped_;
      return;
    }
    write_head(head.tag, vr::SQ);
    sequences_.push_back({tag_digits(head.tag), 0});
  }

  void end_sequence() override {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (sequences_.back().items > 0) out_.EndArray();
    sequences_.pop_back();
    out_.EndObject();
  }

  void begin_item() override {
    if (skipped_ > 0) return;
    if (sequences_.back().items++ == 0) {
      out_.Key("Value");
      out_.StartArray();
    }
    levels_.emplace_back(levels_.back().decoder);
    out_.StartObject();
  }

  void end_item() override {
    if (skipped_ > 0) return;
    levels_.pop_back();
    out_.EndObject();
  }

  vr implicit_vr(tag_number tag) override { return dictionary_vr(tag); }

  void finish() { out_.EndObject(); }

private:
  /// The data set or an item of it.
  struct level {
    explicit level(std::shared_ptr<text_decoder> d) : decoder(std::move(d)) {}
    std::shared_ptr<text_decoder> decoder;
    std::unordered_set<tag_number> seen;
  };

  struct sequence {
    std::string digits;
    size_t items = 0;
  };

  /// Returns whether an element with `tag` should be written: not in what is skipped, not again, no group length.
  bool begins(tag_number tag) {
    if (skipped_ > 0 || (tag & 0xFFFF) == 0) return false;
    return levels_.back().seen.insert(tag).second;
  }

  [[nodiscard]] vr representation_of(const element& head) const {
    return head.representation == vr::none ? dictionary_vr(head.tag, signed_pixels_) : head.representation;
  }

  [[nodiscard]] size_t limit_of(vr representation) const {
    return is_binary(representation) ? options_.inline_binary : options_.inline_value;
  }

  void write_head(tag_number tag, vr representation) {
    write_key(out_, tag_digits(tag));
    out_.StartObject();
    out_.Key("vr");
    write_string(out_, letters_of(representation));
  }

  void write_bulk(const element& head) {
    if (options_.bulk_data_uri.empty()) return;
    write_head(head.tag, representation_of(head));
    auto uri = options_.bulk_data_uri;
    for (const auto& one : sequences_) uri += one.digits + "/" + std::to_string(one.items) + "/";
    out_.Key("BulkDataURI");
    write_string(out_, uri + tag_digits(head.tag));
    out_.EndObject();
  }

  [[nodiscard]] caf::error check_size() const {
    if (buffer_.GetSize() <= options_.output) return caf::none;
    return failure(errc::limit_exceeded,
                   "the data set's JSON is longer than " + std::to_string(options_.output) + " bytes");
  }

  json_writer& out_;
  rapidjson::StringBuffer& buffer_;
  const json_options& options_;
  std::vector<level> levels_;
  std::vector<sequence> sequences_;
  size_t skipped_ = 0; ///< sequences open that are not written
  bool signed_pixels_ = false;
};

} // namespace

struct json_describer::state {
  state(encoding how, json_options given)
      : options(std::move(given)), out(buffer), sink(out, buffer, options), parser(how, sink, limits_of(options)) {}

  static scan_limits limits_of(const json_options& options) {
    scan_limits limits;
    limits.kept_value = std::max(options.inline_value, options.inline_binary);
    return limits;
  }

  json_options options;
  rapidjson::StringBuffer buffer;
  json_writer out;
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
  state_->sink.finish();
  return std::string{state_->buffer.GetString(), state_->buffer.GetSize()};
}

caf::expected<std::string> data_set_json(const uint8_t* data, size_t size, const std::string& transfer_syntax_uid,
                                         const json_options& options) {
  json_describer describer{transfer_syntax_uid, options};
  if (auto err = describer.feed(data, size)) return err;
  return describer.finish();
}

} // namespace noctis
