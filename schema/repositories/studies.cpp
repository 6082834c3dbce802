#include "schema/repositories/studies.hpp"

#include "schema/repositories/study_rows.hpp"
#include "schema/repositories/worklist.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace noctis::schema {

namespace {

const std::string select_study = "select " NOCTIS_STUDY_COLUMNS " from " NOCTIS_STUDY_TABLES " where ";
const std::string select_series =
    "select " NOCTIS_SERIES_COLUMNS " from series r join studies s on s.id = r.study where ";
const std::string select_images =
    "select " NOCTIS_IMAGE_COLUMNS " from " NOCTIS_IMAGE_TABLES " where i.replaced_at is null and ";
const std::string by_number = " order by i.series, i.number nulls last, i.id, l.node, l.path";

[[noreturn]] void throw_not_found(const char* what, const object_key& key) {
  throw database_error(errc::not_found, std::string{"there is no "} + what + " " +
                                            (key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)));
}

/// Returns the condition that a row is the one that `key` names, for the parameter of `value_of`.
std::string is_named(const object_key& key, const std::string& id_column, const std::string& uid_column) {
  return key.id != 0 ? id_column + " = $1::bigint" : uid_column + " = $1";
}

std::vector<std::string> value_of(const object_key& key) {
  return {key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)};
}

std::string visible_study(const principal& who) { return visible_to(who, "s.facility") + " and "; }

study_row find_study(query& run, const principal& who, const object_key& key) {
  const auto rows = run.once(select_study + visible_study(who) + is_named(key, "s.id", "s.uid"), value_of(key));
  if (rows.empty()) throw_not_found("study", key);
  return study_from(rows[0]);
}

series_row find_series(query& run, const principal& who, const object_key& key) {
  const auto rows = run.once(select_series + visible_study(who) + is_named(key, "r.id", "r.uid"), value_of(key));
  if (rows.empty()) throw_not_found("series", key);
  return series_from(rows[0]);
}

void add_images(query& run, std::vector<series_row>& series, const std::string& condition, const std::string& value) {
  std::unordered_map<int64_t, series_row*> by_id;
  for (auto& one : series) by_id[one.id] = &one;
  for (auto& found : images_from(run.once(select_images + condition + by_number, {value}))) {
    if (const auto one = by_id.find(found.series); one != by_id.end())
      one->second->images.push_back(std::move(found.image));
  }
}

/// Throws `not_found` for what the request names and the principal does not see.
void check_named(query& run, const instances_request& request) {
  find_study(run, request.who, {0, request.study_uid});
  if (!request.series_uid.empty() &&
      find_series(run, request.who, {0, request.series_uid}).study_uid != request.study_uid)
    throw_not_found("series", {0, request.series_uid});
}

std::vector<queue_counts> queues_from(const pqxx::result& rows) {
  std::vector<queue_counts> result;
  for (const auto& row : rows)
    result.push_back({row[0].as<std::string>(), row[1].as<int64_t>(), row[2].as<int64_t>(), row[3].as<int64_t>()});
  return result;
}

} // namespace

study_page studies_repository::list(const study_filter& filter) {
  const auto sql = worklist_of(filter);
  return read(db_, [&](query& run) {
    study_page page;
    for (const auto& row : run.once(sql.page, sql.parameters)) page.studies.push_back(study_from(row));
    const auto shown = static_cast<int64_t>(page.studies.size());
    // The last page says how many there are.
    if (shown < filter.page_size && (shown > 0 || sql.skipped == 0)) {
      page.count = sql.skipped + shown;
      return page;
    }
    page.count = run.once(sql.count, sql.parameters)[0][0].as<int64_t>();
    page.count_is_capped = page.count > sql.counts_to;
    page.count = std::max(std::min(page.count, sql.counts_to), shown > 0 ? sql.skipped + shown : 0);
    return page;
  });
}

study_detail studies_repository::study(const study_request& request) {
  return read(db_, [&](query& run) {
    study_detail detail;
    detail.study = find_study(run, request.who, request.key);
    const auto id = std::to_string(detail.study.id);
    for (const auto& row : run.once(select_series + "r.study = $1 order by r.number nulls last, r.id", {id}))
      detail.series.push_back(series_from(row));
    add_images(run, detail.series, "i.series in (select id from series where study = $1)", id);
    return detail;
  });
}

series_row studies_repository::series(const series_request& request) {
  return read(db_, [&](query& run) {
    std::vector<series_row> series{find_series(run, request.who, request.key)};
    add_images(run, series, "i.series = $1", std::to_string(series.front().id));
    return series.front();
  });
}

image_detail studies_repository::image(const image_request& request) {
  return read(db_, [&](query& run) {
    const auto found = images_from(
        run.once(select_images + is_named(request.key, "i.id", "i.sop_uid") + by_number, value_of(request.key)));
    if (found.empty()) throw_not_found("image", request.key);
    const auto series =
        run.once(select_series + visible_study(request.who) + "r.id = $1", {std::to_string(found.front().series)});
    if (series.empty()) throw_not_found("image", request.key);
    image_detail detail;
    detail.image = found.front().image;
    detail.series = series_from(series[0]);
    detail.study = find_study(run, request.who, {detail.series.study_id, ""});
    return detail;
  });
}

instance_list studies_repository::instances(const instances_request& request) {
  if (request.limit < 1 || request.limit > 10'000) throw database_error(errc::invalid_argument, "limit is 1 to 10000");
  return read(db_, [&](query& run) {
    check_named(run, request);
    std::string named = "s.uid = $1";
    std::vector<std::string> values{storable(request.study_uid, 64)};
    const auto restrict_to = [&](const char* column, const std::string& uid) {
      values.push_back(storable(uid, 64));
      named += std::string{" and "} + column + " = $" + std::to_string(values.size());
    };
    if (!request.series_uid.empty()) restrict_to("r.uid", request.series_uid);
    if (!request.sop_instance_uid.empty()) restrict_to("i.sop_uid", request.sop_instance_uid);
    const auto sql = "with page as materialized (select i.id from instances i join series r on r.id = i.series "
                     "join studies s on s.id = r.study where i.replaced_at is null and " +
                     visible_study(request.who) + named + " and i.id > " + std::to_string(request.after) +
                     " order by i.id limit " + std::to_string(request.limit) + ") " + select_images +
                     "i.id in (select id from page) order by i.id, l.node, l.path";
    instance_list result;
    for (auto& found : images_from(run.once(sql, values))) result.images.push_back(std::move(found.image));
    if (result.images.empty() && !request.sop_instance_uid.empty() && request.after == 0)
      throw_not_found("instance", {0, request.sop_instance_uid});
    return result;
  });
}

statistics studies_repository::totals(const statistics_request& request) {
  statistics result;
  read(db_, [&](query& run) {
    const auto counts = run.once("select coalesce(sum(patients), 0), coalesce(sum(studies), 0), "
                                 "coalesce(sum(series), 0), coalesce(sum(instances), 0), coalesce(sum(bytes), 0) "
                                 "from facility_counts where " +
                                 visible_to(request.who, "facility"))[0];
    result.patients = counts[0].as<int64_t>();
    result.studies = counts[1].as<int64_t>();
    result.series = counts[2].as<int64_t>();
    result.instances = counts[3].as<int64_t>();
    result.bytes = counts[4].as<int64_t>();
    result.quarantined =
        run.once("select count(*) from quarantine where " + visible_to(request.who, "facility"))[0][0].as<int64_t>();
    static constexpr statement count_jobs{"jobs_count", R"sql(
select queue, count(*) filter (where state = 'pending'), count(*) filter (where state = 'running'),
  count(*) filter (where state = 'failed')
from jobs where state in ('pending', 'running', 'failed') group by queue order by queue)sql"};
    result.queues = queues_from(run(count_jobs));
  });
  result.database_version = db_.version();
  result.database_latency_ms = db_.ping();
  return result;
}

} // namespace noctis::schema
