#include "worker/codec.hpp"

#include "dicom/pixels/frame_conversion.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "worker/guarded.hpp"

namespace noctis {

caf::error convert_frames(worker_channel& channel, const rapidjson::Value&) {
  for (;;) {
    const auto order = channel.next();
    if (!order) return order.error();
    if (order->kind == worker_frame_kind::end) return {};
    if (order->kind != worker_frame_kind::order) return failure(errc::invalid_argument, "an order comes first");
    const auto what = conversion_from(order->text());
    if (!what) return what.error();
    auto frame = channel.next();
    if (!frame) return std::move(frame.error());
    if (frame->kind != worker_frame_kind::instance)
      return failure(errc::invalid_argument, "a frame comes after its order");
    const auto made = guarded([&] { return transcode_frame(blob{std::move(frame->bytes)}, what->stored, what->to); });
    auto error = made ? channel.document(made->data(), made->size()) : channel.result(failure_text(made.error()));
    if (error) return error;
  }
}

} // namespace noctis
