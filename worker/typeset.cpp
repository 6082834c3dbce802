#include "worker/typeset.hpp"

#include "dicom/objects/encapsulated_pdf.hpp"
#include "dicom/objects/report_document.hpp"
#include "dicom/pixels/render.hpp"
#include "messages/errors.hpp"
#include "messages/typesetting.hpp"
#include "print/report_pdf.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint32_t longest_edge = 1000; // of a picture on half a sheet: some 300 dpi
constexpr int32_t sr_series_number = 9201;
constexpr int32_t document_series_number = 9202;

/// Returns a key image for paper, without bytes where it cannot be drawn.
printed_picture picture_of(std::vector<uint8_t> file, const report_image& what) {
  printed_picture result;
  result.caption = what.caption;
  if (file.empty()) return result;
  const auto image = open_image(memory_source(blob{std::move(file)}));
  if (!image) return result;
  render_options options;
  options.max_edge = longest_edge;
  const auto drawn = render_frame(*image, static_cast<uint32_t>(std::max(what.frame, 1) - 1), options);
  if (!drawn) return result;
  const auto jpeg = encode_jpeg(*drawn);
  if (!jpeg) return result;
  result.jpeg.assign(jpeg->data(), jpeg->data() + jpeg->size());
  result.width = drawn->width;
  result.height = drawn->height;
  return result;
}

caf::expected<typeset_order> read_order(worker_channel& channel) {
  const auto frame = channel.next();
  if (!frame) return frame.error();
  if (frame->kind != worker_frame_kind::order) return failure(errc::invalid_argument, "the order comes first");
  return typeset_order_from(frame->text());
}

object_reference reference_of(const typeset_reference& what, int32_t frame) {
  return {{}, what.series_uid, what.sop_class_uid, what.sop_instance_uid, frame};
}

report_document document_of(const typeset_order& order) {
  const auto& what = order.what;
  report_document result;
  result.identity = {order.sr_uid, order.sr_series_uid, sr_series_number, order.version, what.signature.signed_at};
  result.status = what.status;
  result.title = what.content.title.empty() ? "Report" : what.content.title;
  result.language = what.content.language;
  result.sections = what.content.sections;
  result.addendum = what.content.addendum;
  for (size_t i = 0; i < what.content.images.size() && i < order.images.size(); ++i) {
    if (order.images[i].sop_class_uid.empty()) continue; // an image that is not kept any more
    const auto& image = what.content.images[i];
    result.images.push_back({reference_of(order.images[i], image.frame > 1 ? image.frame : 0), image.caption});
  }
  result.author = what.author_name;
  result.signed_by = what.signature.signed_by;
  result.signed_at = what.signature.signed_at;
  result.organization = order.head.institution;
  for (const auto& one : order.predecessors) result.predecessors.push_back(reference_of(one, 0));
  return result;
}

caf::error send_objects(worker_channel& channel, const typeset_order& order, const std::vector<uint8_t>& pdf) {
  const auto subject = subject_of(order.what.study);
  const auto document = document_of(order);
  const auto sr = write_report_document(subject, document);
  if (!sr) return sr.error();
  if (auto error = channel.object(sr->file)) return error;
  encapsulated_pdf about;
  about.identity = {order.document_uid, order.document_series_uid, document_series_number, order.version,
                    order.what.signature.signed_at};
  about.title = document.title;
  about.description = document.title;
  about.verified = true;
  about.sources.push_back({{}, order.sr_series_uid, sr->sop_class_uid, sr->sop_instance_uid, 0});
  const auto paper = write_encapsulated_pdf(subject, about, pdf);
  return paper ? channel.object(paper->file) : paper.error();
}

} // namespace

caf::error typeset(worker_channel& channel, const rapidjson::Value&) {
  auto order = read_order(channel);
  if (!order) return std::move(order.error());
  printed_report printed;
  for (const auto& image : order->what.content.images) {
    auto frame = channel.next();
    if (!frame) return std::move(frame.error());
    if (frame->kind != worker_frame_kind::instance)
      return failure(errc::invalid_argument, "an instance comes for each key image");
    printed.pictures.push_back(picture_of(std::move(frame->bytes), image));
  }
  printed.what = order->what;
  printed.version = order->version;
  printed.head = order->head;
  const auto pdf = report_pdf(printed);
  if (!pdf) return pdf.error();
  if (auto error = channel.document(*pdf)) return error;
  return order->with_objects ? send_objects(channel, *order, *pdf) : caf::error{};
}

} // namespace noctis
