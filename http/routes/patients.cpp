#include "http/representation/time_text.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  patient_filter filter{c.who, query.text("search"), query.text("patient_id"), page.page, page.size};
  query.check();
  const auto found = c.actors->query<patient_page>(filter);
  const auto shown = static_cast<int64_t>(page.page) * page.size;
  const auto full = found.patients.size() == static_cast<size_t>(page.size);
  answer_page(c, page, found.count, found.count > shown || (found.count_is_capped && full), found.patients);
}

void show(context& c) { answer(c, 200, c.actors->query<patient_detail>(patient_request{c.who, c.number()})); }

void merge(context& c) {
  const auto body = c.json_body();
  const merge_request request{c.who, c.number(), body["into"].GetInt64(), field_text(body, "reason")};
  if (request.from == request.into)
    throw refusal(problem_of(field_errors{{"into", {"A patient cannot be merged into itself."}}}));
  answer(c, 200, c.actors->edit<patient_row>(request));
}

patient_row read_identity(const rapidjson::Value& object) {
  patient_row result;
  if (object.HasMember("id")) result.id = object["id"].GetInt64();
  result.patient_id = field_text(object, "patient_id");
  result.issuer = field_text(object, "issuer");
  result.name = field_text(object, "patient_name");
  result.birth_date = da_of(field_text(object, "birth_date"));
  result.sex = field_text(object, "sex");
  field_errors errors;
  if (result.id == 0 && result.patient_id.empty()) errors["patient"].emplace_back("Must name an id or a patient_id.");
  if (result.id != 0 && object.MemberCount() > 1)
    errors["patient"].emplace_back("Either the id of a patient or a patient's attributes.");
  if (result.birth_date.empty() && !field_text(object, "birth_date").empty())
    errors["patient"].emplace_back("birth_date must be a date as YYYY-MM-DD.");
  if (!errors.empty()) throw refusal(problem_of(errors));
  return result;
}

void split(context& c) {
  const auto body = c.json_body();
  split_request request{c.who, {}, read_identity(body["patient"]), field_text(body, "reason")};
  for (const auto& id : body["studies"].GetArray()) request.studies.push_back(id.GetInt64());
  answer(c, 200, c.actors->edit<patient_row>(request));
}

} // namespace

void add_patient_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto editors = access::may(permission::study_edit);
  routes.add("GET", "/api/patients/", viewers, list)
      .says("Patients by name")
      .takes({"search", "patient_id"})
      .takes_pages()
      .answers(200, "patient_page");
  routes.add("GET", "/api/patients/<id>/", viewers, show)
      .says("A patient with its studies, newest first")
      .answers(200, "patient_with_studies");
  routes.add("POST", "/api/patients/<id>/merge/", editors, merge)
      .says("Gives all studies of a patient to another one, who is the same person")
      .accepts("patient_merge")
      .answers(200, "patient");
  routes.add("POST", "/api/patients/split/", editors, split)
      .says("Gives studies of a patient to another one")
      .accepts("patient_split")
      .answers(200, "patient");
}

} // namespace noctis
