#pragma once

#include "schema/rows.hpp"

// How the catalogue's rows become structs. For the sources of this room alone.

namespace noctis::schema {

/// Reads id, patient_id, issuer, name, birth_date and sex from six columns that begin with `first`.
patient_row patient_from(const pqxx::row& row, int first);

/// Columns of `studies s join patients p … join facilities f …`, read by `study_from`.
#define NOCTIS_STUDY_COLUMNS                                                                                           \
  "s.id, s.uid, s.study_id, s.study_date, s.study_time, s.accession_number, s.description, s.referring_physician, "    \
  "s.modalities, s.body_part, s.status, s.priority, s.number_of_series, s.number_of_instances, s.storage_size, "       \
  "(extract(epoch from s.uploaded_at) * 1000)::bigint, (extract(epoch from s.updated_at) * 1000)::bigint, "            \
  "p.id, p.patient_id, p.issuer, p.name, p.birth_date, p.sex, f.id, f.name, coalesce(s.assigned_to, 0), "              \
  "coalesce((select coalesce(nullif(u.full_name, ''), u.username) from users u where u.id = s.assigned_to), ''), "     \
  "coalesce((select r.status from reports r where r.study = s.id), ''), coalesce(s.ai_status, ''), "                   \
  "coalesce(s.alert, ''), coalesce((select a.reason from alerts a where s.alert is not null and a.study = s.id "       \
  "order by a.acknowledged_at is not null, a.id desc limit 1), '')"
#define NOCTIS_STUDY_TABLES "studies s join patients p on p.id = s.patient join facilities f on f.id = s.facility"

study_row study_from(const pqxx::row& row);

/// Columns of `series r join studies s …`, read by `series_from`.
#define NOCTIS_SERIES_COLUMNS                                                                                          \
  "r.id, s.id, s.uid, r.uid, r.number, r.modality, r.description, r.body_part, r.laterality, r.series_date, "          \
  "r.series_time, r.protocol_name, r.manufacturer, r.station_name, r.institution_name, r.frame_of_reference_uid, "     \
  "r.number_of_instances"

series_row series_from(const pqxx::row& row);

/// Columns of `instances i join terms … left join locations l …`, read by `images_from`: a row for each copy.
#define NOCTIS_IMAGE_COLUMNS                                                                                           \
  "i.series, i.id, c.term, i.sop_uid, t.term, i.number, i.number_of_frames, i.rows, i.columns, i.bits_allocated, "     \
  "cs.term, (extract(epoch from i.received_at) * 1000)::bigint, encode(i.data_set_digest, 'hex'), n.term, l.path, "    \
  "l.file_offset, l.length, encode(l.checksum, 'hex')"
#define NOCTIS_IMAGE_TABLES                                                                                            \
  "instances i join terms c on c.id = i.sop_class join terms t on t.id = i.transfer_syntax "                           \
  "join terms cs on cs.id = i.character_set "                                                                          \
  "left join locations l on l.instance = i.id and l.state = 'ok' left join terms n on n.id = l.node"

struct image_of_series {
  int64_t series = 0;
  image_row image;
};

/// Reads images from rows in which those of one instance are neighbours.
std::vector<image_of_series> images_from(const pqxx::result& rows);

} // namespace noctis::schema
