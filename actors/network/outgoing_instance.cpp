#include "actors/network/outgoing_instance.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr uint64_t first_look = uint64_t{8} << 10;

caf::expected<part10_meta> read_meta(stored_instance& stored) {
  for (auto wanted = first_look;; wanted *= 4) {
    const auto length = std::min(wanted, stored.size());
    const auto head = stored.read(0, length);
    if (!head) return head.error();
    auto reading = read_part10_meta(head->data(), head->size(), length == stored.size());
    if (!reading) return reading.error();
    if (reading->state == part10_state::complete) return std::move(reading->meta);
  }
}

/// Returns the data set of a file, piece by piece.
data_set_source pieces_of(stored_instance& stored, uint64_t from) {
  return [&stored, at = from]() mutable -> caf::expected<blob> {
    const auto length = std::min<uint64_t>(max_message_bytes, stored.size() - at);
    if (length == 0) return blob{};
    auto piece = stored.read(at, length);
    at += length;
    return piece;
  };
}

} // namespace

const std::vector<std::string>& fallback_syntaxes() {
  static const std::vector<std::string> syntaxes{
      "1.2.840.10008.1.2.1", // Explicit VR Little Endian
      "1.2.840.10008.1.2",   // Implicit VR Little Endian
  };
  return syntaxes;
}

caf::expected<outgoing_instance> prepare(stored_instance& stored, const accepts_context& accepts) {
  auto meta = read_meta(stored);
  if (!meta) return std::move(meta.error());
  if (accepts(meta->sop_class_uid, meta->transfer_syntax_uid)) {
    const auto offset = meta->data_set_offset;
    return outgoing_instance{std::move(*meta), pieces_of(stored, offset)};
  }
  return failure(errc::peer_refused, "the peer takes " + meta->sop_class_uid + " neither in " +
                                         meta->transfer_syntax_uid + " nor in one that it can be written in");
}

} // namespace noctis
