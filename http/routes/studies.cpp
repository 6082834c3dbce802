#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

/// `me` is the id of who asks.
study_filter read_filter(query_string& query, const page_request& page, int64_t me) {
  study_filter filter;
  filter.search = query.text("search");
  filter.patient_id = query.text("patient_id");
  filter.patient_name = query.text("patient_name");
  filter.accession_number = query.text("accession_number");
  filter.study_instance_uid = query.text("study_instance_uid");
  filter.modalities = query.texts("modality");
  filter.date_from = query.date("date_from");
  filter.date_to = query.date("date_to");
  filter.statuses = query.choices(
      "status", {"scheduled", "in_progress", "completed", "reported", "approved", "suspended", "cancelled"});
  filter.priorities = query.choices("priority", {"routine", "urgent", "stat", "elective"});
  filter.readers = query.ids("assigned_to", {{"none", 0}, {"me", me}});
  filter.report_statuses = query.choices("report_status", {"none", "draft", "preliminary", "final", "amended"});
  const auto facility = query.integer("facility", 1, INT64_MAX, 0);
  if (facility != 0) filter.facility = facility;
  filter.ordering = query.choice("ordering",
                                 {"study_date", "-study_date", "patient_name", "-patient_name", "upload_date",
                                  "-upload_date", "priority", "-priority", "modality", "-modality"},
                                 "-study_date");
  filter.page = page.page;
  filter.page_size = page.size;
  return filter;
}

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  auto filter = read_filter(query, page, c.who.id);
  query.check();
  filter.who = c.who;
  const auto found = c.actors->query<study_page>(filter);
  const auto shown = static_cast<int64_t>(page.page) * page.size;
  const auto full = found.studies.size() == static_cast<size_t>(page.size);
  json_text json;
  json.begin_object();
  write_page_links(json, c, page, found.count, found.count > shown || (found.count_is_capped && full));
  if (found.count_is_capped) json.field("count_is_capped", true);
  json.key("results");
  json.begin_array();
  for (const auto& study : found.studies) write(json, study);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

void show_row(context& c) { answer(c, 200, c.actors->query<study_detail>(study_request{c.who, c.key(), false}).study); }

void show(context& c) {
  const auto found = c.actors->query<study_detail>(study_request{c.who, c.key()});
  json_text json;
  json.begin_object();
  json.field("status", "success");
  json.key("study");
  write_brief(json, found.study);
  json.key("series");
  json.begin_array();
  for (const auto& series : found.series) write(json, series, true);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

void list_images(context& c) {
  const auto found = c.actors->query<series_row>(series_request{c.who, c.key()});
  json_text json;
  json.begin_object();
  json.field("status", "success");
  json.key("series");
  write(json, found, false);
  json.key("images");
  json.begin_array();
  for (const auto& image : found.images) write_with_thumbnail(json, image);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

} // namespace

void add_study_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/api/studies/", viewers, list)
      .says("Studies as the worklist shows them")
      .takes({"search", "patient_id", "patient_name", "accession_number", "study_instance_uid", "modality", "date_from",
              "date_to", "status", "priority", "assigned_to", "report_status", "facility", "ordering"})
      .takes_pages()
      .answers(200, "study_page");
  routes.add("GET", "/api/studies/<id>/", viewers, show_row)
      .says("A study as the worklist shows it")
      .answers(200, "study");
  routes.add("GET", "/dicom/api/studies/<id>/", viewers, show)
      .says("A study with its series and images")
      .answers(200, "study_with_series");
  routes.add("GET", "/dicom/api/series/<id>/images/", viewers, list_images)
      .says("A series with its images")
      .answers(200, "series_with_images");
}

} // namespace noctis
