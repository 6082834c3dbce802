#include "schema/repositories/find/attributes.hpp"

#include "messages/kept_attributes.hpp"

#include <algorithm>
#include <cstdio>

namespace noctis::schema {

namespace {

constexpr auto patient = query_level::patient;
constexpr auto study = query_level::study;
constexpr auto series = query_level::series;
constexpr auto instance = query_level::instance;

constexpr const char* classes_in_study =
    "(select array_agg(distinct t.term) from series cr join instances ci on ci.series = cr.id and "
    "ci.replaced_at is null join terms t on t.id = ci.sop_class where cr.study = s.id)";

/// Columns of their own: what the standard makes a server answer (PS3.4 C.6, PS3.18 10.6.3.3), and what people ask
/// for most.
const std::vector<queryable> columns{
    {0x00080008, "CS", instance, match_by::term, presence::requested, "i.image_type",
     "(select term from terms where id = i.image_type)"},
    {0x00080012, "DA", instance, match_by::date, presence::requested, "date_of(i.created_at)", nullptr},
    {0x00080013, "TM", instance, match_by::time, presence::requested, "time_of(i.created_at)", nullptr},
    {0x00080016, "UI", instance, match_by::term, presence::always, "i.sop_class",
     "(select term from terms where id = i.sop_class)"},
    {0x00080018, "UI", instance, match_by::uid, presence::always, "i.sop_uid", nullptr},
    {0x00080020, "DA", study, match_by::date, presence::always, "s.study_date", nullptr},
    {0x00080021, "DA", series, match_by::date, presence::if_known, "r.series_date", nullptr},
    {0x00080022, "DA", instance, match_by::date, presence::requested, "date_of(i.acquired_at)", nullptr},
    {0x00080023, "DA", instance, match_by::date, presence::requested, "date_of(i.content_at)", nullptr},
    {0x00080030, "TM", study, match_by::time, presence::always, "s.study_time", nullptr},
    {0x00080031, "TM", series, match_by::time, presence::if_known, "r.series_time", nullptr},
    {0x00080032, "TM", instance, match_by::time, presence::requested, "time_of(i.acquired_at)", nullptr},
    {0x00080033, "TM", instance, match_by::time, presence::requested, "time_of(i.content_at)", nullptr},
    {0x00080050, "SH", study, match_by::code, presence::always, "s.accession_number", nullptr},
    {0x00080060, "CS", series, match_by::code, presence::always, "r.modality", nullptr},
    {0x00080061, "CS", study, match_by::modalities, presence::always, "s.modalities", nullptr},
    {0x00080062, "UI", study, match_by::classes, presence::requested, "", classes_in_study},
    {0x00080070, "LO", series, match_by::text, presence::requested, "r.manufacturer", nullptr},
    {0x00080080, "LO", series, match_by::text, presence::requested, "r.institution_name", nullptr},
    {0x00080090, "PN", study, match_by::name, presence::always, "s.referring_physician", nullptr},
    {0x00081010, "SH", series, match_by::text, presence::requested, "r.station_name", nullptr},
    {0x00081030, "LO", study, match_by::text, presence::always, "s.description", nullptr},
    {0x0008103E, "LO", series, match_by::text, presence::always, "r.description", nullptr},
    {0x00083002, "UI", instance, match_by::term, presence::requested, "i.transfer_syntax",
     "(select term from terms where id = i.transfer_syntax)"},
    {0x00100010, "PN", patient, match_by::name, presence::always, "p.name", nullptr},
    {0x00100020, "LO", patient, match_by::code, presence::always, "p.patient_id", nullptr},
    {0x00100021, "LO", patient, match_by::code, presence::if_known, "p.issuer", nullptr},
    {0x00100030, "DA", patient, match_by::date, presence::always, "p.birth_date", nullptr},
    {0x00100040, "CS", patient, match_by::code, presence::always, "p.sex", nullptr},
    {0x00180015, "CS", series, match_by::code, presence::if_known, "r.body_part", nullptr},
    {0x00181030, "LO", series, match_by::text, presence::requested, "r.protocol_name", nullptr},
    {0x0020000D, "UI", study, match_by::uid, presence::always, "s.uid", nullptr},
    {0x0020000E, "UI", series, match_by::uid, presence::always, "r.uid", nullptr},
    {0x00200010, "SH", study, match_by::code, presence::always, "s.study_id", nullptr},
    {0x00200011, "IS", series, match_by::number, presence::always, "r.number", nullptr},
    {0x00200012, "IS", instance, match_by::number, presence::requested, "i.acquisition_number", nullptr},
    {0x00200013, "IS", instance, match_by::number, presence::always, "i.number", nullptr},
    {0x00200052, "UI", series, match_by::uid, presence::requested, "r.frame_of_reference_uid", nullptr},
    {0x00200060, "CS", series, match_by::code, presence::requested, "r.laterality", nullptr},
    {0x00201200, "IS", patient, match_by::none, presence::always, "",
     "(select count(*) from studies c where c.patient = p.id)"},
    {0x00201202, "IS", patient, match_by::none, presence::always, "",
     "(select coalesce(sum(c.number_of_series), 0) from studies c where c.patient = p.id)"},
    {0x00201204, "IS", patient, match_by::none, presence::always, "",
     "(select coalesce(sum(c.number_of_instances), 0) from studies c where c.patient = p.id)"},
    {0x00201206, "IS", study, match_by::number, presence::always, "s.number_of_series", nullptr},
    {0x00201208, "IS", study, match_by::number, presence::always, "s.number_of_instances", nullptr},
    {0x00201209, "IS", series, match_by::number, presence::always, "r.number_of_instances", nullptr},
    {0x00280008, "IS", instance, match_by::number, presence::if_known, "i.number_of_frames", nullptr},
    {0x00280010, "US", instance, match_by::number, presence::if_known, "i.rows", nullptr},
    {0x00280011, "US", instance, match_by::number, presence::if_known, "i.columns", nullptr},
    {0x00280100, "US", instance, match_by::number, presence::if_known, "i.bits_allocated", nullptr},
};

match_by match_of(const char* vr) {
  const std::string name{vr};
  if (name == "PN") return match_by::name;
  if (name == "DA") return match_by::date;
  if (name == "TM") return match_by::time;
  if (name == "UI") return match_by::uid;
  if (name == "CS" || name == "AS" || name == "DS" || name == "IS" || name == "US") return match_by::code;
  return match_by::text;
}

std::vector<queryable> every_attribute() {
  auto result = columns;
  for (const auto& kept : kept_attributes()) {
    const bool with_series = kept.tag == 0x00400244 || kept.tag == 0x00400245 || kept.tag == 0x00400275;
    result.push_back({kept.tag, kept.vr, kept.level, match_of(kept.vr),
                      with_series ? presence::if_known : presence::requested, nullptr, nullptr});
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.tag < b.tag; });
  return result;
}

} // namespace

const std::vector<queryable>& find_attributes() {
  static const auto attributes = every_attribute();
  return attributes;
}

const queryable* attribute_of(uint32_t tag) {
  const auto& all = find_attributes();
  const auto found =
      std::lower_bound(all.begin(), all.end(), tag, [](const auto& one, uint32_t wanted) { return one.tag < wanted; });
  return found == all.end() || found->tag != tag ? nullptr : &*found;
}

std::string alias_of(query_level level) { return {"psri"[static_cast<size_t>(level)]}; }

std::string digits_of(uint32_t tag) {
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08X", static_cast<unsigned>(tag));
  return digits;
}

std::string value_of(const queryable& attribute) {
  if (attribute.column) return attribute.column;
  return alias_of(attribute.level) + ".attributes #>> '{" + digits_of(attribute.tag) + ",Value,0}'";
}

} // namespace noctis::schema
