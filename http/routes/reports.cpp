#include "actors/work/typesetter.hpp"
#include "http/representation/report_fields.hpp"
#include "http/request/answers.hpp"
#include "http/request/attempts.hpp"
#include "http/routes/routes.hpp"
#include "print/report_text.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr size_t most_bytes = size_t{16} << 20; ///< of a report's content, each character escaped

/// The study that a parameter or a field names: digits are an id, digits and dots a UID.
object_key study_key(const std::string& text) {
  object_key key;
  const bool is_uid = text.find('.') != std::string::npos || text.size() > 18;
  const bool is_right =
      !text.empty() && text.size() <= 64 && text.find_first_not_of("0123456789.") == std::string::npos;
  if (!is_right) throw refusal(problem_of(field_errors{{"study", {"Not an id, nor a UID."}}}));
  if (is_uid)
    key.uid = text;
  else
    key.id = std::stoll(text);
  return key;
}

/// Asks for a change; where the report is not as the caller believes, the answer is 409 with how it is.
report change(context& c, const std::function<report()>& ask) {
  try {
    return ask();
  } catch (const actor_failure& failed) {
    if (code_of(failed.error()) != errc::state_conflict) throw;
    auto conflict = problem_of(errc::state_conflict, reason_of(failed.error()));
    conflict.current = written(c.actors->reports<report>(report_request{c.who, c.number()}));
    throw refusal(std::move(conflict));
  }
}

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  report_filter filter;
  filter.who = c.who;
  const auto study = query.text("study");
  filter.status = query.choice("status", {"draft", "preliminary", "final", "amended"}, "");
  filter.author = query.integer("author", 1, INT64_MAX, 0);
  filter.search = query.text("search");
  query.check();
  if (!study.empty()) filter.study = study_key(study);
  filter.page = page.page;
  filter.page_size = page.size;
  const auto found = c.actors->reports<report_page>(filter);
  const auto last = static_cast<int64_t>(page.page) * page.size;
  answer_page(c, page, found.count, found.count > last, found.reports,
              [](json_text& json, const report& one) { write_summary(json, one); });
}

void open(context& c) {
  const auto body = c.json_body();
  const auto& study = body["study"];
  report_opening opening{c.who, {}, 0};
  opening.study = study.IsString() ? study_key(field_text(body, "study")) : study_key(json_of(study));
  if (body.HasMember("template")) opening.report_template = body["template"].GetInt64();
  report_filter known;
  known.who = c.who;
  known.study = opening.study;
  const bool is_new = c.actors->reports<report_page>(known).count == 0;
  answer(c, is_new ? 201 : 200, c.actors->reports<report>(opening));
}

void show(context& c) { answer(c, 200, c.actors->reports<report>(report_request{c.who, c.number()})); }

void save(context& c) {
  const auto body = c.json_body(most_bytes);
  const report_saving saving{c.who, c.number(), body["revision"].GetInt64(), read_report_content(body["content"])};
  answer(c, 200, change(c, [&] { return c.actors->reports<report>(saving); }));
}

void claim(context& c) {
  const auto body = c.json_body();
  const report_claim claim{c.who, c.number(), body.HasMember("take_over") && body["take_over"].GetBool()};
  answer(c, 200, change(c, [&] { return c.actors->reports<report>(claim); }));
}

void release(context& c) {
  c.actors->reports<void>(report_release{c.who, c.number()});
  c.response.status = 204;
}

/// A reader signs many reports in a minute, but not that many; whoever has a session guesses no password.
void limit_signing(context& c) {
  constexpr int64_t more = 3;
  count_attempt(c, {{"sign:" + std::to_string(c.who.id), more * c.app.options.login_limit}},
                "Too many attempts to sign");
}

void sign(context& c) {
  const auto body = c.json_body();
  limit_signing(c);
  const report_signing signing{c.who, c.number(), body["revision"].GetInt64(), field_text(body, "status"),
                               field_text(body, "password")};
  try {
    answer(c, 200, change(c, [&] { return c.actors->reports<report>(signing); }));
  } catch (const actor_failure& failed) {
    if (code_of(failed.error()) != errc::unauthenticated) throw;
    auto wrong = problem_of(errc::permission_denied, "The password is wrong.");
    wrong.errors["password"] = {"The password is wrong."};
    throw refusal(std::move(wrong));
  }
}

void amend(context& c) {
  const report_amendment amendment{c.who, c.number()};
  answer(c, 200, change(c, [&] { return c.actors->reports<report>(amendment); }));
}

void versions(context& c) {
  const report_request request{c.who, c.number()};
  answer_list(c, c.actors->reports<report_versions>(list_atom::value, request).versions);
}

/// The version that the second bracketed segment names, 0 for the draft. Throws `refusal` (404).
int32_t version_of(const context& c) {
  const auto& text = c.segments[1];
  const bool is_number = !text.empty() && text.size() <= 6 &&
                         std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
  if (!is_number) throw refusal(errc::not_found, "There is no version \"" + text + "\".");
  return std::stoi(text);
}

typeset_order ordered(context& c) {
  const report_request request{c.who, c.number()};
  const auto version = version_of(c);
  const auto what = c.actors->reports<report>(request);
  const auto versions =
      version == 0 ? report_versions{} : c.actors->reports<report_versions>(list_atom::value, request);
  const auto head = c.actors->reports<letterhead>(letterhead_request{c.who, what.study.facility.id});
  auto order = order_of(what, versions, version, head);
  if (!order) throw actor_failure{std::move(order.error())};
  return std::move(*order);
}

void paper(context& c) {
  const auto order = ordered(c);
  if (!c.app.actors.typeset) throw refusal(errc::not_found, "This node typesets nothing.");
  const workbench::place place(c.app.bench);
  const auto pdf = c.app.actors.typeset(&*c.actors->self(), c.who, order);
  if (!pdf) throw actor_failure{pdf.error()};
  c.response.status = 200;
  c.response.set_header("Content-Disposition", "inline; filename=\"report-" + std::to_string(order.what.id) + "-" +
                                                   std::to_string(order.version) + ".pdf\"");
  c.response.set_content(reinterpret_cast<const char*>(pdf->data()), pdf->size(), "application/pdf");
}

void plain(context& c) {
  const auto order = ordered(c);
  printed_report printed;
  printed.what = order.what;
  printed.version = order.version;
  printed.head = order.head;
  c.response.status = 200;
  c.response.set_content(report_text(printed), "text/plain; charset=utf-8");
}

/// Minutes of reports; null where there are none.
void write_minutes(json_text& json, const char* name, double minutes) {
  json.field(name, minutes > 0 ? caf::optional<double>{minutes} : caf::none);
}

void show_turnaround(context& c) {
  query_string query(c);
  const auto days = static_cast<int32_t>(query.integer("days", 1, 366, 30));
  query.check();
  const auto found = c.actors->reports<turnaround>(turnaround_request{c.who, days});
  json_text json;
  json.begin_object();
  json.field("days", days);
  json.objects("groups", found.groups, [&](const auto& group) {
    json.field("modality", group.modality);
    json.field("priority", group.priority);
    json.field("reports", group.reports);
    write_minutes(json, "median_minutes_to_preliminary", group.median_minutes_to_preliminary);
    write_minutes(json, "median_minutes_to_final", group.median_minutes_to_final);
    write_minutes(json, "p90_minutes_to_final", group.p90_minutes_to_final);
  });
  json.field("drafts", found.drafts);
  json.field("unsigned_preliminary", found.unsigned_preliminary);
  json.end_object();
  c.send_json(200, json.take());
}

} // namespace

void add_report_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto writers = access::may(permission::report_write);
  routes.add("GET", "/api/reports/turnaround/", viewers, show_turnaround)
      .says("How long reports took, from the last image to the signature")
      .takes({"days.report"})
      .answers(200, "report_turnaround");
  routes.add("GET", "/api/reports/", viewers, list)
      .says("Reports, the last changed first")
      .takes({"study.report", "status.report", "author.report", "search.report"})
      .takes_pages()
      .answers(200, "report_page");
  routes.add("POST", "/api/reports/", writers, open)
      .says("The report of a study, made as a draft where there is none")
      .accepts("report_opening")
      .answers(200, "report")
      .answers(201, "report");
  routes.add("GET", "/api/reports/<id>/", viewers, show).says("A report").answers(200, "report");
  routes.add("PUT", "/api/reports/<id>/draft/", writers, save)
      .says("Saves a draft over the revision that is known; 409 tells the current report")
      .accepts("report_saving")
      .answers(200, "report");
  routes.add("POST", "/api/reports/<id>/claim/", writers, claim)
      .says("Begins to edit, or goes on, for 120 s; 409 tells the current report")
      .may_accept("report_claim")
      .answers(200, "report");
  routes.add("POST", "/api/reports/<id>/release/", writers, release).says("Ends to edit").answers(204);
  routes.add("POST", "/api/reports/<id>/sign/", access::may(permission::report_sign), sign)
      .says("Makes the draft a version; 403 for a wrong password, 409 tells the current report")
      .accepts("report_signing")
      .answers(200, "report");
  routes.add("POST", "/api/reports/<id>/amend/", writers, amend)
      .says("Begins to amend a final report")
      .answers(200, "report");
  routes.add("GET", "/api/reports/<id>/versions/", viewers, versions)
      .says("What was signed, oldest first")
      .answers(200, "report_version_list");
  routes.add("GET", "/api/reports/<id>/versions/<version>/pdf/", viewers, paper)
      .says("A signed version on paper; version 0 is the draft, marked as one")
      .answers_with(200, "application/pdf");
  routes.add("GET", "/api/reports/<id>/versions/<version>/text/", viewers, plain)
      .says("A signed version as plain text; version 0 is the draft")
      .answers_with(200, "text/plain");
}

} // namespace noctis
