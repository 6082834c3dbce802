#include "http/files/deidentified_study.hpp"
#include "http/files/study_archive.hpp"
#include "http/request/context.hpp"
#include "http/request/query_string.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

std::optional<deidentification> read_profile(query_string& query, const context& c) {
  const auto text = query.text("deidentify");
  if (text.empty()) return std::nullopt;
  const auto profile = parse_profile(text);
  if (!profile) throw refusal(problem_of(field_errors{{"deidentify", {reason_of(profile.error())}}}));
  return deidentification{*profile, deidentification_secret(c.app.options), false};
}

study_row find_study(const context& c, const object_key& key) {
  return c.actors->query<study_detail>(study_request{c.who, key, false}).study;
}

instances_request all_of_study(const context& c, const object_key& key) {
  instances_request request;
  request.who = c.who;
  request.study_uid = find_study(c, key).attributes.uid;
  return request;
}

void send(context& c, std::vector<instances_request> wanted, std::optional<deidentification> how,
          const std::string& name) {
  auto body = std::make_shared<study_archive>(c.actors, std::move(wanted), std::move(how));
  auto& app = c.app;
  const auto id = c.request_id;
  c.response.status = 200;
  c.response.set_header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"");
  c.response.set_chunked_content_provider("application/zip", [body, &app, id](size_t, httplib::DataSink& sink) {
    try {
      return body->write(sink);
    } catch (const std::exception& e) {
      app.log("archive [" + id + "] cut off: " + e.what());
      return false;
    }
  });
}

/// A study's UID says who it is of; where that is not to be known, so does the archive's name.
std::string name_of(const std::optional<deidentification>& how, const std::string& uid) {
  return how ? deidentified_uid(uid, how->secret) : uid;
}

void study(context& c) {
  query_string query(c);
  const auto how = read_profile(query, c);
  query.check();
  auto wanted = all_of_study(c, c.key());
  const auto name = name_of(how, wanted.study_uid);
  send(c, {std::move(wanted)}, how, name);
}

void series(context& c) {
  query_string query(c);
  const auto how = read_profile(query, c);
  query.check();
  const auto found = c.actors->query<series_row>(series_request{c.who, c.key()});
  instances_request wanted;
  wanted.who = c.who;
  wanted.study_uid = found.study_uid;
  wanted.series_uid = found.attributes.uid;
  send(c, {std::move(wanted)}, how, name_of(how, found.attributes.uid));
}

object_key key_of(const rapidjson::Value& study) {
  if (study.IsInt64()) return {study.GetInt64(), ""};
  return {0, {study.GetString(), study.GetStringLength()}};
}

void several(context& c) {
  query_string query(c);
  const auto how = read_profile(query, c);
  query.check();
  const auto body = c.json_body();
  std::vector<instances_request> wanted;
  for (const auto& one : body["studies"].GetArray()) wanted.push_back(all_of_study(c, key_of(one)));
  send(c, std::move(wanted), how, "studies");
}

void deidentify_study(context& c) {
  const auto body = c.json_body();
  const auto text = field_text(body, "profile");
  const auto profile = parse_profile(text.empty() ? "basic" : text);
  if (!profile) throw refusal(problem_of(field_errors{{"profile", {reason_of(profile.error())}}}));
  const deidentification how{*profile, deidentification_secret(c.app.options), false};
  send_deidentified(c, find_study(c, c.key()), how);
}

} // namespace

void add_archive_routes(router& routes) {
  const auto exporters = access::may(permission::study_export);
  routes.add("GET", "/api/studies/<id>/archive/", exporters, study)
      .says("A study as a ZIP with a DICOMDIR")
      .takes({"deidentify"})
      .answers_with(200, "application/zip");
  routes.add("GET", "/api/series/<id>/archive/", exporters, series)
      .says("A series as a ZIP with a DICOMDIR")
      .takes({"deidentify"})
      .answers_with(200, "application/zip");
  routes.add("POST", "/api/archive/", exporters, several)
      .says("Several studies as one ZIP with a DICOMDIR")
      .takes({"deidentify"})
      .accepts("archive")
      .answers_with(200, "application/zip");
  routes.add("POST", "/api/studies/<id>/deidentify/", exporters, deidentify_study)
      .says("Stores a study once more, de-identified; tells of each instance as it goes")
      .may_accept("deidentify")
      .answers_with(200, "application/x-ndjson");
}

} // namespace noctis
