#include "schema/repositories/worklist.hpp"

#include "schema/array_literal.hpp"
#include "schema/conditions.hpp"
#include "schema/errors.hpp"
#include "schema/repositories/find/word_matching.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr std::array<const char*, 7> all_statuses{"scheduled", "in_progress", "completed", "reported",
                                                  "approved",  "suspended",   "cancelled"};
constexpr std::array<const char*, 4> all_priorities{"elective", "routine", "urgent", "stat"};
constexpr std::array<const char*, 5> all_report_statuses{"none", "draft", "preliminary", "final", "amended"};

struct ordering {
  const char* name;
  const char* ascending; ///< has an index that begins with it
  const char* descending;
  bool by_patient;
};

constexpr std::array<ordering, 5> orderings{{
    {"study_date", "s.study_date, s.id", "s.study_date desc, s.id desc", false},
    {"upload_date", "s.uploaded_at, s.id", "s.uploaded_at desc, s.id desc", false},
    {"priority", "s.priority, s.study_date, s.id", "s.priority desc, s.study_date desc, s.id desc", false},
    {"modality", "s.modalities, s.study_date, s.id", "s.modalities desc, s.study_date desc, s.id desc", false},
    {"patient_name", "p.name_folded, p.id, s.id", "p.name_folded desc, p.id desc, s.id desc", true},
}};

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

template <class Names>
void check_names(const std::vector<std::string>& values, const Names& allowed, const char* field) {
  for (const auto& value : values) {
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
      refuse(std::string{field} + " \"" + storable(value, 64) + "\" is none of those that there are");
  }
}

void add_dates(conditions& where, const study_filter& filter) {
  for (const auto* date : {&filter.date_from, &filter.date_to}) {
    if (!date->empty() && storable_date(*date).empty())
      refuse("\"" + storable(*date, 64) + "\" is not a date (YYYYMMDD)");
  }
  if (!filter.date_from.empty()) where.add("s.study_date >= ", filter.date_from);
  if (!filter.date_to.empty()) where.add("s.study_date > '' and s.study_date <= ", filter.date_to);
}

void add_readers(conditions& where, const std::vector<int64_t>& readers) {
  std::vector<std::string> alternatives;
  std::vector<std::string> users;
  for (const auto reader : readers) {
    if (reader == 0)
      alternatives.emplace_back("s.assigned_to is null");
    else
      users.push_back(std::to_string(reader));
  }
  if (!users.empty()) alternatives.push_back("s.assigned_to = any(" + where.parameter(array_of(users)) + "::bigint[])");
  where.add_any(alternatives);
}

void add_study(conditions& where, const study_filter& filter) {
  add_words(where, filter.search, searched_text::study);
  add_words(where, filter.patient_name, searched_text::study_patient);
  if (!filter.accession_number.empty())
    where.add("s.accession_number <> '' and s.accession_number = ", storable(filter.accession_number, 256));
  if (!filter.study_instance_uid.empty()) where.add("s.uid = ", storable(filter.study_instance_uid, 64));
  if (!filter.modalities.empty()) {
    array_literal modalities;
    for (const auto& modality : filter.modalities) modalities.add(storable(modality, 64));
    where.add("s.modalities && ", modalities.str(), "::text[]");
  }
  if (!filter.statuses.empty()) where.add("s.status = any(", array_of(filter.statuses), "::text[])");
  if (!filter.priorities.empty()) where.add("s.priority = any(", array_of(filter.priorities), "::study_priority[])");
  if (!filter.readers.empty()) add_readers(where, filter.readers);
  if (!filter.report_statuses.empty())
    where.add("coalesce((select r.status from reports r where r.study = s.id), 'none') = any(",
              array_of(filter.report_statuses), "::text[])");
  if (filter.facility) where.add("s.facility = " + std::to_string(*filter.facility));
}

const ordering& ordering_of(const std::string& name) {
  for (const auto& one : orderings) {
    if (name == one.name) return one;
  }
  refuse("there is no ordering \"" + storable(name, 64) + "\"");
}

/// Nothing but facilities restricts: the totals have the count.
std::string count_of_all(const study_filter& filter) {
  auto sql = "select least(coalesce(sum(studies), 0), " + std::to_string(max_count + 1) +
             ")::bigint from facility_counts c where " + visible_to(filter.who, "c.facility");
  if (filter.facility) sql += " and c.facility = " + std::to_string(*filter.facility);
  return sql;
}

} // namespace

worklist_sql worklist_of(const study_filter& filter) {
  if (filter.page < 1 || filter.page_size < 1 || filter.page_size > 200)
    refuse("page is at least 1, page_size 1 to 200");
  const int64_t skipped = (int64_t{filter.page} - 1) * filter.page_size;
  if (skipped > max_count)
    refuse("a worklist is paged through its first " + std::to_string(max_count) + " studies; narrow it instead");
  check_names(filter.statuses, all_statuses, "status");
  check_names(filter.priorities, all_priorities, "priority");
  check_names(filter.report_statuses, all_report_statuses, "report_status");
  const bool descends = filter.ordering.compare(0, 1, "-") == 0;
  const auto& order = ordering_of(filter.ordering.substr(descends ? 1 : 0));

  parameter_list parameters;
  conditions where{parameters};
  where.add(visible_to(filter.who, "s.facility"));
  add_study(where, filter);
  add_dates(where, filter);
  const bool asks_patient = !filter.patient_id.empty();
  if (asks_patient) where.add("p.patient_id = ", storable(filter.patient_id, 256));
  const bool is_plain = where.size() == (filter.facility ? 2u : 1u);

  const std::string from = "from studies s ";
  const std::string with_patient = "join patients p on p.id = s.patient ";
  const std::string by = std::string{"order by "} + (descends ? order.descending : order.ascending);
  worklist_sql result;
  result.skipped = skipped;
  if (!filter.search.empty() || !filter.patient_name.empty()) result.counts_to = max_count_of_words;
  // The page is found in the index first; only its rows are read whole.
  result.page = "with page as materialized (select s.id " + from +
                (asks_patient || order.by_patient ? with_patient : "") + "where " + where.sql() + " " + by + " limit " +
                std::to_string(filter.page_size) + " offset " + std::to_string(skipped) +
                ") select " NOCTIS_STUDY_COLUMNS " from page, " NOCTIS_STUDY_TABLES " where s.id = page.id " + by;
  result.count = is_plain ? count_of_all(filter)
                          : "select count(*) from (select " + from + (asks_patient ? with_patient : "") + "where " +
                                where.sql() + " limit " + std::to_string(result.counts_to + 1) + ") counted";
  result.parameters = parameters.values();
  return result;
}

} // namespace noctis::schema
