#include "dicom/bulk_data.hpp"

#include "dicom/data_set_parser.hpp"
#include "dicom/json/object.hpp"
#include "dicom/part10.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <charconv>

namespace noctis {

namespace {

constexpr size_t longest_path = 33; // elements and items
constexpr uint64_t first_look = uint64_t{64} << 10;
constexpr uint64_t longest_look = uint64_t{4} << 20;

uint8_t word_of(vr representation) {
  switch (representation) {
  case vr::OW:
    return 2;
  case vr::OL:
  case vr::OF:
    return 4;
  case vr::OD:
  case vr::OV:
    return 8;
  default:
    return 1;
  }
}

/// Follows where in the data set the parser is, and remembers the element that is looked for.
class path_sink : public data_set_sink {
public:
  explicit path_sink(const std::vector<uint32_t>& path) : path_(path) {}

  [[nodiscard]] const caf::optional<element>& found() const { return found_; }
  [[nodiscard]] bool in_fragments() const { return in_fragments_; }

  bool wants(const element& head) override {
    if (is_here(head.tag)) found_ = head;
    return false;
  }
  caf::error value(const element&, const uint8_t*, size_t) override { return {}; }
  void fragments(const element& head) override {
    if (!is_here(head.tag)) return;
    found_ = head;
    in_fragments_ = true;
  }
  void begin_sequence(const element& head) override {
    way_.push_back(head.tag);
    way_.push_back(0);
  }
  void end_sequence() override { way_.resize(way_.size() - 2); }
  void begin_item() override { ++way_.back(); }
  vr implicit_vr(tag_number tag) override { return dictionary_vr(tag); }

private:
  [[nodiscard]] bool is_here(tag_number tag) const {
    return !found_ && path_.size() == way_.size() + 1 && path_.back() == tag &&
           std::equal(way_.begin(), way_.end(), path_.begin());
  }

  const std::vector<uint32_t>& path_;
  std::vector<uint32_t> way_; ///< tags of sequences and numbers of items in turn
  caf::optional<element> found_;
  bool in_fragments_ = false;
};

caf::expected<part10_meta> read_meta(const byte_source& source) {
  for (auto length = std::min(first_look, source.size);; length = std::min(length * 2, source.size)) {
    const auto start = read_exactly(source, 0, length);
    if (!start) return start.error();
    auto reading = read_part10_meta(start->data(), start->size(), length == source.size);
    if (!reading) return reading.error();
    if (reading->state == part10_state::complete) return std::move(reading->meta);
  }
}

} // namespace

caf::expected<std::vector<uint32_t>> bulk_data_path(std::string_view text) {
  const auto wrong = failure(errc::invalid_argument, "bulk data is named by tags and item numbers in turn, divided by "
                                                     "slashes: 00089215/1/00420011");
  std::vector<uint32_t> path;
  for (;;) {
    const auto part = text.substr(0, text.find('/'));
    uint32_t number = 0;
    if (path.size() % 2 == 0) {
      number = tag_of_digits(part);
    } else {
      const auto result = std::from_chars(part.data(), part.data() + part.size(), number);
      if (result.ec != std::errc{} || result.ptr != part.data() + part.size()) return wrong;
    }
    if (number == 0 || path.size() == longest_path) return wrong;
    path.push_back(number);
    if (part.size() == text.size()) break;
    text.remove_prefix(part.size() + 1);
  }
  if (path.size() % 2 == 0) return wrong;
  return path;
}

caf::expected<bulk_location> find_bulk_data(const byte_source& source, const std::vector<uint32_t>& path) {
  const auto meta = read_meta(source);
  if (!meta) return meta.error();
  const auto how = encoding_of(meta->transfer_syntax_uid);
  if (!how) return how.error();
  path_sink sink{path};
  data_set_parser parser{*how, sink};
  auto look = first_look;
  for (uint64_t at = meta->data_set_offset; at < source.size && !sink.found();) {
    const auto piece = read_exactly(source, at, std::min(look, source.size - at));
    if (!piece) return piece.error();
    auto error = parser.feed(piece->data(), piece->size());
    if (error && !sink.found()) return error;
    at += piece->size();
    look = std::min(look * 2, longest_look);
  }
  if (!sink.found()) return failure(errc::not_found, "there is no such bulk data in the instance");
  const auto& head = *sink.found();
  bulk_location result;
  result.offset = meta->data_set_offset + head.offset + head.header;
  result.encapsulated = sink.in_fragments();
  result.length = result.encapsulated ? 0 : head.length;
  const auto representation = head.representation == vr::none ? dictionary_vr(head.tag) : head.representation;
  result.word = word_of(representation);
  result.big_endian = head.big_endian;
  if (result.offset > source.size || result.length > source.size - result.offset)
    return failure(errc::truncated_data_set, "the file ends inside this bulk data");
  return result;
}

} // namespace noctis
