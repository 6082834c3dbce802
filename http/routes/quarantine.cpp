#include "http/files/file_response.hpp"
#include "http/files/instance_sink.hpp"
#include "http/files/instance_stream.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  query.check();
  const quarantine_filter filter{c.who, page.page, page.size};
  const auto count = c.actors->query<int64_t>(count_atom::value, filter);
  const auto entries = c.actors->query<std::vector<quarantine_entry>>(filter);
  json_text json;
  json.begin_object();
  write_page_links(json, c, page, count, count > static_cast<int64_t>(page.page) * page.size);
  json.key("results");
  json.begin_array();
  for (const auto& entry : entries) write(json, entry);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

quarantine_entry find(context& c) { return c.actors->query<quarantine_entry>(find_atom::value, c.who, c.number()); }

void need_bytes(const quarantine_entry& entry) {
  if (entry.where.path.empty() || entry.where.length == 0)
    throw refusal(errc::state_conflict, "The bytes of this object were not kept.");
}

/// Forgets the row first: a file that no row names is found by verification, a row without its file would mislead.
void forget(context& c, const quarantine_entry& entry) {
  c.actors->query<void>(remove_atom::value, c.who, entry.id);
  if (entry.where.path.empty()) return;
  for (const auto& store : c.actors->reachable().stores) {
    if (store.node != entry.where.node) continue;
    const auto removed = c.actors->try_ask<void>(store.storer, patience::reading, remove_atom::value, entry.where);
    if (!removed)
      c.app.log("quarantined file " + entry.where.node + ":" + entry.where.path +
                " stays: " + reason_of(removed.error()));
  }
}

/// In whose name the object is tried again: the one who asks, in the facility where it arrived.
principal retrier(const context& c, const quarantine_entry& entry) {
  auto result = c.who;
  if (entry.facility != 0) result.facilities.insert(result.facilities.begin(), entry.facility);
  return result;
}

void retry(context& c) {
  const auto entry = find(c);
  need_bytes(entry);
  instance_stream bytes(c.actors, {entry.where});
  bytes.open(0, bytes.size());
  instance_sink sink(*c.actors, c.app.actors.new_intake, retrier(c, entry), channel::retry);
  sink.begin();
  for (auto piece = bytes.next(); !piece.empty() && !sink.refused(); piece = bytes.next())
    sink.write(reinterpret_cast<const char*>(piece.data()), piece.size());
  const auto result = sink.finish();
  if (result.status == "refused") throw refusal(errc::state_conflict, "It is refused again: " + result.reason);
  forget(c, entry);
  json_text json;
  json.begin_object();
  json.field("status", result.status);
  json.field("sop_instance_uid", result.sop_instance_uid);
  json.field("study_instance_uid", result.study_instance_uid);
  json.end_object();
  c.send_json(200, json.take());
}

void remove(context& c) {
  forget(c, find(c));
  c.response.status = 204;
}

void file(context& c) {
  const auto entry = find(c);
  need_bytes(entry);
  send_file(c, {entry.where}, "quarantine-" + std::to_string(entry.id) + ".dcm");
}

} // namespace

void add_quarantine_routes(router& routes) {
  const auto managers = access::may(permission::system_manage);
  routes.add("GET", "/api/quarantine/", managers, list)
      .says("What could not be indexed, newest first")
      .takes_pages()
      .answers(200, "quarantine_page");
  routes.add("POST", "/api/quarantine/<id>/retry/", managers, retry)
      .says("Tries an object again")
      .answers(200, "retried");
  routes.add("DELETE", "/api/quarantine/<id>/", managers, remove).says("Forgets an object and its bytes").answers(204);
  routes.add("GET", "/api/quarantine/<id>/file/", managers, file)
      .says("The bytes of an object")
      .answers_with(200, "application/dicom");
}

} // namespace noctis
