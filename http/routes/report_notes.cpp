#include "http/representation/percent.hpp"
#include "http/representation/report_fields.hpp"
#include "http/request/answers.hpp"
#include "http/request/form_file.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace noctis {

namespace {

constexpr size_t largest = size_t{16} << 20;

/// The number in the second bracketed segment. Throws `refusal` (404).
int64_t second_number(const context& c) {
  const auto& text = c.segments.at(1);
  int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id <= 0)
    throw refusal(errc::not_found, "Nothing has such an identifier.");
  return id;
}

void list_attachments(context& c) {
  answer_list(c, c.actors->reports<report_attachments>(report_attachment_request{c.who, c.number(), 0}).attachments);
}

void attach(context& c) {
  auto file = read_form_file(c, largest);
  report_attachment_put request{c.who, {}};
  request.what.report = c.number();
  request.what.name = file.name.empty() ? "attachment" : file.name;
  request.what.media_type = file.media_type;
  request.what.bytes = std::move(file.bytes);
  answer(c, 201, c.actors->reports<report_attachment>(request));
}

/// A name for a header: what is not plain ASCII goes encoded (RFC 6266, RFC 8187).
std::string disposition(const std::string& name) {
  constexpr std::string_view special = "\"\\%;";
  auto plain = name;
  std::replace_if(
      plain.begin(), plain.end(),
      [&](unsigned char c) {
        return c < 0x20 || c > 0x7E || special.find(static_cast<char>(c)) != std::string_view::npos;
      },
      '_');
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(name);
}

/// Whatever it says that it is, a browser does not show it as a page of ours.
void show_attachment(context& c) {
  const auto found =
      c.actors->reports<report_attachments>(report_attachment_request{c.who, c.number(), second_number(c)});
  const auto& one = found.attachments.at(0);
  c.response.status = 200;
  c.response.set_header("Content-Disposition", disposition(one.name));
  c.response.set_header("Content-Security-Policy", "sandbox");
  c.response.set_content(reinterpret_cast<const char*>(one.bytes.data()), one.bytes.size(), one.media_type.c_str());
}

void detach(context& c) {
  c.actors->reports<void>(report_attachment_removal{c.who, c.number(), second_number(c)});
  c.response.status = 204;
}

void list_communications(context& c) {
  answer_list(c,
              c.actors->reports<report_communications>(report_communication_request{c.who, c.number()}).communications);
}

void communicate(context& c) {
  report_communication_put request{c.who, read_report_communication(c.json_body())};
  request.what.report = c.number();
  answer(c, 201, c.actors->reports<report_communication>(request));
}

} // namespace

void add_note_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto writers = access::may(permission::report_write);
  routes.add("GET", "/api/reports/<id>/attachments/", viewers, list_attachments)
      .says("What is attached to a report, oldest first")
      .answers(200, "report_attachment_list");
  routes.add("POST", "/api/reports/<id>/attachments/", writers, attach)
      .says("Attaches a file of at most 16 MiB")
      .accepts("report_attachment_form", "multipart/form-data")
      .answers(201, "report_attachment");
  routes.add("GET", "/api/reports/<id>/attachments/<n>/", viewers, show_attachment)
      .says("The bytes of an attachment")
      .answers_with(200, "application/octet-stream");
  routes.add("DELETE", "/api/reports/<id>/attachments/<n>/", writers, detach)
      .says("Removes an attachment that was added since the last signature")
      .answers(204);
  routes.add("GET", "/api/reports/<id>/communications/", viewers, list_communications)
      .says("Who was told of critical results, oldest first")
      .answers(200, "report_communication_list");
  routes.add("POST", "/api/reports/<id>/communications/", writers, communicate)
      .says("Notes that somebody was told of a critical result")
      .accepts("report_communication_put")
      .answers(201, "report_communication");
}

} // namespace noctis
