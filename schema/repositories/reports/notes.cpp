#include "schema/repositories/reports/notes.hpp"

#include "schema/errors.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/repositories/reports/changes.hpp"
#include "schema/repositories/reports/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <pqxx/binarystring>

#include <algorithm>
#include <array>
#include <cctype>

namespace noctis::schema {

namespace {

constexpr size_t largest = size_t{16} << 20;
constexpr int64_t most_attachments = 50;
constexpr int64_t most_communications = 500;
constexpr std::array<const char*, 3> all_ways{"phone", "in_person", "message"};

#define NOCTIS_ATTACHMENT_COLUMNS                                                                                      \
  "a.id, a.report, a.name, a.media_type, octet_length(a.bytes), coalesce((select coalesce(nullif(u.full_name, ''), "   \
  "u.username) from users u where u.id = a.added_by), ''), (extract(epoch from a.added_at) * 1000)::bigint"
#define NOCTIS_COMMUNICATION_COLUMNS                                                                                   \
  "c.id, c.report, c.told, c.how, c.finding, c.read_back, (extract(epoch from c.at) * 1000)::bigint, "                 \
  "coalesce((select coalesce(nullif(u.full_name, ''), u.username) from users u where u.id = c.told_by), '')"

constexpr statement add_attachment{"reports_attach", R"sql(
insert into report_attachments as a (report, added_by, name, media_type, bytes) values ($1, $2, $3, $4, $5)
returning )sql" NOCTIS_ATTACHMENT_COLUMNS};
constexpr statement count_attachments{"reports_count_attached",
                                      "select count(*) from report_attachments where report = $1"};
constexpr statement list_attachments{"reports_attachments", "select " NOCTIS_ATTACHMENT_COLUMNS
                                                            " from report_attachments a where a.report = $1 "
                                                            "order by a.id"};
constexpr statement find_attachment{"reports_attachment", "select " NOCTIS_ATTACHMENT_COLUMNS
                                                          ", a.bytes from report_attachments a where a.report = $1 "
                                                          "and a.id = $2"};
constexpr statement remove_attachment{"reports_detach", R"sql(
delete from report_attachments a where a.report = $1 and a.id = $2
  and not exists (select from report_versions v where v.report = a.report and v.signed_at >= a.added_at)
returning a.name)sql"};
constexpr statement has_attachment{"reports_has_attached",
                                   "select from report_attachments where report = $1 and id = $2"};
constexpr statement add_communication{"reports_tell", R"sql(
insert into report_communications as c (report, told_by, at, read_back, how, told, finding)
values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7) returning )sql" NOCTIS_COMMUNICATION_COLUMNS};
constexpr statement list_communications{"reports_told", "select " NOCTIS_COMMUNICATION_COLUMNS
                                                        " from report_communications c where c.report = $1 "
                                                        "order by c.at, c.id"};
constexpr statement count_communications{"reports_count_told",
                                         "select count(*) from report_communications where report = $1"};
constexpr statement is_ahead{"reports_ahead",
                             "select to_timestamp($1::bigint / 1000.0) > now() + interval '5 minutes'"};

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

[[noreturn]] void throw_no_attachment(int64_t id) {
  throw database_error(errc::not_found, "there is no attachment " + std::to_string(id));
}

report_attachment attachment_from(const pqxx::row& row) {
  report_attachment result;
  result.id = row[0].as<int64_t>();
  result.report = row[1].as<int64_t>();
  result.name = row[2].as<std::string>();
  result.media_type = row[3].as<std::string>();
  result.size = row[4].as<int64_t>();
  result.added_by = row[5].as<std::string>();
  result.added_at = row[6].as<int64_t>();
  return result;
}

report_communication communication_from(const pqxx::row& row) {
  report_communication result;
  result.id = row[0].as<int64_t>();
  result.report = row[1].as<int64_t>();
  result.told = row[2].as<std::string>();
  result.how = row[3].as<std::string>();
  result.finding = row[4].as<std::string>();
  result.read_back = row[5].as<bool>();
  result.at = row[6].as<int64_t>();
  result.told_by = row[7].as<std::string>();
  return result;
}

/// type "/" subtype of RFC 9110, without parameters.
bool is_media_type(const std::string& text) {
  const auto slash = text.find('/');
  const auto is_token = [](const std::string& part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 ||
             (c < 0x80 && std::string{"!#$&-^_.+"}.find(static_cast<char>(c)) != std::string::npos);
    });
  };
  return slash != std::string::npos && text.size() <= 128 && is_token(text.substr(0, slash)) &&
         is_token(text.substr(slash + 1));
}

void check_line(const char* field, const std::string& text, size_t most) {
  if (text.empty() || storable(text, most) != text)
    refuse(std::string{field} + ": 1 to " + std::to_string(most) + " characters of UTF-8 without NUL");
}

void check(const report_attachment& what) {
  check_line("name", what.name, 255);
  if (std::any_of(what.name.begin(), what.name.end(),
                  [](unsigned char c) { return c < 0x20 || c == '/' || c == '\\'; }))
    refuse("name: without slashes and control characters");
  if (!is_media_type(what.media_type)) refuse("media_type: such as application/pdf");
  if (what.bytes.size() > largest) refuse("file: an attachment has at most 16 MiB");
  if (what.bytes.empty()) refuse("file: an attachment is not empty");
}

} // namespace

report_attachment report_notes_repository::attach(const report_attachment_put& request) {
  require_user(request.who, permission::report_write);
  check(request.what);
  return transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.what.report, "");
    if (run(count_attachments, known.id)[0][0].as<int64_t>() >= most_attachments)
      throw database_error(errc::limit_exceeded,
                           "a report has at most " + std::to_string(most_attachments) + " attachments");
    const pqxx::binarystring bytes{request.what.bytes.data(), request.what.bytes.size()};
    auto result = attachment_from(
        run(add_attachment, known.id, request.who.id, request.what.name, request.what.media_type, bytes)[0]);
    audit_report(run, request.who, "report.attach", known,
                 R"(,"attachment":)" + std::to_string(result.id) + R"(,"name":)" + json_string(result.name));
    tell_report(run, known);
    return result;
  });
}

report_attachments report_notes_repository::attachments(const report_attachment_request& request) {
  require(request.who, permission::study_view);
  return read(db_, [&](query& run) {
    const auto known = read_report(run, request.who, request.report, "");
    report_attachments result;
    if (request.id == 0) {
      for (const auto& row : run(list_attachments, known.id)) result.attachments.push_back(attachment_from(row));
      return result;
    }
    const auto rows = run(find_attachment, known.id, request.id);
    if (rows.empty()) throw_no_attachment(request.id);
    result.attachments.push_back(attachment_from(rows[0]));
    const pqxx::binarystring bytes{rows[0][7]};
    result.attachments.front().bytes.assign(bytes.begin(), bytes.end());
    return result;
  });
}

void report_notes_repository::detach(const report_attachment_removal& request) {
  require_user(request.who, permission::report_write);
  transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.report, "");
    if (run(has_attachment, known.id, request.id).empty()) throw_no_attachment(request.id);
    const auto removed = run(remove_attachment, known.id, request.id);
    if (removed.empty())
      throw database_error(errc::state_conflict, "attachment " + std::to_string(request.id) +
                                                     " belongs to a report that has been signed since");
    audit_report(run, request.who, "report.detach", known,
                 R"(,"attachment":)" + std::to_string(request.id) + R"(,"name":)" +
                     json_string(removed[0][0].as<std::string>()));
    tell_report(run, known);
  });
}

report_communication report_notes_repository::tell(const report_communication_put& request) {
  require_user(request.who, permission::report_write);
  const auto& what = request.what;
  check_line("told", what.told, 256);
  check_line("finding", what.finding, 2048);
  if (std::find(all_ways.begin(), all_ways.end(), what.how) == all_ways.end())
    refuse("how: phone, in_person or message");
  return transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, what.report, "");
    if (what.at <= 0 || run(is_ahead, what.at)[0][0].as<bool>()) refuse("at: a time that has been");
    if (run(count_communications, known.id)[0][0].as<int64_t>() >= most_communications)
      throw database_error(errc::limit_exceeded, "a report has at most 500 communications");
    auto result = communication_from(run(add_communication, known.id, request.who.id, what.at, what.read_back, what.how,
                                         what.told, what.finding)[0]);
    audit_report(run, request.who, "report.communicate", known,
                 R"(,"communication":)" + std::to_string(result.id) + R"(,"told":)" + json_string(result.told));
    tell_report(run, known);
    return result;
  });
}

report_communications report_notes_repository::communications(const report_communication_request& request) {
  require(request.who, permission::study_view);
  return read(db_, [&](query& run) {
    const auto known = read_report(run, request.who, request.report, "");
    report_communications result;
    for (const auto& row : run(list_communications, known.id)) result.communications.push_back(communication_from(row));
    return result;
  });
}

} // namespace noctis::schema
