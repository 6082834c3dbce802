#pragma once

#include "actors/work/worker_process.hpp"
#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <future>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace noctis {

/// Processes in which codecs run, so that a frame that one of them does not survive costs an error and no more. Each
/// has a thread of its own, is started when it is first needed, and ends when it was idle for a minute.
class codec_processes {
public:
  /// `options.time` is for one frame.
  codec_processes(worker_options options, size_t count);
  ~codec_processes();
  codec_processes(const codec_processes&) = delete;
  codec_processes& operator=(const codec_processes&) = delete;

  /// Does what `transcode_frame` does. Blocks. Errors: as it; `malformed_data_set` for a frame that ended its process
  /// or took too long; `internal` where no process can be started.
  caf::expected<blob> transcode(const blob& frame, const image_description& stored, std::string_view to);

private:
  struct order {
    const blob& frame;
    const image_description& stored;
    std::string_view to;
    std::promise<caf::expected<blob>> answer;
  };

  void work();
  order* next();

  const worker_options options_;
  std::mutex mutex_;
  std::condition_variable ordered_;
  std::deque<order*> orders_;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

} // namespace noctis
