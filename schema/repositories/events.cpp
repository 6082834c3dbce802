#include "schema/repositories/events.hpp"

#include "messages/event_place.hpp"
#include "schema/scope.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <optional>

namespace noctis::schema {

namespace {

constexpr int32_t most_events = 1000;

constexpr statement find_head{"events_head", R"sql(
select e.xact::text, e.id::text from events e where e.xact < pg_snapshot_xmin(pg_current_snapshot())
order by e.xact desc, e.id desc limit 1)sql"};
constexpr statement find_place{"events_place", "select from events where xact = $1::xid8 and id = $2"};
constexpr statement prune_events{"events_prune", R"sql(
with oldest as (
  select xact, id, created_at from events
  where (select created_at from events order by xact, id limit 1) < now() - make_interval(secs => $1)
  order by xact, id limit $2),
old as (
  select xact, id, bool_and(created_at < now() - make_interval(secs => $1)) over (order by xact, id) as is_old
  from oldest)
delete from events e using old o where e.xact = o.xact and e.id = o.id and o.is_old
  and (e.xact, e.id) < (select xact, id from events order by xact desc, id desc limit 1))sql"};

event_place place_of(const std::string& text) {
  const auto place = event_place_of(text);
  if (!place) throw database_error(errc::invalid_argument, "this is no place in the order of events");
  return *place;
}

bool is_kept(query& run, const event_place& where) {
  return where == event_place{} ||
         !run(find_place, std::to_string(where.transaction), static_cast<int64_t>(where.number)).empty();
}

void read_events(query& run, const events_request& request, const event_place& from, events_page& page) {
  const auto to = place_of(page.position);
  const auto limit = std::clamp(request.limit, 1, most_events);
  // Up to the head, all is there that ever will be.
  const auto rows =
      run.once("select e.xact::text, e.id::text, e.type, coalesce(e.facility, 0), e.payload::text from events e "
               "where (e.xact, e.id) > ($1::xid8, $2::bigint) and (e.xact, e.id) <= ($3::xid8, $4::bigint) and " +
                   visible_to(request.who, "e.facility") + " order by e.xact, e.id limit " + std::to_string(limit + 1),
               {std::to_string(from.transaction), std::to_string(from.number), std::to_string(to.transaction),
                std::to_string(to.number)});
  for (const auto& row : rows) {
    if (page.events.size() == static_cast<size_t>(limit)) {
      page.more = true;
      page.position = page.events.back().id;
      return;
    }
    page.events.push_back({row[0].as<std::string>() + "-" + row[1].as<std::string>(), row[2].as<std::string>(),
                           row[3].as<int64_t>(), row[4].as<std::string>()});
  }
}

} // namespace

events_page events_repository::after(const events_request& request) {
  const auto from = request.after.empty() ? std::optional<event_place>{} : place_of(request.after);
  return read(db_, [&](query& run) {
    events_page page;
    const auto head = run(find_head);
    page.position =
        head.empty() ? event_place{}.str() : head[0][0].as<std::string>() + "-" + head[0][1].as<std::string>();
    if (!from || from->str() == page.position) return page;
    page.missed = !is_kept(run, *from);
    if (!page.missed) read_events(run, request, *from, page);
    return page;
  });
}

int64_t events_repository::prune(std::chrono::seconds age, int64_t batch) {
  return transact(
      db_, [&](query& run) { return static_cast<int64_t>(run(prune_events, age.count(), batch).affected_rows()); });
}

} // namespace noctis::schema
