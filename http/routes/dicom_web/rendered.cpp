#include "dicom/digest.hpp"
#include "http/dicom_web/instance_walk.hpp"
#include "http/dicom_web/parts.hpp"
#include "http/dicom_web/rendering.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

#include <utility>

namespace noctis {

namespace {

constexpr size_t forms = 2;
const std::vector<media_offer> single_offers{{"image/jpeg", ""}, {"image/png", ""}};
const std::vector<media_offer> multipart_offers{{"multipart/related", "image/jpeg"},
                                                {"multipart/related", "image/png"}};

picture_form form_of(size_t offer) { return offer % forms == 0 ? picture_form::jpeg : picture_form::png; }

std::string part_head(picture_form form, size_t length) {
  return "Content-Type: " + media_type_of(form) + "\r\nContent-Length: " + std::to_string(length) + "\r\n";
}

/// Some frames of one image.
class frame_pictures final : public part_source {
public:
  frame_pictures(context& c, image_file image, std::vector<uint32_t> numbers, render_request how, picture_form form)
      : app_(c.app), image_(std::move(image)), numbers_(std::move(numbers)), how_(std::move(how)), form_(form) {}

  std::optional<std::string> next_part() override {
    if (at_ == numbers_.size()) return std::nullopt;
    bytes_ = draw(app_, image_, numbers_[at_++] - 1, how_, form_);
    return part_head(form_, bytes_.size());
  }
  blob next_bytes() override { return std::exchange(bytes_, {}); }

private:
  application& app_;
  image_file image_;
  std::vector<uint32_t> numbers_;
  render_request how_;
  picture_form form_;
  size_t at_ = 0;
  blob bytes_;
};

/// A picture of each instance that has pixels.
class instance_pictures final : public part_source {
public:
  instance_pictures(context& c, instance_walk walk, render_request how, picture_form form)
      : app_(c.app), actors_(c.actors), walk_(std::move(walk)), how_(std::move(how)), form_(form) {}

  std::optional<std::string> next_part() override {
    while (const auto* image = walk_.next()) {
      if (!image->attributes.rows) continue;
      const auto opened = open_drawable(actors_, *image);
      bytes_ = draw(app_, opened, representative_frame(opened), how_, form_);
      return part_head(form_, bytes_.size());
    }
    return std::nullopt;
  }
  blob next_bytes() override { return std::exchange(bytes_, {}); }

private:
  application& app_;
  std::shared_ptr<gateway> actors_;
  instance_walk walk_;
  render_request how_;
  picture_form form_;
  blob bytes_;
};

std::string tag_of(const image_row& image, const std::string& variant) {
  return image.data_set_digest + "-" + digest_of(variant.data(), variant.size()).substr(0, 16);
}

void render_many(context& c) {
  const auto target = target_of(c);
  auto how = read_render_request(c);
  const auto form = form_of(choose_media(c, multipart_offers).offer);
  send_parts(
      c, media_type_of(form),
      std::make_shared<instance_pictures>(c, instance_walk(c.actors, instances_of(c, target)), std::move(how), form));
}

/// One instance, or some frames of it.
void render_one(context& c) {
  const auto target = target_of(c);
  auto how = read_render_request(c);
  auto numbers = c.segments.size() > 3 ? frame_list(c.segments[3]) : std::vector<uint32_t>{};
  auto offers = multipart_offers;
  if (numbers.size() <= 1) offers.insert(offers.begin(), single_offers.begin(), single_offers.end());
  const auto offer = choose_media(c, offers).offer;
  const auto form = form_of(offer);
  const auto single = numbers.size() <= 1 && offer < single_offers.size();
  const auto image = instance_at(c, target);
  const auto tag = tag_of(image, c.request.path + "?" + how.variant + media_type_of(form));
  if (single && answered_unchanged(c, tag)) return;
  auto opened = open_drawable(c.actors, image);
  if (numbers.empty()) numbers = {representative_frame(opened) + 1};
  if (single) return send_bytes(c, draw(c.app, opened, numbers.front() - 1, how, form), media_type_of(form), tag);
  send_parts(c, media_type_of(form),
             std::make_shared<frame_pictures>(c, std::move(opened), std::move(numbers), std::move(how), form));
}

} // namespace

void add_dicom_web_rendered_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const std::string series = "/dicom-web/studies/<study>/series/<series>";
  routes.add("GET", "/dicom-web/studies/<study>/rendered", viewers, render_many);
  routes.add("GET", series + "/rendered", viewers, render_many);
  routes.add("GET", series + "/instances/<instance>/rendered", viewers, render_one);
  routes.add("GET", series + "/instances/<instance>/frames/<frames>/rendered", viewers, render_one);
}

} // namespace noctis
