#include "schema/repositories/patients.hpp"

#include "schema/conditions.hpp"
#include "schema/repositories/find/word_matching.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>

namespace noctis::schema {

namespace {

constexpr int64_t max_count = 100'000;

const std::string select_patient = "select p.id, p.patient_id, p.issuer, p.name, p.birth_date, p.sex, "
                                   "p.identity_conflict, f.id, f.name "
                                   "from patients p join facilities f on f.id = p.facility where ";

/// Of whom nothing is to be seen is not to be seen.
const std::string has_studies = "exists (select from studies o where o.patient = p.id)";

} // namespace

patient_page patients_repository::list(const patient_filter& filter) {
  if (filter.page < 1 || filter.page_size < 1 || filter.page_size > 200)
    throw database_error(errc::invalid_argument, "page is at least 1, page_size 1 to 200");
  const int64_t skipped = (int64_t{filter.page} - 1) * filter.page_size;
  if (skipped > max_count)
    throw database_error(errc::invalid_argument, "patients are paged through their first " + std::to_string(max_count));
  parameter_list parameters;
  conditions where{parameters};
  where.add(visible_to(filter.who, "p.facility"));
  where.add(has_studies);
  if (!filter.patient_id.empty()) where.add("p.patient_id = ", storable(filter.patient_id, 256));
  add_words(where, filter.search, searched_text::patient);
  const std::string by = " order by p.name_folded, p.id";
  const auto page_sql = "with page as materialized (select p.id from patients p where " + where.sql() + by + " limit " +
                        std::to_string(filter.page_size) + " offset " + std::to_string(skipped) + ") " +
                        select_patient + "p.id = any(array(select id from page))" + by;
  const int64_t counts_to = filter.search.empty() ? max_count : 1000;
  const auto count_sql = "select count(*) from (select from patients p where " + where.sql() + " limit " +
                         std::to_string(counts_to + 1) + ") counted";
  return read(db_, [&](query& run) {
    patient_page page;
    for (const auto& row : run.once(page_sql, parameters.values())) page.patients.push_back(patient_from(row, 0));
    const auto shown = static_cast<int64_t>(page.patients.size());
    // The last page says how many there are.
    if (shown < filter.page_size && (shown > 0 || skipped == 0)) {
      page.count = skipped + shown;
      return page;
    }
    page.count = run.once(count_sql, parameters.values())[0][0].as<int64_t>();
    page.count_is_capped = page.count > counts_to;
    page.count = std::max(std::min(page.count, counts_to), shown > 0 ? skipped + shown : 0);
    return page;
  });
}

patient_detail patients_repository::patient(const patient_request& request) {
  const auto id = std::to_string(request.id);
  return read(db_, [&](query& run) {
    const auto rows = run.once(
        select_patient + visible_to(request.who, "p.facility") + " and " + has_studies + " and p.id = $1", {id});
    if (rows.empty()) throw database_error(errc::not_found, "there is no patient " + id);
    patient_detail detail;
    detail.patient = patient_from(rows[0], 0);
    detail.identity_conflict = rows[0][6].as<bool>();
    detail.facility = {rows[0][7].as<int64_t>(), rows[0][8].as<std::string>()};
    for (const auto& row : run.once("select " NOCTIS_STUDY_COLUMNS " from " NOCTIS_STUDY_TABLES " where s.patient = $1 "
                                    "order by s.study_date desc, s.id desc limit 1000",
                                    {id}))
      detail.studies.push_back(study_from(row));
    return detail;
  });
}

} // namespace noctis::schema
