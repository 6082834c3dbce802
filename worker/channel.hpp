#pragma once

#include "messages/worker_protocol.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace noctis {

/// The worker's side of its pipes. Blocks. An error of `next` or of a sender means that nobody is there any more, or
/// that they talk nonsense: the worker ends.
class worker_channel {
public:
  /// `in` and `out` stay their owner's.
  worker_channel(int in, int out) : in_(in), out_(out) {}

  /// Returns the next frame. Errors: `cancelled` at the end of the pipe, those of `read_worker_head`.
  caf::expected<worker_frame> next();

  caf::error progress(const worker_progress& progress);
  caf::error result(std::string_view json);
  caf::error object(const std::vector<uint8_t>& part10);
  caf::error document(const uint8_t* bytes, size_t size);
  caf::error document(const std::vector<uint8_t>& bytes) { return document(bytes.data(), bytes.size()); }
  caf::error failed(const caf::error& error);

private:
  caf::error send(worker_frame_kind kind, const void* bytes, size_t size);

  int in_;
  int out_;
};

} // namespace noctis
