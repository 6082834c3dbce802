#include "http/dicom_web/store_results.hpp"

#include "dicom/json/object.hpp"
#include "dicom/xml.hpp"
#include "http/dicom_web/json_body.hpp"
#include "http/dicom_web/target.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr tag_number error_comment = 0x00000902;
constexpr tag_number referenced_sop_class = 0x00081150;
constexpr tag_number referenced_sop_instance = 0x00081155;
constexpr tag_number retrieve_url = 0x00081190;
constexpr tag_number failure_reason_tag = 0x00081197;
constexpr tag_number failed_sequence = 0x00081198;
constexpr tag_number referenced_sequence = 0x00081199;
constexpr tag_number other_failures_sequence = 0x0008119A;

const std::vector<media_offer> offers{{dicom_json, ""}, {"application/json", ""}, {"application/dicom+xml", ""}};
constexpr size_t xml_offer = 2;

bool wants_means(errc code) { return http_status(code) == 503 || http_status(code) == 507; }

json_data_set item_of(const store_result& result, const std::string& root) {
  json_data_set item;
  item.set(referenced_sop_class, result.what.sop_class).set(referenced_sop_instance, result.what.sop_instance);
  if (result.code == errc::none) {
    item.set(retrieve_url, url_of(root, {result.what.study, result.what.series, result.what.sop_instance}));
  } else {
    item.set_number(failure_reason_tag, vr::US, failure_reason(result.code));
    item.set(error_comment, vr::LO, result.reason.substr(0, 64));
  }
  return item;
}

json_data_set other_failure(const store_result& result) {
  json_data_set item;
  item.set_number(failure_reason_tag, vr::US, failure_reason(result.code));
  item.set(error_comment, vr::LO, result.reason.substr(0, 64));
  return item;
}

} // namespace

uint16_t failure_reason(errc code) {
  constexpr uint16_t processing_failure = 0x0110;
  constexpr uint16_t syntax_not_supported = 0xC122;
  switch (code) {
  case errc::unsupported_transfer_syntax:
    return syntax_not_supported;
  case errc::internal:
  case errc::instance_conflict:
    return processing_failure;
  default:
    return dimse_status(code);
  }
}

int store_status(const std::vector<store_result>& results) {
  const auto kept = [](const auto& r) { return r.code == errc::none; };
  if (std::all_of(results.begin(), results.end(), kept)) return 200;
  if (std::any_of(results.begin(), results.end(), kept)) return 202;
  return std::all_of(results.begin(), results.end(), [](const auto& r) { return wants_means(r.code); }) ? 503 : 409;
}

std::string store_response(const std::vector<store_result>& results, const std::string& root) {
  std::vector<json_data_set> kept;
  std::vector<json_data_set> failed;
  std::vector<json_data_set> others;
  std::string study;
  auto one_study = true;
  for (const auto& result : results) {
    if (result.what.sop_instance.empty()) {
      others.push_back(other_failure(result));
      continue;
    }
    (result.code == errc::none ? kept : failed).push_back(item_of(result, root));
    if (result.code != errc::none) continue;
    one_study = one_study && (study.empty() || study == result.what.study);
    study = result.what.study;
  }
  json_data_set response;
  if (!study.empty() && one_study) response.set(retrieve_url, url_of(root, {study, "", ""}));
  if (!kept.empty()) response.set_items(referenced_sequence, kept);
  if (!failed.empty()) response.set_items(failed_sequence, failed);
  if (!others.empty()) response.set_items(other_failures_sequence, others);
  return response.str();
}

void answer_store(context& c, const std::vector<store_result>& results) {
  const auto choice = choose_media(accepted_by(c), offers);
  const auto status = store_status(results);
  auto response = store_response(results, web_root(c));
  if (status == 503) c.response.set_header("Retry-After", "5");
  if (!choice || choice->offer != xml_offer) return send_text(c, status, response, dicom_json);
  auto xml = native_model_xml(response);
  if (!xml) throw actor_failure{std::move(xml.error())};
  send_text(c, status, *xml, offers[xml_offer].type);
}

} // namespace noctis
