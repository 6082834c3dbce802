#include "actors/work/worker_input.hpp"

#include <rapidjson/document.h>

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
  rapidjson::Document json;
  json.Parse(payload.data(), payload.size());
  const bool names_study =
      !json.HasParseError() && json.IsObject() && json.HasMember("study_uid") && json["study_uid"].IsString();
  if (!names_study) return failure(errc::invalid_argument, what + " names a study_uid");
  return std::string{json["study_uid"].GetString()};
}

} // namespace noctis
