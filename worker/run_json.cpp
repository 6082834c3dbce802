#include "worker/run_json.hpp"

#include "imaging/analysers/hu_calibration.hpp"
#include "messages/errors.hpp"
#include "messages/json_text.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr const char* material_prefix = "MATERIAL-";

double finite(double value) { return std::isfinite(value) ? value : 0; }

void put(json_text& json, const char* name, const caf::optional<coded_concept>& code) {
  if (code) json.field(name, std::vector<std::string>{code->value, code->scheme, code->meaning});
}

void put_position(json_text& json, const vector3& place) {
  json.key("position");
  json.begin_array();
  for (const auto value : place) json.value(finite(value));
  json.end_array();
}

/// Writes what measurements and candidates have in common.
void put_subject(json_text& json, const char* kind, const coded_concept& what, const caf::optional<coded_concept>& site,
                 const caf::optional<coded_concept>& laterality) {
  json.field("kind", kind);
  put(json, "what", what);
  put(json, "site", site);
  put(json, "laterality", laterality);
}

void write(json_text& json, const measurement& each) {
  json.begin_object();
  put_subject(json, "measurement", each.quantity, each.site, each.laterality);
  json.field("value", finite(each.value));
  json.field("unit", each.unit);
  if (each.position) put_position(json, *each.position);
  json.end_object();
}

void write(json_text& json, const candidate& each) {
  json.begin_object();
  put_subject(json, "candidate", each.finding, each.site, each.laterality);
  put_position(json, each.position);
  json.field("diameter_mm", finite(each.diameter_mm));
  json.field("volume_ml", finite(each.volume_ml));
  json.field("mean_hu", finite(each.mean_hu));
  json.end_object();
}

/// The details with the signature among them.
std::string details_of(const analyser_run& run) {
  if (run.signature.empty()) return run.details;
  const auto member = R"("signature":")" + run.signature + "\"}"; // a digest: nothing to be escaped
  const auto begin = run.details.substr(0, run.details.size() - 1);
  return begin + (begin == "{" ? "" : ",") + member;
}

} // namespace

std::string run_json(const analyser_run& run) {
  json_text json;
  json.begin_object();
  json.field("analyser", run.analyser);
  json.field("version", run.version);
  json.field("state", run.error ? "failed" : "done");
  json.field("error", run.error ? reason_of(run.error) : std::string{});
  json.field("code", to_string(run.error ? code_of(run.error) : errc::none));
  json.field("seconds", finite(run.seconds));
  json.field("urgent", run.result.priority == urgency::urgent);
  json.field("urgency_reason", run.result.urgency_reason);
  json.field("report_uid", run.report_uid);
  json.field("segmentation_uid", run.segmentation_uid);
  json.field("segmentation_series_uid", run.segmentation_series_uid);
  json.key("details");
  json.raw(details_of(run));
  json.field("warnings", run.result.warnings);
  json.key("findings");
  json.begin_array();
  for (const auto& each : run.result.measurements) write(json, each);
  for (const auto& each : run.result.candidates) write(json, each);
  json.end_array();
  json.end_object();
  return json.take();
}

std::string calibration_details(const analysis& result) {
  const std::string prefix = material_prefix;
  json_text json;
  json.begin_object();
  bool is_out = false;
  json.key("inserts");
  json.begin_array();
  for (const auto& each : result.measurements) {
    if (each.quantity.value != "112181" || !each.site || each.site->value.rfind(prefix, 0) != 0) continue;
    const auto& known = usual_materials();
    const auto expected = std::find_if(known.begin(), known.end(), [&](const expected_material& material) {
      return material.name == each.site->value.substr(prefix.size());
    });
    if (expected == known.end()) continue;
    is_out = is_out || std::abs(each.value - expected->hu) > expected->tolerance;
    json.begin_object();
    json.field("material", expected->name);
    json.field("measured_hu", finite(each.value));
    json.field("expected_hu", finite(expected->hu));
    json.field("tolerance_hu", finite(expected->tolerance));
    json.end_object();
  }
  json.end_array();
  json.field("out_of_tolerance", is_out);
  json.end_object();
  return json.take();
}

} // namespace noctis
