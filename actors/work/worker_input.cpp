#include "actors/work/worker_input.hpp"

#include "messages/json_members.hpp"

#include <algorithm>

namespace noctis {

caf::error send_bytes(worker_process& worker, stored_instance& stored, caf::error* unread) {
  for (uint64_t at = 0; at < stored.size();) {
    const auto piece = stored.read(at, std::min<uint64_t>(max_message_bytes, stored.size() - at));
    if (!piece) {
      if (unread != nullptr) *unread = piece.error();
      return piece.error();
    }
    if (auto error = worker.append(piece->data(), piece->size())) return error;
    at += piece->size();
  }
  return {};
}

caf::expected<std::string> study_uid_in(const std::string& payload, const std::string& what) {
  std::string study_uid;
  json_members members{payload, what};
  members.text("study_uid", study_uid);
  if (members.error()) return members.error();
  return study_uid;
}

} // namespace noctis
