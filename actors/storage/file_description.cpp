#include "actors/storage/file_description.hpp"

#include "actors/storage/file_store.hpp"
#include "dicom/json/json.hpp"
#include "dicom/part10.hpp"
#include "messages/errors.hpp"

#include <algorithm>

namespace noctis::storage {

namespace {

constexpr uint64_t first_look = uint64_t{32} << 10; // holds the header of most images
constexpr uint64_t longest_look = uint64_t{1} << 20;

/// Reads one file piece by piece, each twice as long as the last.
class file_pieces {
public:
  file_pieces(const std::filesystem::path& base, const described_file& file) : base_(base), file_(file) {}

  [[nodiscard]] bool at_end() const { return at_ >= file_.length; }

  caf::expected<blob> next() {
    const auto length = std::min(look_, file_.length - at_);
    auto bytes = read_bytes(base_, file_.path, file_.offset + at_, length);
    if (bytes && bytes->size() < length) return failure(errc::truncated_data_set, "short file: " + file_.path);
    at_ += length;
    look_ = std::min(look_ * 2, longest_look);
    return bytes;
  }

private:
  const std::filesystem::path& base_;
  const described_file& file_;
  uint64_t at_ = 0;
  uint64_t look_ = first_look;
};

/// Gathers pieces until the Part 10 header is whole.
caf::expected<part10_meta> read_meta(file_pieces& pieces, blob::buffer& bytes) {
  for (;;) {
    auto piece = pieces.next();
    if (!piece) return piece.error();
    bytes.insert(bytes.end(), piece->data(), piece->data() + piece->size());
    auto reading = read_part10_meta(bytes.data(), bytes.size(), pieces.at_end());
    if (!reading) return reading.error();
    if (reading->state == part10_state::complete) return std::move(reading->meta);
  }
}

caf::expected<std::string> describe_file(const std::filesystem::path& base, const described_file& file) {
  file_pieces pieces{base, file};
  blob::buffer start;
  const auto meta = read_meta(pieces, start);
  if (!meta) return meta.error();
  json_options options;
  options.bulk_data_uri = file.bulk_data_uri;
  json_describer describer{meta->transfer_syntax_uid, std::move(options)};
  if (auto error = describer.feed(start.data() + meta->data_set_offset, start.size() - meta->data_set_offset))
    return error;
  while (!pieces.at_end() && !describer.inside_pixel_data()) {
    const auto piece = pieces.next();
    if (!piece) return piece.error();
    if (auto error = describer.feed(piece->data(), piece->size())) return error;
  }
  return describer.finish();
}

} // namespace

file_descriptions describe(const std::filesystem::path& base, const describe_files& request) {
  file_descriptions result;
  size_t length = 0;
  for (const auto& file : request.files) {
    auto& description = result.files.emplace_back();
    auto document = describe_file(base, file);
    if (document)
      description.document = std::move(*document);
    else
      description.problem = reason_of(document.error());
    length += description.document.size();
    if (length >= max_message_bytes) break;
  }
  return result;
}

} // namespace noctis::storage
