#include "actors/work/codec_processes.hpp"

#include "dicom/pixels/frame_conversion.hpp"
#include "messages/errors.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <optional>
#include <string>

namespace noctis {

namespace {

constexpr std::chrono::minutes longest_rest{1};

/// One process, and what it has answered last.
class codec_process {
public:
  explicit codec_process(const worker_options& options) : options_(options) {}

  /// A process that is killed from outside is started once more.
  caf::expected<blob> transcode(const blob& frame, const image_description& stored, std::string_view to) {
    caf::error error;
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (error = start(); error) return error;
      if (error = ask(frame, stored, to); !error) return answer();
      spdlog::warn("a frame of {} could not be converted: {}", stored.transfer_syntax_uid, reason_of(error));
      const bool is_to_blame = !process_->is_ended_from_outside();
      end();
      if (is_to_blame)
        return failure(errc::malformed_data_set, "the codec did not survive the frame: " + reason_of(error));
    }
    return error;
  }

  void end() { process_.reset(); }

private:
  caf::error start() {
    if (process_) return {};
    auto started = worker_process::start(options_, "codec",
                                         {[this](worker_frame& one) {
                                            answer_ = std::move(one);
                                            return caf::error{};
                                          },
                                          {}});
    if (!started) return std::move(started.error());
    if (auto error = started->send(worker_frame_kind::task, "{}")) return error;
    process_ = std::move(*started);
    return {};
  }

  /// Error: the process is gone, and why.
  caf::error ask(const blob& frame, const image_description& stored, std::string_view to) {
    answer_.reset();
    process_->begin_anew();
    auto error = process_->send(worker_frame_kind::order, conversion_text(stored, to));
    if (!error)
      error = process_->send(worker_frame_kind::instance, {reinterpret_cast<const char*>(frame.data()), frame.size()});
    while (!error && !answer_) error = process_->wait_for_frame();
    return error;
  }

  caf::expected<blob> answer() {
    if (answer_->kind == worker_frame_kind::document) return blob{std::move(answer_->bytes)};
    return failure_from_text(answer_->text());
  }

  const worker_options& options_;
  std::optional<worker_process> process_;
  std::optional<worker_frame> answer_;
};

} // namespace

codec_processes::codec_processes(worker_options options, size_t count) : options_(std::move(options)) {
  for (size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
}

codec_processes::~codec_processes() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_over_ = true;
  }
  ordered_.notify_all();
  for (auto& each : threads_) each.join();
}

caf::expected<blob> codec_processes::transcode(const blob& frame, const image_description& stored,
                                               std::string_view to) {
  order wanted{frame, stored, to, {}};
  auto answer = wanted.answer.get_future();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (is_over_) return failure(errc::shutting_down, "no more frames are converted");
    orders_.push_back(&wanted);
  }
  ordered_.notify_one();
  return answer.get();
}

/// Returns the next order; null after a minute without one, and once all is over.
codec_processes::order* codec_processes::next() {
  std::unique_lock<std::mutex> lock(mutex_);
  ordered_.wait_for(lock, longest_rest, [this] { return is_over_ || !orders_.empty(); });
  if (orders_.empty()) return nullptr;
  auto* const first = orders_.front();
  orders_.pop_front();
  return first;
}

void codec_processes::work() {
  codec_process process{options_};
  for (;;) {
    if (auto* const wanted = next()) {
      wanted->answer.set_value(process.transcode(wanted->frame, wanted->stored, wanted->to));
      continue;
    }
    process.end();
    const std::lock_guard<std::mutex> lock(mutex_);
    if (is_over_ && orders_.empty()) return;
  }
}

} // namespace noctis
