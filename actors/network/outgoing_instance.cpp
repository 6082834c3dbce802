#include "actors/network/outgoing_instance.hpp"

#include "dicom/pixels/transcode.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr uint64_t first_look = uint64_t{8} << 10;

caf::expected<part10_meta> read_meta(const byte_source& file) {
  for (auto wanted = first_look;; wanted *= 4) {
    const auto length = std::min(wanted, file.size);
    const auto head = file.read(0, length);
    if (!head) return head.error();
    auto reading = read_part10_meta(head->data(), head->size(), length == file.size);
    if (!reading) return reading.error();
    if (reading->state == part10_state::complete) return std::move(reading->meta);
  }
}

/// Returns the data set of a file, piece by piece.
data_set_source pieces_of(const byte_source& file, uint64_t from) {
  return [file, at = from]() mutable -> caf::expected<blob> {
    const auto length = std::min<uint64_t>(max_message_bytes, file.size - at);
    if (length == 0) return blob{};
    auto piece = file.read(at, length);
    at += length;
    return piece;
  };
}

caf::expected<outgoing_instance> write_anew(const byte_source& file, const std::string& syntax) {
  auto written = transcode(file, syntax);
  if (!written) return std::move(written.error());
  auto reading = read_part10_meta(written->data(), written->size(), true);
  if (!reading) return std::move(reading.error());
  const auto offset = reading->meta.data_set_offset;
  return outgoing_instance{std::move(reading->meta), pieces_of(memory_source(std::move(*written)), offset)};
}

} // namespace

const std::vector<std::string>& fallback_syntaxes() {
  static const std::vector<std::string> syntaxes{
      "1.2.840.10008.1.2.1", // Explicit VR Little Endian
      "1.2.840.10008.1.2",   // Implicit VR Little Endian
  };
  return syntaxes;
}

caf::expected<outgoing_instance> prepare(const byte_source& file, const accepts_context& accepts) {
  auto meta = read_meta(file);
  if (!meta) return std::move(meta.error());
  if (accepts(meta->sop_class_uid, meta->transfer_syntax_uid)) {
    const auto offset = meta->data_set_offset;
    return outgoing_instance{std::move(*meta), pieces_of(file, offset)};
  }
  auto candidates = fallback_syntaxes();
  for (const auto& one : transfer_syntaxes()) {
    if (!one.lossy) candidates.emplace_back(one.uid);
  }
  for (const auto& syntax : candidates) {
    if (accepts(meta->sop_class_uid, syntax) && can_transcode(meta->transfer_syntax_uid, syntax))
      return write_anew(file, syntax);
  }
  return failure(errc::peer_refused, "the peer takes " + meta->sop_class_uid + " neither in " +
                                         meta->transfer_syntax_uid + " nor in one that it can be written in");
}

} // namespace noctis
