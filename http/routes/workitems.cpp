#include "dicom/json/object.hpp"
#include "http/representation/time_text.hpp"
#include "http/representation/workitem_fields.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

constexpr tag_number step_sequence = 0x00400100;
constexpr tag_number instance_uid = 0x00080018;
constexpr tag_number state_tag = 0x00741000;

rapidjson::Document parsed(const std::string& attributes) {
  auto document = parse_json_object(attributes);
  if (!document) throw actor_failure{document.error()};
  return std::move(*document);
}

void answer(context& c, int status, const workitem& item) {
  json_text json;
  json.begin_object();
  json.field("uid", item.uid);
  json.field("state", item.state);
  write_workitem_fields(json, parsed(item.attributes));
  json.field("last_updated", rfc3339(item.updated_at));
  json.end_object();
  c.send_json(status, json.take());
}

/// One row of the list, as the query found it.
void write_match(json_text& json, const std::string& match) {
  const auto attributes = parsed(match);
  json.begin_object();
  json.field("uid", text_of(attributes, instance_uid));
  json.field("state", text_of(attributes, state_tag));
  write_workitem_fields(json, attributes);
  json.end_object();
}

/// `text` with what a query takes for wildcards made harmless: "?" matches any one character, itself among them.
std::string literal(std::string text) {
  for (auto& c : text) c = c == '*' ? '?' : c;
  return text;
}

find_request read_query(query_string& query, const page_request& page) {
  find_request request;
  request.level = query_level::workitem;
  const auto restrict_to = [&](std::vector<uint32_t> path, std::string value) {
    if (!value.empty()) request.keys.push_back({std::move(path), {std::move(value)}});
  };
  const auto name = query.text("patient_name");
  restrict_to({0x00100010}, name.empty() ? "" : "*" + literal(name) + "*");
  restrict_to({0x00100020}, literal(query.text("patient_id")));
  restrict_to({0x00080050}, literal(query.text("accession_number")));
  restrict_to({state_tag}, query.choice("step_state", {"SCHEDULED", "IN PROGRESS", "COMPLETED", "CANCELED"}, ""));
  restrict_to({step_sequence, 0x00400001}, literal(query.text("station_ae_title")));
  if (auto modalities = query.texts("modality"); !modalities.empty())
    request.keys.push_back({{step_sequence, 0x00080060}, std::move(modalities)});
  const auto from = query.date("date_from");
  const auto to = query.date("date_to");
  if (!from.empty() || !to.empty()) restrict_to({step_sequence, 0x00400002}, from + "-" + to);
  request.offset = static_cast<int64_t>(page.page - 1) * page.size;
  request.limit = page.size;
  return request;
}

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  auto request = read_query(query, page);
  query.check();
  request.who = c.who;
  const auto found = c.actors->query<find_page>(request);
  const auto known = request.offset + static_cast<int64_t>(found.matches.size());
  json_text json;
  json.begin_object();
  write_page_links(json, c, page, known, found.more);
  if (found.more) json.field("count_is_capped", true);
  json.key("results");
  json.begin_array();
  for (const auto& match : found.matches) write_match(json, match);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

std::string uid_of(const context& c) {
  auto key = c.key();
  return key.uid.empty() ? std::to_string(key.id) : std::move(key.uid);
}

workitem find(context& c) { return c.actors->edit<workitem>(workitem_request{c.who, uid_of(c)}); }

void show(context& c) { answer(c, 200, find(c)); }

void add(context& c) {
  const rapidjson::Value nothing(rapidjson::kObjectType);
  const auto attributes = workitem_attributes_from(c.json_body(), nothing);
  answer(c, 201, c.actors->edit<workitem>(workitem_put{c.who, "", true, attributes, ""}));
}

void change(context& c) {
  const auto body = c.json_body();
  const auto item = find(c);
  const auto attributes = workitem_attributes_from(body, parsed(item.attributes));
  answer(c, 200, c.actors->edit<workitem>(workitem_put{c.who, item.uid, false, attributes, ""}));
}

void cancel(context& c) {
  const auto body = c.json_body();
  answer(c, 200,
         c.actors->edit<workitem>(workitem_transition{c.who, uid_of(c), "CANCELED", "", field_text(body, "reason")}));
}

void remove(context& c) {
  c.actors->edit<void>(workitem_removal{c.who, uid_of(c)});
  c.response.status = 204;
}

} // namespace

void add_workitem_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto editors = access::may(permission::study_edit);
  routes.add("GET", "/api/workitems/", viewers, list)
      .says("Scheduled procedure steps, which modalities see as their worklist")
      .takes({"patient_id", "patient_name", "accession_number", "modality", "station_ae_title", "date_from", "date_to",
              "step_state"})
      .takes_pages()
      .answers(200, "workitem_page");
  routes.add("POST", "/api/workitems/", editors, add)
      .says("Schedules a procedure step")
      .accepts("workitem_put")
      .answers(201, "workitem");
  routes.add("GET", "/api/workitems/<uid>/", viewers, show).says("A procedure step").answers(200, "workitem");
  routes.add("PATCH", "/api/workitems/<uid>/", editors, change)
      .says("Changes a procedure step that nobody has claimed")
      .accepts("workitem_change")
      .answers(200, "workitem");
  routes.add("POST", "/api/workitems/<uid>/cancel/", editors, cancel)
      .says("Cancels a procedure step")
      .accepts("reason")
      .answers(200, "workitem");
  routes.add("DELETE", "/api/workitems/<uid>/", editors, remove)
      .says("Withdraws a procedure step that nobody has claimed")
      .answers(204);
}

} // namespace noctis
