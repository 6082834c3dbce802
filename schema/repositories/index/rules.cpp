#include "schema/repositories/index/rules.hpp"

#include "schema/transact.hpp"

#include <optional>

namespace noctis::schema {

namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string patient_of(const std::string& id, const std::string& issuer) {
  return "patient " + quoted(id) + (issuer.empty() ? "" : " of " + quoted(issuer));
}

bool is_same_data_set(const draft& one) {
  return one.known && one.known->digest == one.entry.file.data_set_digest &&
         one.known->transfer_syntax == one.entry.header.instance.transfer_syntax_uid;
}

std::optional<index_refusal> facility_refusal(const draft& one, const study_draft& study) {
  if (study.facility == one.facility) return std::nullopt;
  return index_refusal{
      errc::facility_conflict,
      "study " + one.entry.header.study.uid + " belongs to " +
          (study.facility_name.empty() ? "another facility" : "the facility " + quoted(study.facility_name)) +
          ", not to the facility of " + quoted(one.entry.from.from.name)};
}

std::optional<index_refusal> patient_refusal(const draft& one, const study_draft& study) {
  const auto& patient = one.entry.header.patient;
  if (one.is_known_identity || is_patient_of(one, study)) return std::nullopt;
  return index_refusal{errc::patient_conflict, "study " + one.entry.header.study.uid + " is kept for " +
                                                   patient_of(study.patient_id, study.issuer) + " and came for " +
                                                   patient_of(patient.id, patient.issuer)};
}

std::optional<index_refusal> series_refusal(const draft& one, const series_draft& series) {
  if (series.study_uid == one.entry.header.study.uid) return std::nullopt;
  return index_refusal{errc::series_conflict, "series " + one.entry.header.series.uid + " is kept in study " +
                                                  series.study_uid + " and came in study " +
                                                  one.entry.header.study.uid};
}

/// What was deleted comes back when it is sent again, but not by what Noctis itself writes about it.
std::optional<index_refusal> deletion_refusal(const draft& one, const study_draft& study) {
  const bool is_deleted = study.hidden && study.arrivals == 0;
  if (!is_deleted || one.entry.from.by != channel::internal) return std::nullopt;
  return index_refusal{errc::state_conflict, "study " + one.entry.header.study.uid + " was deleted"};
}

index_refusal instance_refusal(const draft& one) {
  return {errc::instance_conflict,
          "instance " + one.entry.header.instance.sop_instance_uid + " is kept with data set digest " +
              one.known->digest + " (" + one.known->transfer_syntax + ") and came with " +
              one.entry.file.data_set_digest + " (" + one.entry.header.instance.transfer_syntax_uid + ")"};
}

template <class Map>
auto* find_in(Map& map, const std::string& uid) {
  const auto found = map.find(uid);
  return found == map.end() ? nullptr : &found->second;
}

/// Returns why the entry cannot be kept. Whether a resent instance is the same counts before what its header says
/// of the patient, whose row may have been corrected since.
std::optional<index_refusal> refusal_of(const draft& one, const study_draft* study, const series_draft* series) {
  std::optional<index_refusal> refusal;
  if (study) refusal = facility_refusal(one, *study);
  if (!refusal && study) refusal = deletion_refusal(one, *study);
  if (!refusal && is_same_data_set(one) && study) return std::nullopt;
  if (!refusal && study) refusal = patient_refusal(one, *study);
  if (!refusal && series) refusal = series_refusal(one, *series);
  // What was deleted does not stand in the way of other bytes.
  const bool stands = one.known && !one.known->hidden;
  const bool moves = stands && (!series || series->id != one.known->series);
  if (!refusal && stands && (moves || one.entry.on_conflict == conflict_policy::reject))
    refusal = instance_refusal(one);
  return refusal;
}

study_draft new_study(const draft& one) {
  study_draft study;
  study.facility = one.facility;
  study.patient_id = one.entry.header.patient.id;
  study.issuer = one.entry.header.patient.issuer;
  study.first = &one.entry.header;
  return study;
}

series_draft new_series(const draft& one) {
  series_draft series;
  series.study_uid = one.entry.header.study.uid;
  series.first = &one.entry.header;
  return series;
}

void count(const draft& one, study_draft& study, series_draft& series) {
  const auto length = one.shows ? one.known->length : static_cast<int64_t>(one.entry.file.where.length);
  const bool stands = one.known && !one.known->hidden;
  const int64_t instances = stands ? 0 : 1;
  const int64_t bytes = stands ? length - one.known->length : length;
  if (series.hidden && series.arrivals == 0) ++study.series;
  ++series.arrivals;
  ++study.arrivals;
  series.instances += instances;
  series.bytes += bytes;
  study.instances += instances;
  study.bytes += bytes;
  const auto& attributes = one.entry.header.series;
  if (!attributes.modality.empty()) study.modalities.insert(attributes.modality);
  if (study.body_part.empty()) study.body_part = attributes.body_part;
}

} // namespace

bool is_patient_of(const draft& one, const study_draft& study) {
  const auto& patient = one.entry.header.patient;
  // An absent issuer may be any: not every modality writes it.
  const bool is_same_issuer = study.issuer.empty() || patient.issuer.empty() || study.issuer == patient.issuer;
  return study.patient_id == patient.id && is_same_issuer;
}

void judge(draft& one, round_draft& round) {
  const auto& header = one.entry.header;
  auto* study = find_in(round.studies, header.study.uid);
  auto* series = find_in(round.series, header.series.uid);
  // The same bytes name the same study: another writer committed both between our two questions.
  if (is_same_data_set(one) && !study) throw lost_race{};
  if (auto refusal = refusal_of(one, study, series)) {
    one.answer = *std::move(refusal);
    return;
  }
  if (is_same_data_set(one)) {
    one.answer = index_result{disposition::duplicate, one.known->id, {}};
    if (!one.known->hidden) return;
    if (!series) throw lost_race{};
    one.shows = true;
    count(one, *study, *series);
    return;
  }
  if (!study) study = &round.studies.emplace(header.study.uid, new_study(one)).first->second;
  if (!series) {
    series = &round.series.emplace(header.series.uid, new_series(one)).first->second;
    ++study->series;
  }
  count(one, *study, *series);
  one.writes = true;
}

} // namespace noctis::schema
