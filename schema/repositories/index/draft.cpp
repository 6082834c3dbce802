#include "schema/repositories/index/draft.hpp"

#include "schema/errors.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"

#include <limits>

namespace noctis::schema {

namespace {

constexpr size_t identifier_length = 256;
constexpr size_t text_length = 1024;
constexpr size_t term_length = 512;
constexpr size_t kept_length = size_t{64} << 10;

void check_uid(const std::string& uid, const char* name) {
  if (uid.empty()) throw database_error(errc::missing_identifier, std::string{name} + " is absent");
  if (!is_uid(uid))
    throw database_error(errc::invalid_identifier, std::string{name} + " \"" + storable(uid, 70) + "\" is not a UID");
}

void check_file(const stored_file& file) {
  constexpr auto most = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  if (file.where.node.empty() || file.where.path.empty() || file.where.path.size() > text_length)
    throw database_error(errc::invalid_argument, "a location has a node and a path of at most 1024 bytes");
  if (file.where.length == 0 || file.where.length > most || file.where.offset > most)
    throw database_error(errc::invalid_argument, "the length of a location is not that of a file");
  if (!is_digest(file.where.checksum) || !is_digest(file.data_set_digest))
    throw database_error(errc::invalid_argument, "a checksum is 32 lower-case hex digits");
}

void clip(std::string& text, size_t length) { text = storable(text, length); }

/// A cut object is none, and no jsonb holds a NUL.
void clip_kept(std::string& kept) {
  if (kept.size() > kept_length || kept.find("\\u0000") != std::string::npos)
    kept.clear();
  else
    clip(kept, kept_length);
}

void clip_patient(patient_attributes& patient) {
  clip(patient.id, identifier_length);
  clip(patient.issuer, identifier_length);
  clip(patient.name, text_length);
  patient.birth_date = storable_date(patient.birth_date);
  if (patient.sex != "M" && patient.sex != "F" && patient.sex != "O") patient.sex.clear();
}

void clip_study(study_attributes& study) {
  clip(study.id, text_length);
  study.date = storable_date(study.date);
  clip(study.time, 16);
  clip(study.accession_number, identifier_length);
  clip(study.description, text_length);
  clip(study.referring_physician, text_length);
  clip_kept(study.kept);
}

void clip_series(series_attributes& series) {
  clip(series.modality, 64);
  clip(series.laterality, 64);
  series.date = storable_date(series.date);
  clip(series.time, 16);
  for (auto* text : {&series.description, &series.body_part, &series.protocol_name, &series.manufacturer,
                     &series.station_name, &series.institution_name})
    clip(*text, text_length);
  if (!is_uid(series.frame_of_reference_uid)) series.frame_of_reference_uid.clear();
  clip_kept(series.kept);
}

void clip_instance(instance_attributes& instance) {
  clip(instance.character_set, term_length);
  clip(instance.image_type, term_length);
  for (auto* date : {&instance.content_date, &instance.acquisition_date, &instance.creation_date})
    *date = storable_date(*date);
  for (auto* time : {&instance.content_time, &instance.acquisition_time, &instance.creation_time}) clip(*time, 16);
  clip_kept(instance.kept);
}

} // namespace

const std::string& sender_of(const index_entry& entry) {
  return entry.from.calling_aet.empty() ? entry.from.from.name : entry.from.calling_aet;
}

draft make_draft(const index_entry& entry, size_t position) {
  draft result;
  result.position = position;
  result.facility = home_facility(entry.from.from);
  result.entry = entry;
  auto& header = result.entry.header;
  check_uid(header.study.uid, "Study Instance UID");
  check_uid(header.series.uid, "Series Instance UID");
  check_uid(header.instance.sop_instance_uid, "SOP Instance UID");
  check_uid(header.instance.sop_class_uid, "SOP Class UID");
  check_uid(header.instance.transfer_syntax_uid, "Transfer Syntax UID");
  check_file(entry.file);
  clip_patient(header.patient);
  clip_study(header.study);
  clip_series(header.series);
  clip_instance(header.instance);
  clip(result.entry.from.calling_aet, term_length);
  clip(result.entry.from.from.name, term_length);
  clip(result.entry.file.where.path, text_length);
  clip(result.entry.file.where.node, term_length);
  return result;
}

} // namespace noctis::schema
