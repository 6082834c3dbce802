#include "messages/worker_protocol.hpp"

#include "messages/errors.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr size_t longest_reason = 4000;

/// The most bytes of a frame of `kind`; none where such a frame does not go that way.
caf::expected<uint64_t> most_bytes(worker_frame_kind kind, bool to_worker) {
  using kinds = worker_frame_kind;
  switch (kind) {
  case kinds::task:
  case kinds::order:
    if (to_worker) return most_worker_json_bytes;
    break;
  case kinds::instance:
  case kinds::prior:
    if (to_worker) return most_worker_file_bytes;
    break;
  case kinds::end:
    if (to_worker) return uint64_t{0};
    break;
  case kinds::progress:
  case kinds::result:
  case kinds::failure:
    if (!to_worker) return most_worker_json_bytes;
    break;
  case kinds::object:
  case kinds::document:
    if (!to_worker) return most_worker_file_bytes;
    break;
  }
  return failure(errc::invalid_argument, "a frame of kind " + std::to_string(static_cast<unsigned char>(kind)) +
                                             " is none that goes " + (to_worker ? "to" : "out of") + " a worker");
}

} // namespace

worker_head_bytes encoded_head(const worker_frame_head& head) {
  worker_head_bytes bytes{};
  bytes[0] = static_cast<uint8_t>(head.kind);
  for (size_t i = 1; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(head.length >> (8 * (i - 1)));
  return bytes;
}

caf::expected<worker_frame_head> read_worker_head(const worker_head_bytes& bytes, bool to_worker) {
  worker_frame_head head;
  head.kind = static_cast<worker_frame_kind>(bytes[0]);
  for (size_t i = 1; i < bytes.size(); ++i) head.length |= uint64_t{bytes[i]} << (8 * (i - 1));
  const auto most = most_bytes(head.kind, to_worker);
  if (!most) return most.error();
  if (head.length > *most)
    return failure(errc::limit_exceeded, std::string{"a frame "} + static_cast<char>(head.kind) + " of " +
                                             std::to_string(head.length) + " bytes is longer than " +
                                             std::to_string(*most));
  return head;
}

std::string failure_text(const caf::error& error) {
  json_text json;
  json.begin_object();
  json.field("code", to_string(code_of(error)));
  json.field("reason", reason_of(error).substr(0, longest_reason));
  json.end_object();
  return json.take();
}

caf::error failure_from_text(std::string_view text) {
  std::string reason;
  std::string name;
  json_members members{text, "the worker's failure"};
  members.text("reason", reason, json_members::presence::optional);
  members.text("code", name, json_members::presence::optional);
  auto code = errc_from_string(name);
  if (code == errc::none) code = errc::internal;
  return failure(code, reason.empty() ? "the worker failed and does not say why" : std::move(reason));
}

std::string progress_text(const worker_progress& progress) {
  json_text json;
  json.begin_object();
  json.field("share", std::isfinite(progress.share) ? std::clamp(progress.share, 0.0, 1.0) : 0);
  if (!progress.at.empty()) json.field("at", progress.at);
  json.end_object();
  return json.take();
}

worker_progress progress_from_text(std::string_view text) {
  worker_progress progress;
  json_members members{text, "the worker's progress"};
  members.real("share", progress.share, json_members::presence::optional);
  members.text("at", progress.at, json_members::presence::optional);
  progress.share = std::clamp(progress.share, 0.0, 1.0);
  return progress;
}

} // namespace noctis
