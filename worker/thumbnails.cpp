#include "worker/thumbnails.hpp"

#include "dicom/pixels/render.hpp"
#include "messages/errors.hpp"

namespace noctis {

caf::error draw_thumbnails(worker_channel& channel, const rapidjson::Value& task) {
  constexpr uint32_t longest_edge = 4096;
  if (!task.HasMember("edge") || !task["edge"].IsUint() || task["edge"].GetUint() < 1 ||
      task["edge"].GetUint() > longest_edge)
    return failure(errc::invalid_argument, "the edge of thumbnails is 1 to 4096 pixels");
  const auto edge = task["edge"].GetUint();
  for (;;) {
    auto frame = channel.next();
    if (!frame) return std::move(frame.error());
    if (frame->kind == worker_frame_kind::end) return {};
    if (frame->kind != worker_frame_kind::instance)
      return failure(errc::invalid_argument, "only instances have thumbnails");
    const auto picture = thumbnail(memory_source(blob{std::move(frame->bytes)}), edge);
    const std::vector<uint8_t> bytes =
        picture ? std::vector<uint8_t>(picture->data(), picture->data() + picture->size()) : std::vector<uint8_t>{};
    if (auto error = channel.document(bytes)) return error;
  }
}

} // namespace noctis
