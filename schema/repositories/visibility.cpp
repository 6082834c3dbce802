#include "schema/repositories/visibility.hpp"

#include "schema/errors.hpp"
#include "schema/scope.hpp"

namespace noctis::schema {

namespace {

constexpr statement lock_patient{"visibility_lock_patient", "select from patients where id = $1 for no key update"};
constexpr statement find_studies{"visibility_has_studies",
                                 "select exists(select from studies where patient = $1)::int"};
constexpr statement count_study{"visibility_count", R"sql(
select case when deletion is null then 1 else 0 end, number_of_series, number_of_instances, storage_size,
  case when deletion is null and not exists (select from studies o where o.patient = s.patient and o.id <> s.id)
    then 1 else 0 end
from kept_studies s where id = $1)sql"};
constexpr statement settle_study{"visibility_settle", R"sql(
update kept_studies s set number_of_series = t.series, number_of_instances = t.instances, storage_size = t.bytes,
  modalities = t.modalities, updated_at = now(),
  deletion = case when t.series = 0 then coalesce(s.deletion, $2::bigint) end
from (select count(*) as series, coalesce(sum(number_of_instances), 0) as instances,
             coalesce(sum(storage_size), 0) as bytes,
             coalesce(array_agg(distinct modality order by modality) filter (where modality <> ''), '{}') as modalities
      from series where study = $1) t
where s.id = $1)sql"};
constexpr statement add_totals{"visibility_totals", R"sql(
insert into facility_counts as c (facility, slot, patients, studies, series, instances, bytes)
values ($1, pg_backend_pid() % 64, $2, $3, $4, $5, $6)
on conflict (facility, slot) do update set patients = c.patients + excluded.patients,
  studies = c.studies + excluded.studies, series = c.series + excluded.series,
  instances = c.instances + excluded.instances, bytes = c.bytes + excluded.bytes)sql"};

} // namespace

locked_study::locked_study(query& run, const principal& who, int64_t id) : run_(run), id_(id) {
  const auto rows = run.once("select facility, patient, uid from kept_studies where id = $1 and " +
                                 visible_to(who, "facility") + " for no key update",
                             {std::to_string(id)});
  if (rows.empty()) throw database_error(errc::not_found, "there is no study " + std::to_string(id));
  facility_ = rows[0][0].as<int64_t>();
  patient_ = rows[0][1].as<int64_t>();
  uid_ = rows[0][2].as<std::string>();
  run(lock_patient, patient_);
  before_ = totals();
}

study_totals locked_study::totals() const {
  const auto row = run_(count_study, id_)[0];
  return {row[4].as<int64_t>(), row[0].as<int64_t>(), row[1].as<int64_t>(), row[2].as<int64_t>(), row[3].as<int64_t>()};
}

void locked_study::settle(int64_t deletion) {
  run_(settle_study, id_, deletion);
  const auto after = totals();
  add_to_totals(run_, facility_,
                {after.patients - before_.patients, after.studies - before_.studies, after.series - before_.series,
                 after.instances - before_.instances, after.bytes - before_.bytes});
  before_ = after;
}

void add_to_totals(query& run, int64_t facility, const study_totals& change) {
  run(add_totals, facility, change.patients, change.studies, change.series, change.instances, change.bytes);
}

int64_t has_studies(query& run, int64_t patient) { return run(find_studies, patient)[0][0].as<int64_t>(); }

} // namespace noctis::schema
