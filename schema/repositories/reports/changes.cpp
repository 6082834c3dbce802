#include "schema/repositories/reports/changes.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/repositories/reports/json.hpp"
#include "schema/repositories/reports/rows.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

const std::string select_report = "select " NOCTIS_STUDY_COLUMNS ", " NOCTIS_REPORT_COLUMNS
                                  ", coalesce(r.draft::text, v.content, '{}') from " NOCTIS_REPORT_TABLES " where ";

// By itself: a row that was waited for is joined to what it was before.
constexpr statement lock{"reports_lock", "select from reports where id = $1 for update"};
constexpr statement set_draft{"reports_draft", R"sql(
update reports set draft = $2::jsonb, revision = revision + 1, updated_at = now() where id = $1)sql"};
constexpr statement set_editor{"reports_editor", R"sql(
update reports set editing_since = case when editor = $2 and editor_until > now() then editing_since else now() end,
  editor = $2, editor_until = now() + make_interval(secs => $3) where id = $1)sql"};
constexpr statement forget_words{"reports_forget_words", "delete from report_texts where report = $1 and version = $2"};
constexpr statement add_words_of{"reports_add_words", R"sql(
insert into report_texts (report, version, part, words, text)
select $1, $2, p.part, p.words, p.text from report_parts($3) p)sql"};

std::string detail_of(const report& what, const std::string& more) {
  return R"({"report":)" + std::to_string(what.id) + R"(,"study":)" + json_string(what.study.attributes.uid) + more +
         "}";
}

} // namespace

void require_user(const principal& who, permission what) {
  require(who, what);
  if (who.kind != principal_kind::user || who.id <= 0)
    throw database_error(errc::permission_denied, "\"" + who.name + "\" is not a user, who alone reports");
}

report read_report(query& run, const principal& who, int64_t id, const std::string& seal_key) {
  const auto rows =
      run.once(select_report + "r.id = $1::bigint and " + visible_to(who, "s.facility"), {std::to_string(id)});
  if (rows.empty()) throw_no_report(id);
  auto result = report_from(rows[0], seal_key);
  result.content = report_content_from(rows[0][after_report_columns].as<std::string>());
  return result;
}

report lock_report(query& run, const principal& who, int64_t id, const std::string& seal_key) {
  run(lock, id);
  return read_report(run, who, id, seal_key);
}

void check_editor(const report& known, const principal& who) {
  if (known.editor != 0 && known.editor != who.id)
    throw database_error(errc::state_conflict,
                         "report " + std::to_string(known.id) + " is being edited by " + known.editor_name);
}

void put_draft(query& run, const report& known, const report_content& content) {
  run(set_draft, known.id, content_of(content));
  put_words(run, known.id, 0, content);
}

void hold_report(query& run, const report& known, const principal& who) {
  run(set_editor, known.id, who.id, report_claim_seconds);
}

void put_words(query& run, int64_t report, int32_t version, const report_content& content) {
  run(forget_words, report, version);
  run(add_words_of, report, version, searched_text_of(content));
}

void tell_report(query& run, const report& now) {
  tell_study(run, "report.updated", now.study.facility.id, now.study.id, now.study.attributes.uid,
             R"(,"report":)" + std::to_string(now.id) + R"(,"status":)" + json_string(now.status) + R"(,"version":)" +
                 std::to_string(now.version) + R"(,"revision":)" + std::to_string(now.revision) + R"(,"editor":)" +
                 (now.editor == 0 ? "null" : std::to_string(now.editor)));
}

void audit_report(query& run, const principal& who, const std::string& action, const report& what,
                  const std::string& more) {
  append_audit(run, {{who, action, "ok", what.study.attributes.uid, what.study.facility.id, what.study.id,
                      detail_of(what, more)}});
}

} // namespace noctis::schema
