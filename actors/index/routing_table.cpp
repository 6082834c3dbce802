#include "actors/index/routing_table.hpp"

#include "dicom/json/object.hpp"
#include "dicom/matching.hpp"

#include <algorithm>

namespace noctis {

namespace {

void add_kept(json_data_set& all, const std::string& kept) {
  if (kept.empty()) return;
  const auto object = parse_json_object(kept);
  if (!object) return;
  for (const auto& member : object->GetObject())
    all.copy(tag_of_digits({member.name.GetString(), member.name.GetStringLength()}), member.value);
}

/// Returns what the index keeps of a header as one DICOM JSON object.
rapidjson::Document attributes_of(const instance_header& header) {
  json_data_set all;
  for (const auto* kept : {&header.study.kept, &header.series.kept, &header.instance.kept}) add_kept(all, *kept);
  const auto& [patient, study, series, instance] = header;
  all.set(0x00080016, instance.sop_class_uid).set(0x00080018, instance.sop_instance_uid);
  all.set(0x00080020, study.date).set(0x00080030, study.time).set(0x00080050, study.accession_number);
  all.set(0x00080060, series.modality).set(0x00080070, series.manufacturer).set(0x00080080, series.institution_name);
  all.set(0x00080090, study.referring_physician).set(0x00081010, series.station_name);
  all.set(0x00081030, study.description).set(0x0008103E, series.description);
  all.set(0x00100010, patient.name).set(0x00100020, patient.id).set(0x00100021, patient.issuer);
  all.set(0x00100030, patient.birth_date).set(0x00100040, patient.sex);
  all.set(0x00180015, series.body_part).set(0x00181030, series.protocol_name);
  all.set(0x0020000D, study.uid).set(0x0020000E, series.uid).set(0x00200010, study.id);
  rapidjson::Document result;
  result.Parse(all.str().c_str());
  return result;
}

bool sender_holds(const routing_rule& rule, const index_entry& entry) {
  const auto& facilities = entry.from.from.facilities;
  const bool is_of_facility = rule.facility == 0 || (!facilities.empty() && facilities.front() == rule.facility);
  const auto& modality = entry.header.series.modality;
  return is_of_facility && (rule.calling_aet.empty() || rule.calling_aet == entry.from.calling_aet) &&
         (rule.modalities.empty() ||
          std::find(rule.modalities.begin(), rule.modalities.end(), modality) != rule.modalities.end());
}

} // namespace

std::vector<int64_t> routing_table::rules_for(const index_entry& entry) const {
  std::vector<int64_t> result;
  rapidjson::Document attributes; // made at the first rule that asks
  for (const auto& rule : rules_) {
    if (!sender_holds(rule, entry)) continue;
    if (!rule.attributes.empty()) {
      if (attributes.IsNull()) attributes = attributes_of(entry.header);
      if (!matches(attributes, rule.attributes)) continue;
    }
    result.push_back(rule.id);
  }
  return result;
}

} // namespace noctis
