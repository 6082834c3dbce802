#include "schema/repositories/reports/templates.hpp"

#include "schema/errors.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/repositories/reports/changes.hpp"
#include "schema/repositories/reports/checks.hpp"
#include "schema/repositories/reports/json.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr int64_t most_templates = 1000;

#define NOCTIS_TEMPLATE_COLUMNS                                                                                        \
  "t.id, t.name, t.modality, t.body_part, t.content, t.version, coalesce((select coalesce(nullif(u.full_name, ''), "   \
  "u.username) from users u where u.id = t.changed_by), ''), (extract(epoch from t.updated_at) * 1000)::bigint"

constexpr statement list_all{"templates_list",
                             "select " NOCTIS_TEMPLATE_COLUMNS " from report_templates t order by lower(t.name), t.id"};
constexpr statement count_all{"templates_count", "select count(*) from report_templates"};
constexpr statement is_taken{"templates_taken", "select id from report_templates where name = $1 and id <> $2"};
constexpr statement add_one{"templates_add", R"sql(
insert into report_templates as t (changed_by, name, modality, body_part, content) values ($1, $2, $3, $4, $5::jsonb)
on conflict (name) do nothing returning )sql" NOCTIS_TEMPLATE_COLUMNS};
constexpr statement find_version{"templates_version", "select version from report_templates where id = $1 for update"};
constexpr statement change_one{"templates_change", R"sql(
update report_templates t set changed_by = $2, name = $3, modality = $4, body_part = $5, content = $6::jsonb,
  version = version + 1, updated_at = now() where id = $1 returning )sql" NOCTIS_TEMPLATE_COLUMNS};
constexpr statement remove_one{"templates_remove", "delete from report_templates where id = $1 returning name"};

report_template template_from(const pqxx::row& row) {
  report_template result;
  result.id = row[0].as<int64_t>();
  result.name = row[1].as<std::string>();
  result.modality = row[2].as<std::string>();
  result.body_part = row[3].as<std::string>();
  read_template(row[4].as<std::string>(), result);
  result.version = row[5].as<int64_t>();
  result.changed_by = row[6].as<std::string>();
  result.updated_at = row[7].as<int64_t>();
  return result;
}

[[noreturn]] void throw_no_template(int64_t id) {
  throw database_error(errc::not_found, "there is no template " + std::to_string(id));
}

void audit(query& run, const principal& who, const char* action, int64_t id, const std::string& name) {
  append_audit(run, {{who, action, "ok", storable(name, 64), 0, 0, R"({"template":)" + std::to_string(id) + "}"}});
}

report_template add(query& run, const report_template_put& request) {
  const auto& what = request.what;
  if (run(count_all)[0][0].as<int64_t>() >= most_templates)
    throw database_error(errc::limit_exceeded, "there are at most " + std::to_string(most_templates) + " templates");
  const auto made = run(add_one, request.who.id, what.name, what.modality, what.body_part, content_of(what));
  if (made.empty()) throw database_error(errc::state_conflict, "there is a template \"" + what.name + "\" already");
  return template_from(made[0]);
}

report_template change(query& run, const report_template_put& request) {
  const auto& what = request.what;
  const auto known = run(find_version, what.id);
  if (known.empty()) throw_no_template(what.id);
  if (known[0][0].as<int64_t>() != what.version)
    throw database_error(errc::state_conflict, "the template has been changed meanwhile: it is version " +
                                                   known[0][0].as<std::string>() + " now");
  if (!run(is_taken, what.name, what.id).empty())
    throw database_error(errc::state_conflict, "there is a template \"" + what.name + "\" already");
  return template_from(
      run(change_one, what.id, request.who.id, what.name, what.modality, what.body_part, content_of(what))[0]);
}

} // namespace

report_templates report_templates_repository::list(const principal& who) {
  require(who, permission::study_view);
  return read(db_, [&](query& run) {
    report_templates result;
    for (const auto& row : run(list_all)) result.templates.push_back(template_from(row));
    return result;
  });
}

report_template report_templates_repository::put(const report_template_put& request) {
  require_user(request.who, permission::report_write);
  check_template(request.what);
  return transact(db_, [&](query& run) {
    auto result = request.what.id == 0 ? add(run, request) : change(run, request);
    audit(run, request.who, request.what.id == 0 ? "template.add" : "template.change", result.id, result.name);
    return result;
  });
}

void report_templates_repository::remove(const report_template_removal& request) {
  require_user(request.who, permission::report_write);
  transact(db_, [&](query& run) {
    const auto removed = run(remove_one, request.id);
    if (removed.empty()) throw_no_template(request.id);
    audit(run, request.who, "template.remove", request.id, removed[0][0].as<std::string>());
  });
}

} // namespace noctis::schema
