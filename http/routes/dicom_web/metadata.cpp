#include "http/dicom_web/metadata.hpp"

#include "dicom/xml.hpp"
#include "http/dicom_web/json_body.hpp"
#include "http/dicom_web/parts.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

#include <utility>

namespace noctis {

namespace {

const std::vector<media_offer> offers{
    {dicom_json, ""}, {"application/json", ""}, {"multipart/related", "application/dicom+xml"}};
constexpr size_t xml_offer = 2;

/// Metadata as XML, a part for each instance (PS3.18 10.4.3.3).
class xml_parts final : public part_source {
public:
  xml_parts(context& c, metadata_walk walk, metadata_page first)
      : actors_(c.actors), walk_(std::move(walk)), now_(describe(std::move(first))) {}

  std::optional<std::string> next_part() override {
    auto document = now_->next();
    while (document.empty()) {
      auto page = walk_.next();
      if (page.images.empty()) return std::nullopt;
      now_ = describe(std::move(page));
      document = now_->next();
    }
    auto xml = native_model_xml(document);
    if (!xml) throw actor_failure{std::move(xml.error())};
    bytes_ = blob{blob::buffer(xml->begin(), xml->end())};
    return "Content-Type: application/dicom+xml\r\n";
  }

  blob next_bytes() override { return std::exchange(bytes_, {}); }

private:
  std::unique_ptr<descriptions> describe(metadata_page page) {
    return std::make_unique<descriptions>(actors_, std::move(page.images), std::move(page.series_url));
  }

  std::shared_ptr<gateway> actors_;
  metadata_walk walk_;
  std::unique_ptr<descriptions> now_;
  blob bytes_;
};

void send_json(context& c, std::shared_ptr<metadata_walk> walk, metadata_page page, const std::string& type) {
  const auto cache = std::make_shared<metadata_cache>(c.actors, c.app.actors.cache);
  auto first = c.request.method == "HEAD" ? deflated{} : cache->get(std::move(page));
  const auto next = [walk, cache]() -> std::optional<deflated> {
    auto more = walk->next();
    if (more.images.empty()) return std::nullopt;
    return cache->get(std::move(more));
  };
  send_json_array(c, std::move(first), next, type);
}

void metadata(context& c) {
  const auto target = target_of(c);
  const auto choice = choose_media(c, offers);
  auto walk = std::make_shared<metadata_walk>(c, target);
  auto page = walk->next();
  if (page.images.empty()) throw refusal(errc::not_found, "There are no such instances.");
  const auto& type = offers[choice.offer].text();
  if (walk->is_whole() && answered_unchanged(c, page.key() + "-" + std::to_string(choice.offer))) return;
  if (choice.offer == xml_offer)
    return send_parts(c, offers[xml_offer].of, std::make_shared<xml_parts>(c, std::move(*walk), std::move(page)));
  send_json(c, std::move(walk), std::move(page), type);
}

} // namespace

void add_dicom_web_metadata_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/dicom-web/studies/<study>/metadata", viewers, metadata);
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>/metadata", viewers, metadata);
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>/instances/<instance>/metadata", viewers, metadata);
}

} // namespace noctis
