#include "dicom/json/object.hpp"
#include "dicom/xml.hpp"
#include "http/dicom_web/json_body.hpp"
#include "http/dicom_web/parts.hpp"
#include "http/dicom_web/search.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

const std::vector<media_offer> offers{
    {dicom_json, ""}, {"application/json", ""}, {"multipart/related", "application/dicom+xml"}};
constexpr size_t xml_offer = 2;
constexpr int32_t page = 1000; // matches asked of the index at a time

constexpr tag_number retrieve_url = 0x00081190;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number study_instance_uid = 0x0020000D;
constexpr tag_number series_instance_uid = 0x0020000E;

find_page find_all(context& c, find_request request) {
  find_page all;
  auto wanted = static_cast<size_t>(request.limit);
  do {
    request.limit = static_cast<int32_t>(std::clamp<size_t>(wanted, 1, page));
    auto found = c.actors->query<find_page>(request);
    all.more = found.more || found.matches.size() > wanted;
    found.matches.resize(std::min(found.matches.size(), wanted)); // a limit of 0 asks whether there are any
    request.offset += static_cast<int64_t>(found.matches.size());
    wanted -= found.matches.size();
    all.ignored = std::move(found.ignored);
    std::move(found.matches.begin(), found.matches.end(), std::back_inserter(all.matches));
  } while (all.more && wanted > 0);
  return all;
}

void add_warnings(context& c, const find_page& found) {
  const auto prefix = "299 " + c.request.get_header_value("Host") + " \"";
  if (found.more)
    c.response.set_header("Warning", prefix + "The number of results exceeded the maximum supported by the server. "
                                              "Additional results can be requested.\"");
  if (found.ignored.empty()) return;
  std::string names;
  for (const auto tag : found.ignored) names += (names.empty() ? "" : ", ") + describe_tag(tag);
  c.response.set_header("Warning", prefix + "These attributes are not kept and were not matched: " + names + ".\"");
}

/// Matches as XML, a part for each.
class match_parts final : public part_source {
public:
  explicit match_parts(std::vector<std::string> matches) : matches_(std::move(matches)) {}

  std::optional<std::string> next_part() override {
    if (at_ == matches_.size()) return std::nullopt;
    const auto xml = native_model_xml(matches_[at_++]);
    if (!xml) throw actor_failure{xml.error()};
    bytes_ = blob{blob::buffer(xml->begin(), xml->end())};
    return "Content-Type: application/dicom+xml\r\n";
  }

  blob next_bytes() override { return std::exchange(bytes_, {}); }

private:
  std::vector<std::string> matches_;
  size_t at_ = 0;
  blob bytes_;
};

} // namespace

std::string with_retrieve_url(const std::string& match, const std::string& root) {
  const auto object = parse_json_object(match);
  if (!object) throw actor_failure{object.error()};
  const auto url = url_of(root, {text_of(*object, study_instance_uid), text_of(*object, series_instance_uid),
                                 text_of(*object, sop_instance_uid)});
  return json_data_set(*object).set(retrieve_url, url).str();
}

void answer_search(context& c, find_request request, const match_view& view) {
  const auto choice = choose_media(c, offers);
  auto found = find_all(c, std::move(request));
  add_warnings(c, found);
  for (auto& match : found.matches) match = view(match);
  if (choice.offer == xml_offer) {
    if (!found.matches.empty())
      return send_parts(c, offers[xml_offer].of, std::make_shared<match_parts>(std::move(found.matches)));
    c.response.status = 204;
    return;
  }
  std::string text = "[";
  for (const auto& match : found.matches) text += (text.size() > 1 ? "," : "") + match;
  send_text(c, 200, text + "]", offers[choice.offer].type);
}

} // namespace noctis
