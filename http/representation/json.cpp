#include "http/representation/json.hpp"

#include "http/representation/known.hpp"
#include "http/representation/time_text.hpp"

namespace noctis {

namespace {

void write_image_fields(json_text& json, const image_row& image) {
  json.field("id", image.id);
  json.field("instance_number", image.attributes.number);
  json.field("sop_instance_uid", image.attributes.sop_instance_uid);
  json.field("sop_class_uid", image.attributes.sop_class_uid);
  json.field("number_of_frames", image.attributes.number_of_frames);
  json.field("transfer_syntax_uid", image.attributes.transfer_syntax_uid);
  json.field("file_url", file_url(image.id));
}

void write_patient_fields(json_text& json, const patient_row& patient) {
  json.field("id", patient.id);
  json.field("patient_id", patient.patient_id);
  json.field("issuer", patient.issuer);
  json.field("patient_name", patient.name);
  write_known(json, "birth_date", iso_date(patient.birth_date));
  json.field("sex", patient.sex);
}

/// The reader of a study, null where there is none.
void write_assignee(json_text& json, const study_row& study) {
  if (study.assigned_to == 0) return json.value(nullptr);
  json.begin_object();
  json.field("id", study.assigned_to);
  json.field("name", study.assigned_to_name);
  json.end_object();
}

/// A JSON object, null where there is none.
void write_object(json_text& json, std::string_view name, const std::string& object) {
  json.key(name);
  if (object.empty())
    json.value(nullptr);
  else
    json.raw(object);
}

} // namespace

void write(json_text& json, const preference& kept) {
  json.begin_object();
  json.field("name", kept.name);
  json.key("value");
  json.raw(kept.value);
  json.field("version", kept.version);
  json.field("updated_at", rfc3339(kept.updated_at));
  json.end_object();
}

std::string file_url(int64_t image) { return "/dicom/api/images/" + std::to_string(image) + "/file/"; }

void write(json_text& json, const person& somebody) {
  json.begin_object();
  json.field("id", somebody.id);
  json.field("username", somebody.username);
  json.field("full_name", somebody.full_name);
  json.end_object();
}

void write(json_text& json, const user_profile& user) {
  json.begin_object();
  json.field("id", user.id);
  json.field("username", user.username);
  json.field("full_name", user.full_name);
  json.field("role", user.role);
  json.objects("facilities", user.facilities, [&](const auto& facility) {
    json.field("id", facility.id);
    json.field("name", facility.name);
  });
  json.key("permissions");
  json.begin_array();
  for (const auto& [bit, name] : permission_names()) {
    if ((user.permissions & static_cast<uint32_t>(bit)) != 0) json.value(name);
  }
  json.end_array();
  json.end_object();
}

void write(json_text& json, const facility_row& facility) {
  json.begin_object();
  json.field("id", facility.id);
  json.field("name", facility.name);
  json.end_object();
}

void write(json_text& json, const patient_row& patient) {
  json.begin_object();
  write_patient_fields(json, patient);
  json.end_object();
}

void write(json_text& json, const patient_detail& patient) {
  json.begin_object();
  write_patient_fields(json, patient.patient);
  json.key("facility");
  write(json, patient.facility);
  json.field("identity_conflict", patient.identity_conflict);
  json.key("studies");
  json.begin_array();
  for (const auto& study : patient.studies) write(json, study);
  json.end_array();
  json.end_object();
}

void write(json_text& json, const study_row& study) {
  json.begin_object();
  json.field("id", study.id);
  json.field("study_instance_uid", study.attributes.uid);
  json.field("accession_number", study.attributes.accession_number);
  json.field("study_id", study.attributes.id);
  json.field("study_description", study.attributes.description);
  write_known(json, "study_date", iso_date(study.attributes.date));
  write_known(json, "study_time", iso_time(study.attributes.time));
  json.field("modality", study.modalities.empty() ? std::string() : study.modalities.front());
  json.field("modalities", study.modalities);
  json.field("body_part", study.body_part);
  json.key("patient");
  write(json, study.patient);
  json.key("facility");
  write(json, study.facility);
  json.field("referring_physician", study.attributes.referring_physician);
  json.field("status", study.status);
  json.field("priority", study.priority);
  json.field("is_urgent", study.priority == "urgent" || study.priority == "stat");
  json.field("number_of_series", study.number_of_series);
  json.field("number_of_instances", study.number_of_instances);
  json.field("storage_size", study.storage_size);
  json.field("upload_date", rfc3339(study.uploaded_at));
  json.field("last_updated", rfc3339(study.updated_at));
  json.key("assigned_to");
  write_assignee(json, study);
  write_known(json, "report_status", study.report_status);
  write_known(json, "ai_status", study.ai_status);
  write_known(json, "alert", study.alert);
  write_known(json, "alert_reason", study.alert_reason);
  json.end_object();
}

void write_brief(json_text& json, const study_row& study) {
  json.begin_object();
  json.field("id", study.id);
  json.field("study_instance_uid", study.attributes.uid);
  write_known(json, "study_date", iso_date(study.attributes.date));
  write_known(json, "study_time", iso_time(study.attributes.time));
  json.field("study_description", study.attributes.description);
  json.field("accession_number", study.attributes.accession_number);
  json.field("patient_name", study.patient.name);
  json.field("patient_id", study.patient.patient_id);
  json.field("modality", study.modalities.empty() ? std::string() : study.modalities.front());
  json.end_object();
}

void write(json_text& json, const image_row& image) {
  json.begin_object();
  write_image_fields(json, image);
  json.end_object();
}

void write_with_thumbnail(json_text& json, const image_row& image) {
  json.begin_object();
  write_image_fields(json, image);
  json.field("thumbnail_url", "/dicom/api/images/" + std::to_string(image.id) + "/thumbnail/");
  json.end_object();
}

void write(json_text& json, const series_row& series, bool with_images) {
  json.begin_object();
  json.field("id", series.id);
  json.field("series_instance_uid", series.attributes.uid);
  json.field("series_number", series.attributes.number);
  json.field("series_description", series.attributes.description);
  json.field("modality", series.attributes.modality);
  json.field("body_part", series.attributes.body_part);
  json.field("image_count", series.number_of_instances);
  if (with_images) {
    json.key("images");
    json.begin_array();
    for (const auto& image : series.images) write(json, image);
    json.end_array();
  }
  json.end_object();
}

void write(json_text& json, const quarantine_entry& entry) {
  json.begin_object();
  json.field("id", entry.id);
  json.field("received_at", rfc3339(entry.received_at));
  json.field("reason", entry.reason);
  json.field("detail", entry.detail);
  json.field("sop_instance_uid", entry.sop_instance_uid);
  json.field("sop_class_uid", entry.sop_class_uid);
  json.field("study_instance_uid", entry.study_instance_uid);
  json.field("transfer_syntax_uid", entry.transfer_syntax_uid);
  json.field("calling_ae_title", entry.calling_aet);
  json.field("called_ae_title", entry.called_aet);
  json.field("address", entry.address);
  json.field("facility", entry.facility);
  json.field("size", entry.where.length);
  json.key("file_url");
  if (entry.where.path.empty())
    json.value(nullptr);
  else
    json.value("/api/quarantine/" + std::to_string(entry.id) + "/file/");
  json.end_object();
}

void write(json_text& json, const job& work) {
  json.begin_object();
  json.field("id", work.id);
  json.field("queue", work.queue);
  json.field("state", work.state);
  json.field("priority", work.priority);
  if (work.study == 0)
    json.field("study_id", nullptr);
  else
    json.field("study_id", work.study);
  json.field("attempts", work.attempts);
  json.field("max_attempts", work.max_attempts);
  json.field("progress", work.progress);
  write_object(json, "payload", work.payload.empty() ? "{}" : work.payload);
  write_object(json, "result", work.result);
  json.field("error", work.error);
  json.field("worker", work.worker);
  json.field("created_at", rfc3339(work.created_at));
  json.field("run_after", rfc3339(work.run_after));
  write_known_time(json, "started_at", work.started_at);
  write_known_time(json, "finished_at", work.finished_at);
  json.end_object();
}

void write(json_text& json, const queue_state& queue) {
  json.begin_object();
  json.field("queue", queue.queue);
  json.field("pending", queue.pending);
  json.field("running", queue.running);
  json.field("failed", queue.failed);
  json.field("done", queue.done);
  json.field("mean_seconds", queue.mean_seconds);
  json.field("p95_seconds", queue.p95_seconds);
  json.field("oldest_due_ms", queue.oldest_due_ms);
  json.end_object();
}

void write(json_text& json, const ae_row& entity) {
  json.begin_object();
  json.field("id", entity.id);
  json.field("ae_title", entity.title);
  json.field("host", entity.host);
  json.field("port", entity.port);
  json.key("facility");
  write(json, entity.facility);
  json.end_object();
}

} // namespace noctis
