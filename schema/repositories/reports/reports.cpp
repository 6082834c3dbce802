#include "schema/repositories/reports/reports.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/repositories/reports/changes.hpp"
#include "schema/repositories/reports/checks.hpp"
#include "schema/repositories/reports/draft.hpp"
#include "schema/repositories/reports/json.hpp"
#include "schema/repositories/reports/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement same_draft{"reports_same_draft", "select draft = $2::jsonb from reports where id = $1"};
constexpr statement end_editing{"reports_release", R"sql(
update reports r set editor = null, editor_until = null, editing_since = null, draft = case
  when r.version > 0 and r.draft - 'addendum' = v.content::jsonb - 'addendum'
    and r.draft->>'addendum' in ('', v.content::jsonb->>'addendum') then null else r.draft end
from reports o left join report_versions v on v.report = o.id and v.version = o.version
where o.id = r.id and r.id = $1 returning r.draft is null)sql"};

[[noreturn]] void refuse(const report& known, const std::string& why) {
  throw database_error(errc::state_conflict, "report " + std::to_string(known.id) + " " + why);
}

} // namespace

report reports_repository::find(const report_request& request) {
  require(request.who, permission::study_view);
  return read(db_, [&](query& run) { return read_report(run, request.who, request.id, seal_key_); });
}

report reports_repository::open(const report_opening& request) {
  require_user(request.who, permission::report_write);
  return transact(db_, [&](query& run) {
    const auto opened = open_draft(run, request);
    auto result = read_report(run, request.who, opened.report, seal_key_);
    if (!opened.is_new) return result;
    audit_report(run, request.who, "report.open", result);
    tell_report(run, result);
    if (opened.is_assigned)
      tell_study(run, "study.updated", result.study.facility.id, result.study.id, result.study.attributes.uid,
                 R"(,"change":"assigned_to","assigned_to":)" + std::to_string(request.who.id));
    return result;
  });
}

report reports_repository::save(const report_saving& request) {
  require_user(request.who, permission::report_write);
  check_content(request.content);
  return transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.id, seal_key_);
    if (!known.editing) refuse(known, "has been signed, and nobody amends it");
    check_editor(known, request.who);
    const bool is_last = request.revision == known.revision;
    const bool is_saved = (is_last || request.revision + 1 == known.revision) &&
                          run(same_draft, known.id, content_of(request.content))[0][0].as<bool>();
    if (!is_last && !is_saved)
      refuse(known, "has been changed meanwhile: it is revision " + std::to_string(known.revision) + " now");
    if (!is_saved) put_draft(run, known, request.content);
    hold_report(run, known, request.who);
    auto result = read_report(run, request.who, known.id, seal_key_);
    if (!is_saved || known.editor != result.editor) tell_report(run, result);
    return result;
  });
}

report reports_repository::claim(const report_claim& request) {
  require_user(request.who, permission::report_write);
  return transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.id, seal_key_);
    if (!request.take_over) check_editor(known, request.who);
    if (!known.editing && known.status != "preliminary") refuse(known, "is " + known.status + ": amend it");
    if (!known.editing) put_draft(run, known, known.content);
    hold_report(run, known, request.who);
    auto result = read_report(run, request.who, known.id, seal_key_);
    if (known.editor != 0 && known.editor != result.editor)
      audit_report(run, request.who, "report.take_over", result, R"(,"from":)" + std::to_string(known.editor));
    if (known.editor != result.editor || known.editing != result.editing) tell_report(run, result);
    return result;
  });
}

void reports_repository::release(const report_release& request) {
  require_user(request.who, permission::report_write);
  transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.id, seal_key_);
    if (known.editor != request.who.id) return;
    const bool is_dropped = run(end_editing, known.id)[0][0].as<bool>();
    if (is_dropped) forget_draft_words(run, known.id);
    tell_report(run, read_report(run, request.who, known.id, seal_key_));
  });
}

report reports_repository::amend(const report_amendment& request) {
  require_user(request.who, permission::report_write);
  return transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.id, seal_key_);
    check_editor(known, request.who);
    if (known.status != "final" && known.status != "amended") refuse(known, "is " + known.status + ", not final");
    if (!known.editing) {
      auto content = known.content;
      content.addendum.clear();
      put_draft(run, known, content);
      audit_report(run, request.who, "report.amend", known, R"(,"version":)" + std::to_string(known.version));
    }
    hold_report(run, known, request.who);
    auto result = read_report(run, request.who, known.id, seal_key_);
    tell_report(run, result);
    return result;
  });
}

} // namespace noctis::schema
