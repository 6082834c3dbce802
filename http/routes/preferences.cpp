#include "http/representation/json.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr int deepest = 64;

bool is_deep(const rapidjson::Value& value, int left = deepest) {
  if (left == 0) return true;
  const auto below = [left](const rapidjson::Value& one) { return is_deep(one, left - 1); };
  if (value.IsArray()) return std::any_of(value.Begin(), value.End(), below);
  if (!value.IsObject()) return false;
  return std::any_of(value.MemberBegin(), value.MemberEnd(), [&](const auto& one) { return below(one.value); });
}

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  query.check();
  answer_page_of(c, page, c.actors->query<preference_list>(preferences_request{c.who, ""}).entries);
}

void show(context& c) {
  const auto found = c.actors->query<preference_list>(preferences_request{c.who, c.segments.front()});
  answer(c, 200, found.entries.at(0));
}

void put(context& c) {
  const auto body = c.json_body();
  const auto& value = body["value"];
  if (is_deep(value))
    throw refusal(problem_of(field_errors{{"value", {"Nested more than " + std::to_string(deepest) + " levels."}}}));
  const auto version = body.HasMember("version") ? body["version"].GetInt64() : 0;
  const preference_put request{c.who, c.segments.front(), json_of(value), version};
  const auto outcome = c.actors->edit<preference_outcome>(request);
  if (outcome.stored) return answer(c, 200, outcome.current);
  auto what = problem_of(errc::state_conflict, "Somebody has changed this since: it is version " +
                                                   std::to_string(outcome.current.version) + " now.");
  what.current = written(outcome.current);
  throw refusal(std::move(what));
}

void remove(context& c) {
  c.actors->edit<void>(preference_removal{c.who, c.segments.front()});
  c.response.status = 204;
}

} // namespace

void add_preference_routes(router& routes) {
  const auto users = access::logged_in();
  routes.add("GET", "/api/preferences/", users, list)
      .says("Documents that the user's applications keep")
      .takes_pages()
      .answers(200, "preference_page");
  routes.add("GET", "/api/preferences/<name>/", users, show)
      .says("One document of the user's")
      .answers(200, "preference");
  routes.add("PUT", "/api/preferences/<name>/", users, put)
      .says("Writes a document of the user's, over the version that is known; 409 tells the current one")
      .accepts("preference_put")
      .answers(200, "preference");
  routes.add("DELETE", "/api/preferences/<name>/", users, remove).says("Forgets a document of the user's").answers(204);
}

} // namespace noctis
