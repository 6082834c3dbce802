#include "http/representation/annotation_fields.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

constexpr size_t most_bytes = size_t{512} << 10; ///< of one annotation: its points at full length

/// Throws `refusal` (409) with the version that the client did not know.
void check_conflict(const annotation_result& result) {
  if (result.what != annotation_effect::conflict) return;
  auto conflict = problem_of(errc::state_conflict, "The annotation has been changed: it has version " +
                                                       std::to_string(result.current.version) + " by now.");
  conflict.current = written(result.current);
  throw refusal(std::move(conflict));
}

void list(context& c) {
  query_string query(c);
  const annotation_filter filter{c.who, c.key(), query.text("author")};
  query.check();
  answer_list(c, c.actors->query<annotation_list>(filter).annotations);
}

void table(context& c) {
  const auto found = c.actors->query<annotation_list>(annotation_filter{c.who, c.key(), ""});
  c.response.status = 200;
  c.response.set_header("Content-Disposition", "attachment; filename=\"annotations-" + found.study_uid + ".csv\"");
  c.response.set_content(measurements_table(found.annotations), "text/csv; charset=utf-8; header=present");
}

void versions(context& c) {
  const annotation_history_request history{c.who, uuid_of(c.segments.front())};
  answer_list(c, c.actors->query<annotation_list>(history).annotations);
}

void put(context& c) {
  const auto body = c.json_body(most_bytes);
  const auto what = read_annotation(body, uuid_of(c.segments.front()));
  const auto result = c.actors->edit<annotation_result>(annotation_put{c.who, what});
  check_conflict(result);
  answer(c, result.what == annotation_effect::created ? 201 : 200, result.current);
}

void remove(context& c) {
  query_string query(c);
  const auto version = query.integer("version", 1, INT32_MAX, 0);
  query.check();
  if (version == 0) throw refusal(problem_of(field_errors{{"version", {"This parameter is required."}}}));
  const annotation_removal removal{c.who, uuid_of(c.segments.front()), version};
  check_conflict(c.actors->edit<annotation_result>(removal));
  c.response.status = 204;
}

void store(context& c) {
  json_text json;
  json.begin_object();
  json.field("job", c.actors->edit<int64_t>(annotation_store_request{c.who, c.key()}));
  json.end_object();
  c.send_json(202, json.take());
}

} // namespace

void add_annotation_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto writers = access::may(permission::annotation_write);
  routes.add("GET", "/api/studies/<id>/annotations/", viewers, list)
      .says("The annotations of a study, oldest first, at most 10,000")
      .takes({"author"})
      .answers(200, "annotation_list");
  routes.add("GET", "/api/studies/<id>/annotations.csv", viewers, table)
      .says("The measurements of a study as a table")
      .answers_with(200, "text/csv");
  routes.add("POST", "/api/studies/<id>/annotations/store/", writers, store)
      .says("Writes the caller's annotations of a study as DICOM objects now")
      .answers(202, "annotation_job");
  routes.add("GET", "/api/annotations/<id>/versions/", viewers, versions)
      .says("Every version of an annotation, oldest first")
      .answers(200, "annotation_list");
  routes.add("PUT", "/api/annotations/<id>/", writers, put)
      .says("Makes an annotation, or the next version of one's own")
      .accepts("annotation_put")
      .answers(200, "annotation")
      .answers(201, "annotation");
  routes.add("DELETE", "/api/annotations/<id>/", writers, remove)
      .says("Deletes an annotation of one's own; its versions stay")
      .takes({"version"})
      .answers(204);
}

} // namespace noctis
