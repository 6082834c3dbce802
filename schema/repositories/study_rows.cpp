#include "schema/repositories/study_rows.hpp"

namespace noctis::schema {

namespace {

/// Reads text columns one after the other.
class text_columns {
public:
  text_columns(const pqxx::row& row, int first) : row_(row), next_(first) {}

  template <class... Texts>
  void into(Texts&... texts) {
    ((texts = row_[next_++].template as<std::string>()), ...);
  }

private:
  const pqxx::row& row_;
  int next_;
};

image_of_series image_from(const pqxx::row& row) {
  image_of_series result;
  result.series = row[0].as<int64_t>();
  auto& image = result.image;
  image.id = row[1].as<int64_t>();
  auto& a = image.attributes;
  text_columns{row, 2}.into(a.sop_class_uid, a.sop_instance_uid, a.transfer_syntax_uid);
  a.number = optional_from(row[5]);
  a.number_of_frames = row[6].as<int32_t>();
  a.rows = optional_from(row[7]);
  a.columns = optional_from(row[8]);
  a.bits_allocated = optional_from(row[9]);
  a.character_set = row[10].as<std::string>();
  image.stored_at = row[11].as<int64_t>();
  image.data_set_digest = row[12].as<std::string>();
  return result;
}

} // namespace

patient_row patient_from(const pqxx::row& row, int first) {
  patient_row patient;
  patient.id = row[first].as<int64_t>();
  text_columns{row, first + 1}.into(patient.patient_id, patient.issuer, patient.name, patient.birth_date, patient.sex);
  return patient;
}

study_row study_from(const pqxx::row& row) {
  study_row study;
  study.id = row[0].as<int64_t>();
  auto& a = study.attributes;
  text_columns{row, 1}.into(a.uid, a.id, a.date, a.time, a.accession_number, a.description, a.referring_physician);
  study.modalities = array_from(row[8]);
  text_columns{row, 9}.into(study.body_part, study.status, study.priority);
  study.number_of_series = row[12].as<int64_t>();
  study.number_of_instances = row[13].as<int64_t>();
  study.storage_size = row[14].as<int64_t>();
  study.uploaded_at = row[15].as<int64_t>();
  study.updated_at = row[16].as<int64_t>();
  study.patient = patient_from(row, 17);
  study.facility = {row[23].as<int64_t>(), row[24].as<std::string>()};
  study.assigned_to = row[25].as<int64_t>();
  text_columns{row, 26}.into(study.assigned_to_name, study.report_status, study.ai_status, study.alert,
                             study.alert_reason);
  return study;
}

series_row series_from(const pqxx::row& row) {
  series_row series;
  series.id = row[0].as<int64_t>();
  series.study_id = row[1].as<int64_t>();
  auto& a = series.attributes;
  text_columns{row, 2}.into(series.study_uid, a.uid);
  a.number = optional_from(row[4]);
  text_columns{row, 5}.into(a.modality, a.description, a.body_part, a.laterality, a.date, a.time, a.protocol_name,
                            a.manufacturer, a.station_name, a.institution_name, a.frame_of_reference_uid);
  series.number_of_instances = row[16].as<int64_t>();
  return series;
}

std::vector<image_of_series> images_from(const pqxx::result& rows) {
  std::vector<image_of_series> result;
  for (const auto& row : rows) {
    if (result.empty() || result.back().image.id != row[1].as<int64_t>()) result.push_back(image_from(row));
    if (!row[13].is_null()) result.back().image.locations.push_back(location_from(row, 13));
  }
  return result;
}

} // namespace noctis::schema
