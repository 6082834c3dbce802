#include "worker/image_reading.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint64_t usual_volume_bytes = uint64_t{1} << 30;

} // namespace

uint64_t most_volume_bytes(const analysis_task& task, uint64_t times) {
  return task.memory == 0 ? usual_volume_bytes : task.memory / times;
}

caf::error read_images(worker_channel& channel, const analysis_task& task, double share, series_reader& series,
                       series_reader* prior) {
  const auto expected = task.instances + (task.prior ? task.prior->instances : 0);
  for (size_t count = 1;; ++count) {
    auto frame = channel.next();
    if (!frame) return std::move(frame.error());
    if (frame->kind == worker_frame_kind::end) return {};
    if (frame->kind == worker_frame_kind::instance) series.add(blob{std::move(frame->bytes)});
    if (frame->kind == worker_frame_kind::prior && prior != nullptr) prior->add(blob{std::move(frame->bytes)});
    const auto done = static_cast<double>(count) / static_cast<double>(std::max(expected, count));
    if (auto error = channel.progress({share * done, "reading"})) return error;
  }
}

} // namespace noctis
