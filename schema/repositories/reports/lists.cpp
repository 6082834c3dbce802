#include "schema/conditions.hpp"
#include "schema/errors.hpp"
#include "schema/repositories/reports/reports.hpp"
#include "schema/repositories/reports/rows.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr std::array<const char*, 4> all_statuses{"draft", "preliminary", "final", "amended"};

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

void check(const report_filter& filter) {
  require(filter.who, permission::study_view);
  if (filter.page < 1) refuse("page is at least 1");
  if (filter.page_size < 1 || filter.page_size > 200) refuse("page_size is 1 to 200");
  if (!filter.status.empty() &&
      std::find(all_statuses.begin(), all_statuses.end(), filter.status) == all_statuses.end())
    refuse("status \"" + storable(filter.status, 64) + "\" is none of those that there are");
}

/// Where the words stand in the newest version that has them. Of a long text, what is around the first of them.
std::string snippet_of(const std::string& words) {
  return R"sql((select ts_headline('report_words', case when length(t.text) < 20000 then t.text else
  substr(t.text, greatest(1, strpos(lower(unaccent(t.text)), q.first) - 1000), 4000) end, q.wanted,
  'StartSel="' || chr(2) || '", StopSel="' || chr(3) || '", MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "')
  from report_texts t, (select websearch_to_tsquery('report_words', )sql" +
         words + R"sql() as wanted,
    coalesce((tsvector_to_array(to_tsvector('report_words', )sql" +
         words + R"sql()))[1], '') as first) q
  where t.report = r.id and t.words @@ q.wanted order by t.version = 0 desc, t.version desc, t.part limit 1))sql";
}

} // namespace

report_page reports_repository::list(const report_filter& filter) {
  check(filter);
  parameter_list parameters;
  conditions where{parameters};
  where.add(visible_to(filter.who, "s.facility"));
  if (filter.study.id != 0) where.add("s.id = ", std::to_string(filter.study.id), "::bigint");
  if (!filter.study.uid.empty()) where.add("s.uid = ", storable(filter.study.uid, 64));
  if (!filter.status.empty()) where.add("r.status = ", filter.status);
  if (filter.author != 0) where.add("r.author = ", std::to_string(filter.author), "::bigint");
  std::string snippet = "''";
  if (!filter.search.empty()) {
    const auto words = where.parameter(storable(filter.search, 256));
    where.add("r.id in (select t.report from report_texts t where t.words @@ websearch_to_tsquery('report_words', " +
              words + "))");
    snippet = snippet_of(words);
  }
  const auto tables = " from " NOCTIS_REPORT_TABLES " where " + where.sql();
  const auto offset = static_cast<int64_t>(filter.page - 1) * filter.page_size;
  return read(db_, [&](query& run) {
    report_page result;
    result.count = run.once("select count(*)" + tables, parameters.values())[0][0].as<int64_t>();
    for (const auto& row : run.once("select " NOCTIS_STUDY_COLUMNS ", " NOCTIS_REPORT_COLUMNS ", " + snippet + tables +
                                        " order by r.updated_at desc, r.id desc limit " +
                                        std::to_string(filter.page_size) + " offset " + std::to_string(offset),
                                    parameters.values())) {
      result.reports.push_back(report_from(row, seal_key_));
      if (!row[after_report_columns].is_null())
        result.reports.back().snippet = row[after_report_columns].as<std::string>();
    }
    return result;
  });
}

} // namespace noctis::schema
