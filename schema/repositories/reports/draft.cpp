#include "schema/repositories/reports/draft.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/reports/changes.hpp"
#include "schema/repositories/reports/json.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace noctis::schema {

namespace {

const std::string select_study = "select " NOCTIS_STUDY_COLUMNS " from " NOCTIS_STUDY_TABLES " where ";

constexpr statement find_report{"reports_of_study", "select id from reports where study = $1"};
constexpr statement insert_report{"reports_insert", R"sql(
insert into reports (study, author, editor, editing_since, editor_until, draft)
values ($1, $2, $2, now(), now() + make_interval(secs => $3), $4::jsonb)
on conflict (study) do nothing returning id)sql"};
constexpr statement take_study{"reports_take_study", R"sql(
update kept_studies set assigned_to = $2, updated_at = now() where id = $1 and assigned_to is null returning id)sql"};
constexpr statement find_template{"reports_template", "select content from report_templates where id = $1"};
constexpr statement best_template{"reports_best_template", R"sql(
select content from report_templates t
where (t.modality = '' or t.modality = any($1::text[])) and (t.body_part = ''
  or strpos(' ' || $2 || ' ', ' ' || regexp_replace(lower(t.body_part), '[^a-z0-9]+', ' ', 'g') || ' ') > 0)
order by (t.modality <> '')::integer + (t.body_part <> '')::integer desc, t.modality <> '' desc, t.id limit 1)sql"};
constexpr statement drop_words{"reports_drop_words", "delete from report_texts where report = $1 and version = 0"};

/// What stands for the same part of the body, and modalities that give the same kind of image.
constexpr std::array<std::array<const char*, 4>, 3> same_parts{{{"head", "brain", "skull", "cranium"},
                                                                {"chest", "thorax", "lung", "lungs"},
                                                                {"abdomen", "abd", "abdominal", "liver"}}};
constexpr std::array<const char*, 4> radiographs{"CR", "DX", "DR", "RG"};

/// The words in which a study says what it shows, with those that mean the same.
std::string shown_by(const study_row& study) {
  std::string words = study.body_part + " " + study.attributes.description;
  std::transform(words.begin(), words.end(), words.begin(),
                 [](unsigned char c) { return std::isalnum(c) != 0 ? static_cast<char>(std::tolower(c)) : ' '; });
  const auto padded = " " + words + " ";
  for (const auto& group : same_parts) {
    const bool is_there = std::any_of(group.begin(), group.end(), [&](const char* word) {
      return padded.find(" " + std::string{word} + " ") != std::string::npos;
    });
    if (!is_there) continue;
    for (const auto* word : group) words += " " + std::string{word};
  }
  return words;
}

std::vector<std::string> modalities_of(const study_row& study) {
  auto result = study.modalities;
  const bool is_radiograph = std::any_of(radiographs.begin(), radiographs.end(), [&](const char* one) {
    return std::find(result.begin(), result.end(), one) != result.end();
  });
  if (is_radiograph) result.insert(result.end(), radiographs.begin(), radiographs.end());
  return result;
}

report_content first_content(query& run, const report_opening& request, const study_row& study) {
  const auto rows = request.report_template != 0 ? run(find_template, request.report_template)
                                                 : run(best_template, array_of(modalities_of(study)), shown_by(study));
  if (rows.empty() && request.report_template != 0)
    throw database_error(errc::invalid_argument,
                         "template: there is no template " + std::to_string(request.report_template));
  report_template from;
  if (!rows.empty()) read_template(rows[0][0].as<std::string>(), from);
  report_content result;
  result.title = !from.title.empty() ? from.title : storable(study.attributes.description, 128);
  for (const auto& heading : report_headings()) {
    const auto given = std::find_if(from.sections.begin(), from.sections.end(),
                                    [&](const report_section& one) { return one.heading == heading; });
    result.sections.push_back({heading, given == from.sections.end() ? "" : given->text});
  }
  return result;
}

} // namespace

opened_report open_draft(query& run, const report_opening& request) {
  const auto& key = request.study;
  const std::vector<std::string> named{key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)};
  const auto rows = run.once(select_study + visible_to(request.who, "s.facility") + " and " +
                                 (key.id != 0 ? "s.id = $1::bigint" : "s.uid = $1"),
                             named);
  if (rows.empty()) throw database_error(errc::not_found, "there is no study " + named.front());
  const auto study = study_from(rows[0]);
  opened_report result;
  if (const auto known = run(find_report, study.id); !known.empty()) {
    result.report = known[0][0].as<int64_t>();
    return result;
  }
  const auto content = first_content(run, request, study);
  const auto made = run(insert_report, study.id, request.who.id, report_claim_seconds, content_of(content));
  if (made.empty()) throw lost_race{};
  result = {made[0][0].as<int64_t>(), true, !run(take_study, study.id, request.who.id).empty()};
  put_words(run, result.report, 0, content);
  return result;
}

void forget_draft_words(query& run, int64_t report) { run(drop_words, report); }

} // namespace noctis::schema
