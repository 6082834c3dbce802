#pragma once

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

// How a node and the program that does its pixel work talk over pipes: frames of a kind (1 byte), a length (8 bytes,
// little endian) and that many bytes.

enum class worker_frame_kind : char {
  task = 'T',     ///< to the worker: what to do, a JSON object; the first frame
  order = 'B',    ///< to the worker: what the task is about, in bytes of the task's own
  instance = 'I', ///< to the worker: a Part 10 file
  prior = 'Q',    ///< to the worker: a Part 10 file of an earlier study
  end = 'E',      ///< to the worker: nothing more comes
  progress = 'P', ///< from the worker: {"share":0.4}, and what it is at: {"share":0.4,"at":"ct-head"}
  result = 'R',   ///< from the worker: a JSON object
  object = 'O',   ///< from the worker: a Part 10 file that is to be stored
  document = 'D', ///< from the worker: bytes for whoever asked, a PDF
  failure = 'F',  ///< from the worker: {"code":"<name of an errc>","reason":"…"}
};

struct worker_frame {
  worker_frame_kind kind = worker_frame_kind::end;
  std::vector<uint8_t> bytes;

  [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

inline constexpr size_t worker_head_size = 9;
inline constexpr uint64_t most_worker_json_bytes = uint64_t{64} << 20;
inline constexpr uint64_t most_worker_file_bytes = uint64_t{1} << 30; ///< of an instance, an object or a document

/// What stands before a frame's bytes.
struct worker_frame_head {
  worker_frame_kind kind = worker_frame_kind::end;
  uint64_t length = 0;
};

using worker_head_bytes = std::array<uint8_t, worker_head_size>;

/// Returns the head of a frame as it goes over the pipe.
worker_head_bytes encoded_head(const worker_frame_head& head);

/// Reads a head. `to_worker`: of a frame to the worker, else from it. Errors: `invalid_argument` for a kind that does
/// not go that way, `limit_exceeded` for a frame that is too long.
caf::expected<worker_frame_head> read_worker_head(const worker_head_bytes& bytes, bool to_worker);

/// Returns the text of a failure frame.
std::string failure_text(const caf::error& error);

/// Returns the error that a failure frame's text tells; `internal` for one that tells none.
caf::error failure_from_text(std::string_view text);

/// How far a worker is, as a progress frame tells.
struct worker_progress {
  double share = 0; ///< 0 … 1
  std::string at;   ///< what it is doing; "": it does not say
};

std::string progress_text(const worker_progress& progress);

/// Returns what a progress frame's text tells; nothing done where it tells nothing.
worker_progress progress_from_text(std::string_view text);

} // namespace noctis
