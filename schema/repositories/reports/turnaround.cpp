#include "schema/repositories/reports/turnaround.hpp"

#include "schema/errors.hpp"
#include "schema/scope.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

const std::string select_signed = R"sql(
with signed as (
  select coalesce(s.modalities[1], '') as modality, s.priority, (
      select extract(epoch from min(v.signed_at) - r.images_until) / 60 from report_versions v
      where v.report = r.id and v.status = 'preliminary') as preliminary, (
      select extract(epoch from min(v.signed_at) - r.images_until) / 60 from report_versions v
      where v.report = r.id and v.status = 'final') as final
  from reports r join studies s on s.id = r.study
  where r.version > 0 and exists (
    select from report_versions v where v.report = r.id and v.signed_at > now() - make_interval(days => $1::integer))
    and )sql";
const std::string select_groups = R"sql()
select modality, priority, count(*),
  coalesce(percentile_cont(0.5) within group (order by greatest(preliminary, 0)::float8) filter (where preliminary is not null), 0),
  coalesce(percentile_cont(0.5) within group (order by greatest(final, 0)::float8) filter (where final is not null), 0),
  coalesce(percentile_cont(0.9) within group (order by greatest(final, 0)::float8) filter (where final is not null), 0)
from signed group by 1, 2 order by 1, 2 desc)sql";

} // namespace

turnaround report_turnaround(database& db, const turnaround_request& request) {
  require(request.who, permission::study_view);
  if (request.days < 1 || request.days > 366) throw database_error(errc::invalid_argument, "days is 1 to 366");
  const auto visible = visible_to(request.who, "s.facility");
  return read(db, [&](query& run) {
    turnaround result;
    for (const auto& row : run.once(select_signed + visible + select_groups, {std::to_string(request.days)}))
      result.groups.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<int64_t>(),
                               row[3].as<double>(), row[4].as<double>(), row[5].as<double>()});
    const auto open = run.once("select count(*) filter (where r.status = 'draft'), "
                               "count(*) filter (where r.status = 'preliminary') "
                               "from reports r join studies s on s.id = r.study where " +
                               visible)[0];
    result.drafts = open[0].as<int64_t>();
    result.unsigned_preliminary = open[1].as<int64_t>();
    return result;
  });
}

} // namespace noctis::schema
