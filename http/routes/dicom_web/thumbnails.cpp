#include "http/dicom_web/metadata.hpp"
#include "http/dicom_web/rendering.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

const std::vector<media_offer> offers{{"image/jpeg", ""}};

/// The instance that stands for a target: the middle one of the first page of the first series that has images.
image_row representative(context& c, const web_target& target) {
  if (!target.instance.empty()) return instance_at(c, target);
  series_walk all(c, target);
  auto request = instances_of(c, target);
  for (auto series = all.next(); !series.empty(); series = all.next()) {
    request.series_uid = series;
    auto images = instance_walk(c.actors, request).next_page();
    images.erase(std::remove_if(images.begin(), images.end(), [](const auto& i) { return !i.attributes.rows; }),
                 images.end());
    if (!images.empty()) return std::move(images[images.size() / 2]);
  }
  throw refusal(errc::not_found, "There are no images.");
}

void send_thumbnail(context& c, const image_row& image, uint32_t edge) {
  const auto tag = image.data_set_digest + "-t" + std::to_string(edge);
  if (answered_unchanged(c, tag)) return;
  send_bytes(c, draw_thumbnail(c.app, c.actors, image, edge), offers.front().type, tag);
}

void web_thumbnail(context& c) {
  const auto target = target_of(c);
  const auto edge = read_thumbnail_edge(c);
  (void)choose_media(c, offers);
  send_thumbnail(c, representative(c, target), edge);
}

/// A frame's thumbnail is its small picture.
void frame_thumbnail(context& c) {
  const auto target = target_of(c);
  const auto numbers = frame_list(c.segments[3]);
  if (numbers.size() != 1) throw refusal(errc::invalid_argument, "A thumbnail shows one frame.");
  const auto edge = read_thumbnail_edge(c);
  (void)choose_media(c, offers);
  const auto image = instance_at(c, target);
  const auto tag = image.data_set_digest + "-t" + std::to_string(edge) + "-" + std::to_string(numbers.front());
  if (answered_unchanged(c, tag)) return;
  render_request how;
  how.options.max_edge = edge;
  const auto opened = open_drawable(c.actors, image);
  send_bytes(c, draw(c.app, opened, numbers.front() - 1, how, picture_form::jpeg), offers.front().type, tag);
}

/// GET /dicom/api/images/<id>/thumbnail/
void rest_thumbnail(context& c) {
  const auto found = c.actors->query<image_detail>(image_request{c.who, c.key()});
  send_thumbnail(c, found.image, 256);
}

} // namespace

void add_thumbnail_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const std::string study = "/dicom-web/studies/<study>";
  const auto instance = study + "/series/<series>/instances/<instance>";
  routes.add("GET", study + "/thumbnail", viewers, web_thumbnail);
  routes.add("GET", study + "/series/<series>/thumbnail", viewers, web_thumbnail);
  routes.add("GET", instance + "/thumbnail", viewers, web_thumbnail);
  routes.add("GET", instance + "/frames/<frames>/thumbnail", viewers, frame_thumbnail);
  routes.add("GET", "/dicom/api/images/<id>/thumbnail/", viewers, rest_thumbnail)
      .says("A small picture of an image, at most 256 pixels wide and high")
      .answers_with(200, "image/jpeg");
}

} // namespace noctis
