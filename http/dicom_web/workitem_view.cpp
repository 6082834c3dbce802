#include "http/dicom_web/workitem_view.hpp"

#include "dicom/json/object.hpp"
#include "http/representation/time_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace noctis {

namespace {

constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number modality = 0x00080060;
constexpr tag_number code_value = 0x00080100;
constexpr tag_number coding_scheme = 0x00080102;
constexpr tag_number code_meaning = 0x00080104;
constexpr tag_number step_sequence = 0x00400100;
constexpr tag_number station_title = 0x00400001;
constexpr tag_number start_date = 0x00400002;
constexpr tag_number start_time = 0x00400003;
constexpr tag_number performer = 0x00400006;
constexpr tag_number step_description = 0x00400007;
constexpr tag_number protocol_codes = 0x00400008;
constexpr tag_number start_moment = 0x00404005;
constexpr tag_number modified_moment = 0x00404010;
constexpr tag_number workitem_codes = 0x00404018;
constexpr tag_number station_codes = 0x00404025;
constexpr tag_number performers = 0x00404034;
constexpr tag_number performer_name = 0x00404037;
constexpr tag_number readiness = 0x00404041;
constexpr tag_number requests = 0x0040A370;
constexpr tag_number step_state = 0x00741000;
constexpr tag_number step_priority = 0x00741200;
constexpr tag_number step_label = 0x00741204;

constexpr const char* ups_push = "1.2.840.10008.5.1.4.34.6.1";
constexpr const char* own_scheme = "99NOCTIS_AET"; // codes that are titles of application entities

/// What stands in the Referenced Request Sequence of a Unified Procedure Step, and at the top of a worklist item.
constexpr std::array<tag_number, 7> request_tags{0x00080050, 0x0020000D, 0x00321032, 0x00321033,
                                                 0x00321060, 0x00321064, 0x00401001};

/// Attributes of a step that have another name in a worklist item.
struct counterpart {
  std::vector<uint32_t> step;
  std::vector<uint32_t> item;
};

const std::vector<counterpart>& counterparts() {
  static const std::vector<counterpart> all{
      {{step_label}, {step_sequence, step_description}},
      {{station_codes, code_value}, {step_sequence, station_title}},
      {{workitem_codes, code_value}, {step_sequence, protocol_codes, code_value}},
      {{performers, performer_name}, {step_sequence, performer}},
  };
  return all;
}

void set_unless_there(json_data_set& to, tag_number tag, std::string_view value) {
  if (!value.empty() && !to.has(tag)) to.set(tag, value);
}

void copy_unless_there(json_data_set& to, tag_number tag, const rapidjson::Value* from) {
  if (from != nullptr && !to.has(tag)) to.copy(tag, *from);
}

/// What the one scheduled step of a worklist item says, in the words of a Unified Procedure Step.
void add_schedule(json_data_set& step, const rapidjson::Value& scheduled) {
  const auto date = text_of(scheduled, start_date);
  if (!date.empty()) set_unless_there(step, start_moment, date + text_of(scheduled, start_time));
  set_unless_there(step, step_label, text_of(scheduled, step_description));
  copy_unless_there(step, workitem_codes, find_attribute(scheduled, protocol_codes));
  copy_unless_there(step, modality, find_attribute(scheduled, modality));
  const auto station = text_of(scheduled, station_title);
  if (!station.empty() && !step.has(station_codes)) {
    json_data_set code;
    code.set(code_value, station).set(coding_scheme, own_scheme).set(code_meaning, station);
    step.set_items(station_codes, {code});
  }
  const auto name = text_of(scheduled, performer);
  if (!name.empty() && !step.has(performers)) {
    json_data_set person;
    person.set(performer_name, name);
    step.set_items(performers, {person});
  }
}

void set_if_said(json_data_set& to, tag_number tag, std::string_view value) {
  if (!value.empty()) to.set(tag, value);
}

/// What a Unified Procedure Step says of its schedule, in the words of a worklist item's scheduled step.
void take_schedule(json_data_set& scheduled, const rapidjson::Value& step) {
  const auto moment = text_of(step, start_moment);
  set_if_said(scheduled, start_date, moment.substr(0, 8));
  if (moment.size() > 8) set_if_said(scheduled, start_time, moment.substr(8, moment.find_first_of("+-", 8) - 8));
  set_if_said(scheduled, step_description, text_of(step, step_label));
  for (const auto& [from, to] : {std::pair{workitem_codes, protocol_codes}, std::pair{modality, modality}}) {
    if (const auto* said = find_attribute(step, from)) scheduled.copy(to, *said);
  }
  const auto stations = items_of(step, station_codes);
  if (!stations.empty()) set_if_said(scheduled, station_title, text_of(*stations.front(), code_value).substr(0, 16));
  const auto people = items_of(step, performers);
  if (!people.empty()) set_if_said(scheduled, performer, text_of(*people.front(), performer_name));
}

json_data_set view_of(const rapidjson::Value& kept) {
  json_data_set step(kept);
  step.erase(step_sequence).set(sop_class_uid, ups_push);
  const auto scheduled = items_of(kept, step_sequence);
  if (!scheduled.empty()) add_schedule(step, *scheduled.front());
  json_data_set request;
  for (const auto tag : request_tags) {
    copy_unless_there(request, tag, find_attribute(kept, tag));
    if (tag != request_tags[1]) step.erase(tag); // a step has its own Study Instance UID
  }
  if (!step.has(requests)) step.set_items(requests, {request});
  set_unless_there(step, step_priority, "MEDIUM");
  set_unless_there(step, readiness, "READY");
  return step;
}

/// A moment as DT has it, in UTC.
std::string moment_of(int64_t ms) {
  auto text = rfc3339(ms);
  const auto fraction = std::min(text.find('.'), text.size());
  text.resize(fraction);
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; }), text.end());
  return text + "+0000";
}

} // namespace

caf::expected<std::string> step_view(const std::string& kept) {
  const auto object = parse_json_object(kept);
  if (!object) return object.error();
  return view_of(*object).str();
}

caf::expected<std::string> step_view(const workitem& item) {
  const auto object = parse_json_object(item.attributes);
  if (!object) return object.error();
  auto step = view_of(*object);
  step.set(sop_instance_uid, item.uid).set(step_state, item.state).set(modified_moment, moment_of(item.updated_at));
  return step.str();
}

std::string kept_step(const rapidjson::Value& step, const rapidjson::Value* known) {
  json_data_set kept(step);
  const auto asked = items_of(step, requests);
  for (const auto tag : request_tags) {
    if (!asked.empty()) copy_unless_there(kept, tag, find_attribute(*asked.front(), tag));
  }
  if (kept.has(step_sequence)) return kept.str();
  const auto before = known == nullptr ? std::vector<const rapidjson::Value*>{} : items_of(*known, step_sequence);
  auto scheduled = before.empty() ? json_data_set() : json_data_set(*before.front());
  take_schedule(scheduled, step);
  if (!scheduled.empty()) kept.set_items(step_sequence, {scheduled});
  return kept.str();
}

std::vector<uint32_t> kept_path(std::vector<uint32_t> path) {
  for (const auto& [step, item] : counterparts()) {
    if (path == step) return item;
  }
  if (path.size() > 1 && path.front() == requests) path.erase(path.begin());
  return path;
}

} // namespace noctis
