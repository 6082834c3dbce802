#include "actors/work/thumbnailer.hpp"

#include "actors/system/ask_index.hpp"
#include "actors/work/worker_input.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr size_t first_images = 1000; // of a series, among which the middle one is looked for, as the routes do

/// The image that stands for a series; none where no image has rows.
caf::optional<image_row> middle_image(std::vector<image_row> images) {
  images.erase(std::remove_if(images.begin(), images.end(), [](const image_row& i) { return !i.attributes.rows; }),
               images.end());
  std::sort(images.begin(), images.end(), [](const image_row& a, const image_row& b) { return a.id < b.id; });
  if (images.size() > first_images) images.resize(first_images);
  if (images.empty()) return caf::none;
  return std::move(images[images.size() / 2]);
}

/// The pictures of a study on their way into the cache.
class thumbnail_round {
public:
  thumbnail_round(running_job& running, const thumbnailer_options& options) : running_(running), options_(options) {}

  job_end run(const std::string& study_uid) {
    const study_request request{running_.who(), {0, study_uid}, true};
    auto study = ask_index<study_detail>(running_.self, running_.directory, query_of, request);
    if (!study) return failed(study.error(), code_of(study.error()) == errc::not_found);
    for (auto& series : study->series)
      if (auto image = middle_image(std::move(series.images))) images_.push_back(std::move(*image));
    if (auto error = draw()) return failed(error);
    job_end end;
    end.result = R"({"images":)" + std::to_string(images_.size()) + R"(,"drawn":)" + std::to_string(drawn_) + "}";
    return end;
  }

private:
  caf::error draw() {
    if (images_.empty()) return {};
    const worker_events events{
        [this](worker_frame& frame) { return take(frame); },
        [this] { return running_.report(static_cast<double>(answered_) / static_cast<double>(images_.size())); }};
    const auto task = R"({"edge":)" + std::to_string(usual_thumbnail_edge) + "}";
    auto worker = worker_process::start(options_.worker, "thumbnails", events);
    if (!worker) return std::move(worker.error());
    if (auto error = worker->send(worker_frame_kind::task, task)) return error;
    for (const auto& image : images_)
      if (auto error = send(*worker, image)) return error;
    return worker->finish();
  }

  caf::error send(worker_process& worker, const image_row& image) {
    auto stored = stored_instance::open(running_.self, running_.directory, image.locations);
    if (!stored) return std::move(stored.error());
    if (auto error = worker.begin(worker_frame_kind::instance, stored->size())) return error;
    return send_bytes(worker, *stored);
  }

  caf::error take(worker_frame& frame) {
    if (frame.kind != worker_frame_kind::document || answered_ == images_.size()) return {};
    const auto& image = images_[answered_++];
    if (frame.bytes.empty() || image.data_set_digest.empty()) return {};
    ++drawn_;
    const auto key = thumbnail_key(image.data_set_digest, usual_thumbnail_edge);
    running_.self->send(options_.cache, cache_put{key, blob{std::move(frame.bytes)}, thumbnail_life});
    return {};
  }

  running_job& running_;
  const thumbnailer_options& options_;
  std::vector<image_row> images_;
  size_t answered_ = 0;
  size_t drawn_ = 0;
};

} // namespace

std::string thumbnail_key(const std::string& data_set_digest, uint32_t edge) {
  return "thumbnail:" + data_set_digest + ":" + std::to_string(edge);
}

job_end run_thumbnails(running_job& running, const thumbnailer_options& options) {
  const auto study = study_uid_in(running.what.payload, "a thumbnail job");
  if (!study) return failed(study.error(), true);
  return thumbnail_round{running, options}.run(*study);
}

} // namespace noctis
