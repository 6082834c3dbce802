#include "dicom/bulk_data.hpp"

#include "dicom/digest.hpp"
#include "http/dicom_web/frame_media.hpp"
#include "http/dicom_web/parts.hpp"
#include "http/dicom_web/stored_source.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr size_t deepest = 17; // tags and item numbers
const std::vector<media_offer> offers{{"application/octet-stream", ""},
                                      {"multipart/related", "application/octet-stream"}};

template <class T>
T or_throw(caf::expected<T> result) {
  if (!result) throw actor_failure{std::move(result.error())};
  return std::move(*result);
}

/// A value, piece by piece and in little endian.
class value_part final : public part_source {
public:
  value_part(byte_source source, const bulk_location& where, std::string url)
      : source_(std::move(source)), where_(where), url_(std::move(url)) {}

  std::optional<std::string> next_part() override {
    if (std::exchange(begun_, true)) return std::nullopt;
    return "Content-Type: application/octet-stream\r\nContent-Length: " + std::to_string(where_.length) +
           "\r\nContent-Location: " + url_ + "\r\n";
  }

  blob next_bytes() override {
    const auto length = std::min<uint64_t>(instance_piece, where_.length - at_);
    if (length == 0) return {};
    auto bytes = or_throw(read_exactly(source_, where_.offset + at_, length));
    at_ += length;
    if (!where_.big_endian || where_.word < 2) return bytes;
    blob::buffer turned(bytes.data(), bytes.data() + bytes.size());
    for (size_t i = 0; i + where_.word <= turned.size(); i += where_.word)
      std::reverse(turned.begin() + static_cast<std::ptrdiff_t>(i),
                   turned.begin() + static_cast<std::ptrdiff_t>(i + where_.word));
    return blob{std::move(turned)};
  }

private:
  static constexpr uint64_t instance_piece = uint64_t{1} << 20;

  byte_source source_;
  bulk_location where_;
  std::string url_;
  uint64_t at_ = 0;
  bool begun_ = false;
};

/// The frames of encapsulated Pixel Data, a part for each (PS3.18 10.4.1.1.5).
class fragment_parts final : public part_source {
public:
  fragment_parts(image_file image, std::string url) : image_(std::move(image)), url_(std::move(url)) {}

  std::optional<std::string> next_part() override {
    if (at_ == image_.frames.frame_count) return std::nullopt;
    bytes_ = or_throw(image_.frame(at_++));
    const auto& syntax = image_.description.transfer_syntax_uid;
    return "Content-Type: " + media_type_of(syntax) + "; transfer-syntax=" + syntax +
           "\r\nContent-Length: " + std::to_string(bytes_.size()) + "\r\nContent-Location: " + url_ + "\r\n";
  }
  blob next_bytes() override { return std::exchange(bytes_, {}); }

private:
  image_file image_;
  std::string url_;
  uint64_t at_ = 0;
  blob bytes_;
};

/// All of a part in memory, for an answer without a multipart.
blob whole(part_source& part, uint64_t length) {
  blob::buffer bytes;
  bytes.reserve(length);
  (void)part.next_part();
  for (auto piece = part.next_bytes(); !piece.empty(); piece = part.next_bytes())
    bytes.insert(bytes.end(), piece.data(), piece.data() + piece.size());
  return blob{std::move(bytes)};
}

void bulk_data(context& c) {
  constexpr uint64_t most_in_memory = uint64_t{64} << 20;
  const auto target = target_of(c);
  std::string text;
  for (size_t i = 3; i < c.segments.size(); ++i) text += (i > 3 ? "/" : "") + c.segments[i];
  const auto path = bulk_data_path(text);
  if (!path) throw refusal(errc::invalid_argument, reason_of(path.error()) + ".");
  const auto image = instance_at(c, target);
  const auto tag = image.data_set_digest + "-" + digest_of(text.data(), text.size()).substr(0, 16);
  const auto source = or_throw(plain_source(stored_source(c.actors, image.locations)));
  const auto where = or_throw(find_bulk_data(source, *path));
  const auto url = url_of(web_root(c), target) + "/bulkdata/" + text;
  if (where.encapsulated) {
    auto opened = stored_image(c.actors, image);
    const auto type = media_type_of(opened.description.transfer_syntax_uid);
    (void)choose_media(c, {{"multipart/related", type}, {"multipart/related", offers[0].type}});
    return send_parts(c, type, std::make_shared<fragment_parts>(std::move(opened), url));
  }
  const auto choice = choose_media(c, offers);
  auto part = std::make_shared<value_part>(source, where, url);
  if (choice.offer == 1 || where.length > most_in_memory) return send_parts(c, offers[0].type, std::move(part));
  send_bytes(c, whole(*part, where.length), offers[0].type, tag);
}

} // namespace

void add_dicom_web_bulk_data_routes(router& routes) {
  std::string pattern = "/dicom-web/studies/<study>/series/<series>/instances/<instance>/bulkdata/<tag>";
  for (size_t depth = 1; depth <= deepest; depth += 2, pattern += "/<item>/<tag>")
    routes.add("GET", pattern, access::may(permission::study_view), bulk_data);
}

} // namespace noctis
