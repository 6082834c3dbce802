#include "actors/storage/stored_instance.hpp"

#include "actors/system/ask_index.hpp"
#include "dicom/digest.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace noctis {

namespace {

constexpr auto reading = std::chrono::seconds{30};

std::string name_of(const location& copy) { return copy.node + ":" + copy.path; }

} // namespace

stored_instance::stored_instance(caf::blocking_actor* self, directory_actor directory, std::vector<location> copies)
    : self_(self), directory_(std::move(directory)), copies_(std::move(copies)) {}

caf::expected<stored_instance> stored_instance::open(caf::blocking_actor* self, directory_actor directory,
                                                     std::vector<location> copies) {
  stored_instance result{self, std::move(directory), std::move(copies)};
  auto& candidates = result.copies_;
  caf::error last = failure(errc::storage_unavailable, "no readable copy of the instance is known");
  while (!candidates.empty()) {
    last = result.check(candidates.front());
    if (!last) return result;
    candidates.erase(candidates.begin());
  }
  return last;
}

/// Reads a copy to its end and compares its checksum.
caf::error stored_instance::check(const location& copy) {
  digest sum;
  for (uint64_t at = 0; at < copy.length; at += max_message_bytes) {
    auto piece = fetch(copy, at, std::min<uint64_t>(max_message_bytes, copy.length - at));
    if (!piece) return std::move(piece.error());
    sum.update(piece->data(), piece->size());
    if (piece->size() == copy.length) whole_ = std::move(*piece);
  }
  if (sum.hex() == copy.checksum) return {};
  whole_ = {};
  return failure(errc::storage_failure, "wrong checksum: " + name_of(copy));
}

caf::expected<blob> stored_instance::fetch(const location& copy, uint64_t offset, uint64_t length) {
  caf::expected<blob> result{
      failure(errc::storage_unavailable, "the store of node " + copy.node + " cannot be reached")};
  for (const auto& store : reachable_services(self_, directory_).stores) {
    if (store.node != copy.node) continue;
    self_->request(store.reader, reading, read_range{copy.path, copy.offset + offset, length})
        .receive([&](blob& bytes) { result = std::move(bytes); },
                 [&](caf::error& error) { result = std::move(error); });
    if (result && result->size() != length) result = failure(errc::storage_failure, "short file: " + name_of(copy));
    if (result) break;
  }
  return result;
}

byte_source stored_instance::source() {
  return {size(), [this](uint64_t offset, uint64_t length) { return read(offset, length); }};
}

caf::expected<blob> stored_instance::read(uint64_t offset, uint64_t length) {
  if (!whole_.empty() && length == size()) return whole_;
  if (!whole_.empty()) return blob{blob::buffer(whole_.data() + offset, whole_.data() + offset + length)};
  blob::buffer joined;
  for (uint64_t at = 0; at < length;) {
    const auto wanted = std::min<uint64_t>(max_message_bytes, length - at);
    caf::expected<blob> piece{caf::error{}};
    for (const auto& copy : copies_) {
      if (copy.length != size() || copy.checksum != copies_.front().checksum) continue;
      piece = fetch(copy, offset + at, wanted);
      if (piece) break;
    }
    if (!piece) return std::move(piece.error());
    at += wanted;
    if (wanted == length) return piece;
    joined.insert(joined.end(), piece->data(), piece->data() + piece->size());
  }
  return blob{std::move(joined)};
}

} // namespace noctis
