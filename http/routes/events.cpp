#include "http/request/context.hpp"
#include "http/request/query_string.hpp"
#include "http/routes/routes.hpp"
#include "http/server/server.hpp"

#include <memory>
#include <sstream>
#include <utility>

namespace noctis {

namespace {

constexpr int most_pages = 4;
constexpr auto greeting = "retry: 2000\n:\n\n";

std::set<std::string> split_types(const std::string& list) {
  std::set<std::string> result;
  std::istringstream stream{list};
  for (std::string one; std::getline(stream, one, ',');) {
    if (!one.empty()) result.insert(one);
  }
  return result;
}

event_place now(context& c) {
  return event_place_of(c.actors->query<events_page>(events_request{c.who, ""}).position).value_or(event_place{});
}

/// What the client missed since `last`, as text; moves `listener.position` to where that ends.
std::string missed_since(context& c, const std::string& last, event_subscription& listener) {
  std::string text;
  auto after = event_place_of(last);
  for (int pages = 0; after && pages < most_pages; ++pages) {
    const auto page = c.actors->query<events_page>(events_request{c.who, after->str()});
    after = event_place_of(page.position);
    if (page.missed) break;
    for (const auto& event : page.events) {
      if (concerns(listener, event)) text += event_text(event);
    }
    if (page.more || !after) continue;
    listener.position = *after;
    return text;
  }
  listener.position = now(c);
  return resync_text(listener.position.str());
}

void refuse_more() {
  auto what = problem_of(errc::rate_limited, "Too many event streams are open.");
  what.headers.emplace_back("Retry-After", "30");
  throw refusal(std::move(what));
}

void listen(context& c) {
  query_string query(c);
  auto listener = std::make_shared<event_subscription>();
  listener->types = split_types(query.text("types"));
  query.check();
  c.response.status = 200;
  c.response.set_header("Content-Type", "text/event-stream");
  if (c.request.method == "HEAD") return;
  if (!c.app.events->has_room(c.who.id)) refuse_more();
  listener->who = c.who;
  listener->session = c.session;
  const auto last = c.request.get_header_value("Last-Event-ID");
  auto first = std::make_shared<std::string>(greeting);
  if (last.empty())
    listener->position = now(c);
  else
    *first += missed_since(c, last, *listener);
  // What the client can resume from before anything has happened.
  *first += "id: " + listener->position.str() + "\n\n";
  c.response.set_header("Connection", "close");
  c.response.set_header("X-Accel-Buffering", "no");
  c.response.headers.erase("Content-Type");
  c.response.set_content_provider("text/event-stream", [](size_t, httplib::DataSink& sink) {
    sink.done();
    return true;
  });
  http_server::hand_over([hub = c.app.events, listener, first](std::unique_ptr<connection> client) {
    hub->add(std::move(client), std::move(*listener), std::move(*first));
  });
}

} // namespace

void add_event_routes(router& routes) {
  routes.add("GET", "/api/events/", access::logged_in(), listen)
      .says("What happens, as server-sent events; Last-Event-ID resumes")
      .takes({"types"})
      .runs_in_background()
      .answers_with(200, "text/event-stream");
}

} // namespace noctis
