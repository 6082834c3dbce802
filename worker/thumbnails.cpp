#include "worker/thumbnails.hpp"

#include "dicom/pixels/render.hpp"
#include "messages/errors.hpp"
#include "messages/json_members.hpp"

namespace noctis {

caf::error draw_thumbnails(worker_channel& channel, const rapidjson::Value& task) {
  constexpr uint32_t longest_edge = 4096;
  uint32_t edge = 0;
  json_members members{task, "the task"};
  members.whole("edge", edge);
  if (members.error()) return members.error();
  if (edge < 1 || edge > longest_edge)
    return failure(errc::invalid_argument, "the edge of thumbnails is 1 to 4096 pixels");
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
