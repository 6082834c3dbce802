#include "worker/channel.hpp"

#include "messages/errors.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace noctis {

namespace {

constexpr size_t step = size_t{16} << 20; ///< a frame's memory grows as its bytes come

caf::error read_all(int fd, uint8_t* into, size_t size) {
  while (size > 0) {
    const auto got = ::read(fd, into, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure(errc::internal, std::string{"cannot read a frame: "} + std::strerror(errno));
    if (got == 0) return failure(errc::cancelled, "nobody is there to be worked for");
    into += got;
    size -= static_cast<size_t>(got);
  }
  return {};
}

caf::error write_all(int fd, const uint8_t* from, size_t size) {
  while (size > 0) {
    const auto put = ::write(fd, from, size);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return failure(errc::cancelled, std::string{"cannot write a frame: "} + std::strerror(errno));
    from += put;
    size -= static_cast<size_t>(put);
  }
  return {};
}

} // namespace

caf::expected<worker_frame> worker_channel::next() {
  worker_head_bytes head_bytes{};
  if (auto error = read_all(in_, head_bytes.data(), head_bytes.size())) return error;
  const auto head = read_worker_head(head_bytes, true);
  if (!head) return head.error();
  worker_frame frame;
  frame.kind = head->kind;
  frame.bytes.reserve(std::min<size_t>(head->length, step));
  while (frame.bytes.size() < head->length) {
    const auto at = frame.bytes.size();
    const auto more = std::min<size_t>(head->length - at, step);
    frame.bytes.resize(at + more);
    if (auto error = read_all(in_, frame.bytes.data() + at, more)) return error;
  }
  return frame;
}

caf::error worker_channel::send(worker_frame_kind kind, const void* bytes, size_t size) {
  const auto head = encoded_head({kind, size});
  if (auto error = write_all(out_, head.data(), head.size())) return error;
  return write_all(out_, static_cast<const uint8_t*>(bytes), size);
}

caf::error worker_channel::progress(const worker_progress& progress) {
  const auto text = progress_text(progress);
  return send(worker_frame_kind::progress, text.data(), text.size());
}

caf::error worker_channel::result(std::string_view json) {
  return send(worker_frame_kind::result, json.data(), json.size());
}

caf::error worker_channel::object(const std::vector<uint8_t>& part10) {
  return send(worker_frame_kind::object, part10.data(), part10.size());
}

caf::error worker_channel::document(const uint8_t* bytes, size_t size) {
  return send(worker_frame_kind::document, bytes, size);
}

caf::error worker_channel::failed(const caf::error& error) {
  const auto text = failure_text(error);
  return send(worker_frame_kind::failure, text.data(), text.size());
}

} // namespace noctis
