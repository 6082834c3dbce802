#include "dicom/digest.hpp"
#include "dicom/pixels/transcode.hpp"
#include "http/dicom_web/frame_media.hpp"
#include "http/dicom_web/parts.hpp"
#include "http/dicom_web/stored_source.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

#include <utility>

namespace noctis {

namespace {

/// Some frames of one instance in the form that the client gets.
class frame_reader {
public:
  frame_reader(context& c, const image_row& image, const frame_form& form)
      : app_(c.app), image_(stored_image(c.actors, image)),
        transcodes_(form.transfer_syntax != image.attributes.transfer_syntax_uid && image_.frames.encapsulated),
        encodes_(media_type_of(form.transfer_syntax) != "application/octet-stream" && !image_.frames.encapsulated),
        syntax_(form.transfer_syntax) {}

  /// Throws `refusal` (404) unless there are all of these frames, counted from 1.
  void check(const std::vector<uint32_t>& numbers) const {
    for (const auto number : numbers) {
      if (number > image_.frames.frame_count)
        throw refusal(errc::not_found, "There is no frame " + std::to_string(number) + "; the instance has " +
                                           std::to_string(image_.frames.frame_count) + ".");
    }
  }

  /// Frame `number`, counted from 1. Throws `refusal` (500) naming one that is corrupt.
  blob read(uint32_t number) const {
    auto frame = image_.frame(number - 1);
    if (frame && (transcodes_ || encodes_)) {
      const workbench::place place(app_.bench);
      frame = transcode_frame(*frame, image_.description, syntax_);
    }
    if (!frame)
      throw refusal(
          problem_of(500, "Frame " + std::to_string(number) + " cannot be given: " + reason_of(frame.error()) + "."));
    return std::move(*frame);
  }

private:
  application& app_;
  image_file image_;
  bool transcodes_;
  bool encodes_;
  std::string syntax_;
};

class frame_parts final : public part_source {
public:
  frame_parts(frame_reader reader, std::vector<uint32_t> numbers, frame_form form, std::string url)
      : reader_(std::move(reader)), numbers_(std::move(numbers)), form_(std::move(form)), url_(std::move(url)) {}

  std::optional<std::string> next_part() override {
    if (at_ == numbers_.size()) return std::nullopt;
    const auto number = numbers_[at_++];
    bytes_ = reader_.read(number);
    return "Content-Type: " + form_.type + "; transfer-syntax=" + form_.transfer_syntax +
           "\r\nContent-Length: " + std::to_string(bytes_.size()) + "\r\nContent-Location: " + url_ + "/frames/" +
           std::to_string(number) + "\r\n";
  }

  blob next_bytes() override { return std::exchange(bytes_, {}); }

private:
  frame_reader reader_;
  std::vector<uint32_t> numbers_;
  frame_form form_;
  std::string url_;
  size_t at_ = 0;
  blob bytes_;
};

void frames(context& c) {
  const auto target = target_of(c);
  auto numbers = frame_list(c.segments[3]);
  const auto image = instance_at(c, target);
  auto form = choose_frame_form(accepted_by(c), image.attributes.transfer_syntax_uid, numbers.size() == 1);
  const auto tag = image.data_set_digest + "-" + digest_of(c.segments[3].data(), c.segments[3].size()).substr(0, 16) +
                   "-" + form.transfer_syntax + (form.multipart ? "m" : "s");
  if (!image.data_set_digest.empty() && answered_unchanged(c, tag)) return;
  frame_reader reader(c, image, form);
  reader.check(numbers);
  if (!form.multipart)
    return send_bytes(c, reader.read(numbers.front()), form.type + "; transfer-syntax=" + form.transfer_syntax, tag);
  send_parts(c, form.type,
             std::make_shared<frame_parts>(std::move(reader), std::move(numbers), form, url_of(web_root(c), target)));
}

} // namespace

void add_dicom_web_frame_routes(router& routes) {
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>/instances/<instance>/frames/<frames>",
             access::may(permission::study_view), frames);
}

} // namespace noctis
