#include "schema/repositories/analyses/analyses.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

// What analyses amount to: the repository's reads of many.

namespace noctis::schema {

namespace {

constexpr int32_t most_days = 366;
constexpr int32_t most_trend_days = 3660;

const std::string select_figures = R"sql(
select a.analyser, a.version, count(*), count(*) filter (where a.state = 'failed'),
  coalesce(avg(a.seconds) filter (where a.state = 'done'), 0),
  coalesce(percentile_cont(0.95) within group (order by a.seconds) filter (where a.state = 'done'), 0),
  sum(a.findings), sum(a.accepted), sum(a.rejected), count(*) filter (where a.urgent)
from analyses a where a.started_at > now() - make_interval(days => $1::integer) and )sql";

// Two index scans: of what is open, and of what was acknowledged within the days.
const std::string select_alerts_open = R"sql(
select count(*) filter (where a.escalated_at is null), count(*) filter (where a.escalated_at is not null)
from alerts a where a.acknowledged_at is null and )sql";
const std::string select_alerts_acknowledged = R"sql(
select count(*), coalesce(percentile_cont(0.5) within group (
  order by extract(epoch from a.acknowledged_at - a.raised_at)), 0)
from alerts a where a.acknowledged_at > now() - make_interval(days => $1::integer) and )sql";

// A series without a date is as old as its analysis. DICOM's times are read as UTC, as everywhere.
const std::string select_trend = R"sql(
with runs as (
  select coalesce(nullif(r.station_name, ''), r.manufacturer) as station, a.details, a.study, a.series_uid,
    case when r.series_date ~ '^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])$'
      then to_timestamp(r.series_date || case when r.series_time ~ '^([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]'
        then left(r.series_time, 6) else '000000' end, 'YYYYMMDDHH24MISS') else a.started_at end as at
  from analyses a join series r on r.uid = a.series_uid and r.study = a.study
  where a.analyser = 'hu-calibration' and a.state = 'done' and not a.superseded
    and jsonb_typeof(a.details->'inserts') = 'array' and a.started_at > now() - make_interval(days => $1::integer)
    and ($2 = '' or coalesce(nullif(r.station_name, ''), r.manufacturer) = $2) and )sql";
const std::string select_trend_end = R"sql( order by a.started_at desc limit 10000)
select * from (
  select w.station, i.material, i.measured_hu, i.expected_hu, i.tolerance_hu,
    (extract(epoch from w.at) * 1000)::bigint as at, s.uid, w.series_uid
  from runs w join studies s on s.id = w.study,
    jsonb_to_recordset(w.details->'inserts') as i (material text, measured_hu float8, expected_hu float8,
                                                   tolerance_hu float8)
  where i.material is not null and i.measured_hu is not null and i.expected_hu is not null
  order by w.at desc limit 10000) newest
order by at, station, material, series_uid)sql";

void check_days(int32_t days, int32_t most) {
  if (days < 1 || days > most) throw database_error(errc::invalid_argument, "days is 1 to " + std::to_string(most));
}

analyser_figures figures_from(const pqxx::row& row) {
  analyser_figures result;
  result.analyser = row[0].as<std::string>();
  result.version = row[1].as<std::string>();
  result.runs = row[2].as<int64_t>();
  result.failures = row[3].as<int64_t>();
  result.mean_seconds = row[4].as<double>();
  result.p95_seconds = row[5].as<double>();
  result.findings = row[6].as<int64_t>();
  result.accepted = row[7].as<int64_t>();
  result.rejected = row[8].as<int64_t>();
  result.urgent = row[9].as<int64_t>();
  return result;
}

calibration_point point_from(const pqxx::row& row) {
  calibration_point result;
  result.station = row[0].as<std::string>();
  result.material = row[1].as<std::string>();
  result.measured_hu = row[2].as<double>();
  result.expected_hu = row[3].as<double>();
  result.tolerance_hu = row[4].as<double>(0);
  result.at = row[5].as<int64_t>();
  result.study_uid = row[6].as<std::string>();
  result.series_uid = row[7].as<std::string>();
  return result;
}

} // namespace

analysis_dashboard analyses_repository::dashboard(const analysis_dashboard_request& request) {
  require(request.who, permission::study_view);
  check_days(request.days, most_days);
  const std::vector<std::string> days{std::to_string(request.days)};
  const auto visible = visible_to(request.who, "a.facility");
  return read(db_, [&](query& run) {
    analysis_dashboard result;
    for (const auto& row : run.once(select_figures + visible + " group by 1, 2 order by 1, 2", days))
      result.analysers.push_back(figures_from(row));
    const auto open = run.once(select_alerts_open + visible)[0];
    result.alerts_open = open[0].as<int64_t>();
    result.alerts_escalated = open[1].as<int64_t>();
    const auto acknowledged = run.once(select_alerts_acknowledged + visible, days)[0];
    result.alerts_acknowledged = acknowledged[0].as<int64_t>();
    result.median_acknowledgement_seconds = acknowledged[1].as<double>();
    return result;
  });
}

calibration_trend analyses_repository::calibration(const calibration_request& request) {
  require(request.who, permission::study_view);
  check_days(request.days, most_trend_days);
  return read(db_, [&](query& run) {
    calibration_trend result;
    for (const auto& row : run.once(select_trend + visible_to(request.who, "a.facility") + select_trend_end,
                                    {std::to_string(request.days), storable(request.station, 1024)}))
      result.points.push_back(point_from(row));
    return result;
  });
}

} // namespace noctis::schema
