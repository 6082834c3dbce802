#include "schema/repositories/deletions.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/annotations/changes.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/repositories/visibility.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr size_t reason_length = 1024;

constexpr statement add_deletion{"deletions_add", "insert into deletions (level, object, account, who, reason) "
                                                  "values ($1, $2, nullif($3, 0), $4, $5) returning id"};

// The instances of a study, a series, or one: $1, with the level's column.
#define NOCTIS_HIDE(CONDITION)                                                                                         \
  "with hidden as (update kept_instances i set deletion = $2 where i.deletion is null and i.replaced_at is null "      \
  "and " CONDITION " returning i.series, i.length), "                                                                  \
  "sums as (select series, count(*) as instances, sum(length) as bytes from hidden group by series) "                  \
  "update kept_series r set number_of_instances = r.number_of_instances - s.instances, updated_at = now(), "           \
  "storage_size = r.storage_size - s.bytes, "                                                                          \
  "deletion = case when r.number_of_instances = s.instances then $2::bigint end "                                      \
  "from sums s where r.id = s.series returning r.id"

constexpr statement hide_study{"deletions_hide_study",
                               NOCTIS_HIDE("i.series in (select id from kept_series where study = $1)")};
constexpr statement hide_series{"deletions_hide_series", NOCTIS_HIDE("i.series = $1")};
constexpr statement hide_instance{"deletions_hide_instance", NOCTIS_HIDE("i.id = $1")};

constexpr statement show_instances{"deletions_show", R"sql(
with undone as (select id from deletions where level = $1 and object = $2),
shown as (
  update kept_instances i set deletion = null from undone u where i.deletion = u.id and i.replaced_at is null
  returning i.series, i.length),
sums as (select series, count(*) as instances, sum(length) as bytes from shown group by series)
update kept_series r set number_of_instances = r.number_of_instances + s.instances,
  storage_size = r.storage_size + s.bytes, deletion = null, updated_at = now()
from sums s where r.id = s.series
returning r.uid, not exists (select from kept_series b where b.id = r.id and b.deletion is not null
                             and b.deletion not in (select id from undone)))sql"};

constexpr statement study_may_show{"deletions_study_may_show", R"sql(
select deletion is null or deletion in (select id from deletions where level = $2 and object = $3)
from kept_studies where id = $1)sql"};

struct named_object {
  int64_t id = 0;
  int64_t study = 0;
  std::string uid;
};

const char* name_of(query_level level) {
  switch (level) {
  case query_level::study:
    return "study";
  case query_level::series:
    return "series";
  case query_level::instance:
    return "instance";
  default:
    throw database_error(errc::invalid_argument, "a study, series or instance can be deleted, nothing else");
  }
}

const statement& hiding(query_level level) {
  return level == query_level::study ? hide_study : level == query_level::series ? hide_series : hide_instance;
}

/// Returns where the object is; in the tables with `prefix` "kept_" hidden ones are there too.
named_object find_object(query& run, const principal& who, query_level level, const object_key& key,
                         const std::string& prefix) {
  const bool is_study = level == query_level::study;
  const bool is_series = level == query_level::series;
  const std::string from =
      is_study    ? prefix + "studies s"
      : is_series ? prefix + "series o join kept_studies s on s.id = o.study"
                  : prefix + "instances o join kept_series r on r.id = o.series join kept_studies s on s.id = r.study";
  const std::string alias = is_study ? "s" : "o";
  const std::string uid_column = level == query_level::instance ? "o.sop_uid" : alias + ".uid";
  const auto rows = run.once("select " + alias + ".id, s.id, " + uid_column + " from " + from + " where " +
                                 visible_to(who, "s.facility") + " and " +
                                 (level == query_level::instance ? "o.replaced_at is null and " : "") +
                                 (key.id != 0 ? alias + ".id = $1::bigint" : uid_column + " = $1"),
                             {key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)});
  if (rows.empty())
    throw database_error(errc::not_found, std::string{"there is no "} + name_of(level) + " " +
                                              (key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)));
  return {rows[0][0].as<int64_t>(), rows[0][1].as<int64_t>(), rows[0][2].as<std::string>()};
}

template <class Request>
void check(const Request& request) {
  require(request.who, permission::study_delete);
  name_of(request.level);
  if (storable(request.reason, reason_length).empty())
    throw database_error(errc::invalid_argument, "reason is missing: why is this done?");
}

template <class Request>
void record(query& run, const Request& request, const named_object& object, const locked_study& study,
            const std::string& what) {
  const std::string level = name_of(request.level);
  record_change(run,
                {request.who, level + "." + what, "ok", object.uid, study.facility(), study.id(),
                 R"({"study":)" + json_string(study.uid()) + R"(,"level":")" + level + R"(","uid":)" +
                     json_string(object.uid) + R"(,"reason":)" + json_string(storable(request.reason, reason_length)) +
                     "}"},
                "");
  if (request.level == query_level::study)
    return tell_study(run, "study." + what + "d", study.facility(), study.id(), study.uid());
  tell_study(run, "study.updated", study.facility(), study.id(), study.uid(),
             R"(,"change":")" + what + R"(d","level":")" + level + R"(","uid":)" + json_string(object.uid));
}

} // namespace

void deletions_repository::hide(const delete_request& request) {
  check(request);
  transact(db_, [&](query& run) {
    const auto object = find_object(run, request.who, request.level, request.key, "");
    locked_study study{run, request.who, object.study};
    const auto deletion = run(add_deletion, name_of(request.level), object.id, request.who.id,
                              storable(request.who.name, 256), storable(request.reason, reason_length))[0][0]
                              .as<int64_t>();
    // Somebody else may have hidden it since it was found.
    if (run(hiding(request.level), object.id, deletion).empty())
      throw database_error(errc::not_found, std::string{"there is no "} + name_of(request.level) + " " + object.uid);
    study.settle(deletion);
    record(run, request, object, study, "delete");
  });
}

void deletions_repository::show(const restore_request& request) {
  check(request);
  transact(db_, [&](query& run) {
    const auto* level = name_of(request.level);
    const auto object = find_object(run, request.who, request.level, request.key, "kept_");
    locked_study study{run, request.who, object.study};
    const bool study_may = run(study_may_show, study.id(), level, object.id)[0][0].as<bool>();
    const auto series = run(show_instances, level, object.id);
    if (series.empty())
      throw database_error(errc::state_conflict, std::string{level} + " " + object.uid + " is not deleted");
    if (!study_may)
      throw database_error(errc::state_conflict, "study " + study.uid() + " is deleted: restore it first");
    for (const auto& row : series) {
      if (!row[1].as<bool>())
        throw database_error(errc::state_conflict,
                             "series " + row[0].as<std::string>() + " is deleted: restore it first");
    }
    study.settle(0);
    resume_annotation_jobs(run, {study.id(), study.facility(), study.uid()});
    record(run, request, object, study, "restore");
  });
}

} // namespace noctis::schema
