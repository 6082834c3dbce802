#include "schema/repositories/worklist.hpp"

#include "schema/array_literal.hpp"
#include "schema/errors.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr size_t max_words = 8;

constexpr std::array<const char*, 7> all_statuses{"scheduled", "in_progress", "completed", "reported",
                                                  "approved",  "suspended",   "cancelled"};
constexpr std::array<const char*, 4> all_priorities{"elective", "routine", "urgent", "stat"};

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

/// Returns the words of a search as people type them, at most `max_words`.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : storable(text, 256)) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '^' && c != '=' && c != ',')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  words.resize(std::min(words.size(), max_words));
  return words;
}

/// Returns the characters in UTF-8 text.
size_t length_of(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

template <class Names>
void check_names(const std::vector<std::string>& values, const Names& allowed, const char* field) {
  for (const auto& value : values) {
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
      refuse(std::string{field} + " \"" + storable(value, 64) + "\" is none of those that there are");
  }
}

/// Collects conditions and their parameters.
class conditions {
public:
  void add(std::string condition) { parts_.push_back(std::move(condition)); }

  /// Adds `before $n after`.
  void add(const std::string& before, const std::string& value, const std::string& after = "") {
    add(before + parameter(value) + after);
  }

  /// Every word somewhere in what a study is found by, or in its first line, which is the patient's name. Words of
  /// one or two characters have no trigrams inside a word, so they are found where a word begins.
  void add_words(const std::string& text, bool in_name) {
    const std::string column = "s.search_text like ";
    const std::string end = in_name ? " || E'\\n%'" : "";
    for (const auto& word : words_of(text)) {
      const auto pattern = "pattern_of(" + parameter(word) + ")";
      const auto prefix = "substr(" + pattern + ", 2)";
      add(length_of(word) > 2 ? column + pattern + end
                              : "(" + column + prefix + end + " or " + column + "'% ' || " + prefix + end + ")");
    }
  }

  [[nodiscard]] std::string sql() const {
    std::string result;
    for (const auto& part : parts_) result += (result.empty() ? "" : " and ") + part;
    return result;
  }

  [[nodiscard]] size_t size() const { return parts_.size(); }
  [[nodiscard]] const std::vector<std::string>& parameters() const { return parameters_; }

private:
  std::string parameter(const std::string& value) {
    parameters_.push_back(value);
    return "$" + std::to_string(parameters_.size());
  }

  std::vector<std::string> parts_;
  std::vector<std::string> parameters_;
};

void add_dates(conditions& where, const study_filter& filter) {
  for (const auto* date : {&filter.date_from, &filter.date_to}) {
    if (!date->empty() && storable_date(*date).empty())
      refuse("\"" + storable(*date, 64) + "\" is not a date (YYYYMMDD)");
  }
  if (!filter.date_from.empty()) where.add("s.study_date >= ", filter.date_from);
  if (!filter.date_to.empty()) where.add("s.study_date > '' and s.study_date <= ", filter.date_to);
}

void add_study(conditions& where, const study_filter& filter) {
  where.add_words(filter.search, false);
  where.add_words(filter.patient_name, true);
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
  const bool descends = filter.ordering.compare(0, 1, "-") == 0;
  const auto& order = ordering_of(filter.ordering.substr(descends ? 1 : 0));

  conditions where;
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
  // The page is found in the index first; only its rows are read whole.
  result.page = "with page as materialized (select s.id " + from +
                (asks_patient || order.by_patient ? with_patient : "") + "where " + where.sql() + " " + by + " limit " +
                std::to_string(filter.page_size) + " offset " + std::to_string(skipped) +
                ") select " NOCTIS_STUDY_COLUMNS " from page, " NOCTIS_STUDY_TABLES " where s.id = page.id " + by;
  result.count = is_plain ? count_of_all(filter)
                          : "select count(*) from (select " + from + (asks_patient ? with_patient : "") + "where " +
                                where.sql() + " limit " + std::to_string(max_count + 1) + ") counted";
  result.parameters = where.parameters();
  return result;
}

} // namespace noctis::schema
