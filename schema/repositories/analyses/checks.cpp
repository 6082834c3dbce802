#include "schema/repositories/analyses/checks.hpp"

#include "schema/errors.hpp"
#include "schema/text.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <cmath>

namespace noctis::schema {

namespace {

constexpr size_t most_findings = 1000;
constexpr size_t most_warnings = 100;
constexpr size_t longest_sentence = 1024;
constexpr size_t longest_error = 4096;
constexpr size_t longest_details = size_t{256} << 10;
constexpr size_t longest_code = 64;
constexpr double most_seconds = 7 * 86'400.0;

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

void check_text(const std::string& text, size_t longest, const std::string& field) {
  if (storable(text, longest) != text)
    refuse(field + " is UTF-8 without NUL, at most " + std::to_string(longest) + " characters");
}

bool is_hexadecimal(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_analyser(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

void check_optional_uid(const std::string& uid, const char* field) {
  if (!uid.empty() && !is_uid(uid)) refuse(std::string{field} + " \"" + storable(uid, 64) + "\" is not a UID");
}

void check_details(const std::string& details) {
  if (details.size() > longest_details) refuse("details has at most 256 KiB");
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(details.data(), details.size());
  if (json.HasParseError() || !json.IsObject()) refuse("details is a JSON object");
  if (details.find("\\u0000") != std::string::npos) refuse("details holds no NUL");
}

void check_code(const code_text& code, const std::string& field) {
  check_text(code.value, longest_code, field);
  check_text(code.scheme, longest_code, field);
  check_text(code.meaning, longest_code, field);
  if (code.value.empty() != code.scheme.empty()) refuse(field + " has a value and a scheme");
}

void check_finding(const analysis_finding& what, size_t place) {
  const auto name = "finding " + std::to_string(place + 1);
  if (what.kind != "measurement" && what.kind != "candidate") refuse(name + " is neither measurement nor candidate");
  if (what.what.value.empty()) refuse(name + " has no code");
  check_code(what.what, name + ": code");
  check_code(what.site, name + ": site");
  check_code(what.laterality, name + ": laterality");
  check_text(what.unit, longest_code, name + ": unit");
  for (const double number : {what.value, what.diameter_mm, what.volume_ml, what.mean_hu}) {
    if (!std::isfinite(number)) refuse(name + " has a number that is none");
  }
  if (!what.position.empty() && what.position.size() != 3) refuse(name + ": position is x, y, z");
  if (!std::all_of(what.position.begin(), what.position.end(), [](double x) { return std::isfinite(x); }))
    refuse(name + ": position has a number that is none");
}

void check_identity(const analysis_run& run) {
  if (!is_analyser(run.analyser)) refuse(R"(analyser has 1 to 64 of a-z, 0-9, "." and "-")");
  if (run.version.empty()) refuse("version is empty");
  check_text(run.version, 32, "version");
  if (!is_uid(run.series_uid)) refuse("series_uid \"" + storable(run.series_uid, 64) + "\" is not a UID");
  if (run.input_digest.size() < 32 || run.input_digest.size() > 64 || !is_hexadecimal(run.input_digest))
    refuse("input_digest has 32 to 64 hexadecimal digits");
  check_optional_uid(run.report_uid, "report_uid");
  check_optional_uid(run.segmentation_uid, "segmentation_uid");
  check_optional_uid(run.segmentation_series_uid, "segmentation_series_uid");
}

} // namespace

void check_run(const analysis_run& run) {
  check_identity(run);
  if (run.state != "done" && run.state != "failed") refuse("state is done or failed");
  if (!std::isfinite(run.seconds) || run.seconds < 0 || run.seconds > most_seconds) refuse("seconds is 0 to a week");
  if (run.urgent && run.urgency_reason.empty()) refuse("urgency_reason is empty");
  check_text(run.urgency_reason, longest_sentence, "urgency_reason");
  check_text(run.error, longest_error, "error");
  if (run.warnings.size() > most_warnings) refuse("there are at most 100 warnings");
  for (const auto& one : run.warnings) check_text(one, longest_sentence, "a warning");
  if (run.findings.size() > most_findings) refuse("there are at most 1000 findings");
  for (size_t i = 0; i < run.findings.size(); ++i) check_finding(run.findings[i], i);
  check_details(run.details);
}

} // namespace noctis::schema
