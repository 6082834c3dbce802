#include "http/files/upload.hpp"

#include "http/request/context.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>

namespace noctis {

namespace {

std::string message_of(size_t kept, size_t refused) {
  if (refused == 0) return std::to_string(kept) + (kept == 1 ? " file is kept." : " files are kept.");
  return std::to_string(kept) + " of " + std::to_string(kept + refused) + " files are kept.";
}

void write(json_text& json, const upload_result& result) {
  json.begin_object();
  json.field("name", result.name);
  json.field("status", result.status);
  json.field("sop_instance_uid", result.sop_instance_uid);
  json.field("study_instance_uid", result.study_instance_uid);
  if (!result.reason.empty()) json.field("reason", result.reason);
  json.end_object();
}

void send_results(context& c, const std::vector<upload_result>& results) {
  const auto count = [&](const char* status) {
    return static_cast<size_t>(
        std::count_if(results.begin(), results.end(), [&](const auto& r) { return r.status == status; }));
  };
  const auto stored = count("stored");
  const auto duplicates = count("duplicate");
  const auto refused = count("refused");
  const auto kept = stored + duplicates;
  json_text json;
  json.begin_object();
  json.field("status", kept == 0 ? "error" : (refused == 0 ? "success" : "partial"));
  json.field("message", message_of(kept, refused));
  json.field("stored", stored);
  json.field("duplicates", duplicates);
  json.field("refused", refused);
  json.key("results");
  json.begin_array();
  for (const auto& result : results) {
    if (result.status != "skipped") write(json, result);
  }
  json.end_array();
  json.key("notes");
  json.begin_array();
  for (const auto& result : results) {
    if (result.status == "skipped") json.value(result.name + ": " + result.reason);
  }
  json.end_array();
  json.end_object();
  c.send_json(kept == 0 ? 400 : (refused == 0 ? 200 : 207), json.take());
}

void upload(context& c) {
  const auto type = c.request.get_header_value("Content-Type");
  const auto boundary = multipart_boundary(type);
  if (boundary.empty() || strncasecmp(type.c_str(), "multipart/form-data", 19) != 0)
    throw refusal(problem_of(415, "The body must be multipart/form-data with a boundary."));
  if (c.body == nullptr) throw refusal(problem_of(field_errors{{"file", {"No file was submitted."}}}));
  upload_reader reader(c, boundary);
  auto results = reader.read();
  if (results.empty() && !reader.error().empty()) throw refusal(errc::invalid_argument, reader.error());
  if (results.empty()) throw refusal(problem_of(field_errors{{"file", {"No file was submitted."}}}));
  send_results(c, results);
}

} // namespace

void add_upload_routes(router& routes) {
  routes.add("POST", "/dicom/api/upload/", access::may(permission::study_upload), upload)
      .says("Keeps Part 10 files and ZIPs of them")
      .accepts("upload", "multipart/form-data")
      .answers(200, "upload_result")
      .answers(207, "upload_result")
      .answers(400, "upload_result");
}

} // namespace noctis
