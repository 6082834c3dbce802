#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>

namespace noctis {

namespace {

void write_destination(json_text& json, const ae_row& entity) {
  json.begin_object();
  json.field("ae_title", entity.title);
  json.key("facility");
  write(json, entity.facility);
  json.end_object();
}

/// The bits of a permission's name, 0 for "". Throws `refusal` (400) for a name that there is not.
uint32_t read_permission(const std::string& name) {
  if (name.empty()) return 0;
  for (const auto& [what, known] : permission_names()) {
    if (known == name) return static_cast<uint32_t>(what);
  }
  throw refusal(problem_of(field_errors{{"permission", {"There is no such permission."}}}));
}

void list_people(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  const people_request request{c.who, read_permission(query.text("permission")),
                               query.integer("facility", 1, INT64_MAX, 0)};
  query.check();
  answer_page_of(c, page, c.actors->accounts<people_list>(request).users);
}

void list_destinations(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  query.check();
  auto entities = c.actors->query<ae_list>(list_atom::value, c.who).entities;
  entities.erase(
      std::remove_if(entities.begin(), entities.end(), [](const ae_row& entity) { return entity.host.empty(); }),
      entities.end());
  answer_page_of(c, page, entities, write_destination);
}

} // namespace

void add_people_routes(router& routes) {
  routes.add("GET", "/api/users/", access::may(permission::study_view), list_people)
      .says("Colleagues: active users who share a facility with the one who asks")
      .takes({"permission", "facility"})
      .takes_pages()
      .answers(200, "person_page");
  routes.add("GET", "/api/destinations/", access::may(permission::study_export), list_destinations)
      .says("Application entities that studies can be sent to")
      .takes_pages()
      .answers(200, "destination_choice_page");
}

} // namespace noctis
