#include "http/dicom_web/target.hpp"

#include <charconv>

namespace noctis {

namespace {

constexpr size_t most_frames = 10000;

bool is_uid(const std::string& text) {
  return !text.empty() && text.size() <= 64 && text.find_first_not_of("0123456789.") == std::string::npos &&
         text.front() != '.' && text.back() != '.' && text.find("..") == std::string::npos;
}

std::string segment(const context& c, size_t i, const char* what) {
  if (c.segments.size() <= i) return {};
  check_uid(c.segments[i], what);
  return c.segments[i];
}

} // namespace

void check_uid(const std::string& text, const std::string& what) {
  if (!is_uid(text))
    throw refusal(errc::invalid_argument, "The " + what + " is no DICOM UID: digits and dots, at most 64 of them.");
}

web_target target_of(const context& c) {
  return {segment(c, 0, "study"), segment(c, 1, "series"), segment(c, 2, "instance")};
}

std::string web_root(const context& c) { return c.scheme + "://" + c.request.get_header_value("Host") + "/dicom-web"; }

std::string url_of(const std::string& root, const web_target& target) {
  auto url = root + "/studies/" + target.study;
  if (!target.series.empty()) url += "/series/" + target.series;
  if (!target.instance.empty()) url += "/instances/" + target.instance;
  return url;
}

instances_request instances_of(const context& c, const web_target& target) {
  instances_request request;
  request.who = c.who;
  request.study_uid = target.study;
  request.series_uid = target.series;
  request.sop_instance_uid = target.instance;
  return request;
}

image_row instance_at(context& c, const web_target& target) {
  auto found = c.actors->query<image_detail>(image_request{c.who, {0, target.instance}});
  if (found.study.attributes.uid != target.study || found.series.attributes.uid != target.series)
    throw refusal(errc::not_found, "There is no such instance in this series.");
  return std::move(found.image);
}

std::vector<uint32_t> frame_list(const std::string& text) {
  std::vector<uint32_t> frames;
  const auto* at = text.data();
  const auto* end = at + text.size();
  for (;; ++at) {
    uint32_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || number == 0 || (next != end && *next != ',') || frames.size() == most_frames)
      throw refusal(errc::invalid_argument, "Frames are a list of at most " + std::to_string(most_frames) +
                                                " numbers from 1 on, divided by commas.");
    frames.push_back(number);
    at = next;
    if (at == end) return frames;
  }
}

std::vector<media_range> accepted_by(const context& c) {
  std::string list;
  const auto [first, last] = c.request.params.equal_range("accept");
  for (auto i = first; i != last; ++i) list += (list.empty() ? "" : ",") + i->second;
  return parse_accept(list.empty() ? c.request.get_header_value("Accept") : list);
}

media_choice choose_media(const context& c, const std::vector<media_offer>& offers) {
  if (auto choice = choose_media(accepted_by(c), offers)) return std::move(*choice);
  throw refusal(problem_of(406, "This is given as " + list_of(offers) + "."));
}

} // namespace noctis
