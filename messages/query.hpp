#pragma once

#include "messages/instance.hpp"
#include "messages/principal.hpp"

#include <caf/optional.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// Requests that read the index, and the rows they answer. Each request carries the principal on whose behalf
// it reads; what that principal may not see is `errc::not_found`. Times are ms since the epoch UTC, dates
// YYYYMMDD, DICOM times HHMMSS[.FFFFFF].

/// Names one patient, study, series or instance: by row id, or by DICOM UID where `id` is 0.
struct object_key {
  int64_t id = 0;
  std::string uid;
};

struct facility_row {
  int64_t id = 0;
  std::string name;
};

struct patient_row {
  int64_t id = 0;
  std::string patient_id;
  std::string issuer;
  std::string name;
  std::string birth_date;
  std::string sex;
};

struct study_row {
  int64_t id = 0;
  patient_row patient;
  facility_row facility;
  study_attributes attributes;
  std::vector<std::string> modalities; ///< sorted
  std::string body_part;               ///< of the first series that names one
  std::string status;                  ///< scheduled, in_progress, completed, reported, approved, suspended, cancelled
  std::string priority;                ///< routine, urgent, stat, elective
  int64_t number_of_series = 0;
  int64_t number_of_instances = 0;
  int64_t storage_size = 0; ///< bytes
  int64_t uploaded_at = 0;
  int64_t updated_at = 0;
  int64_t assigned_to = 0;      ///< id of the user who is to read it; 0: nobody
  std::string assigned_to_name; ///< the full name, else the user name
  std::string report_status;    ///< draft, preliminary, final, amended; "": no report
  std::string ai_status;        ///< of its analyses: pending, running, done, failed; "": none
  std::string alert;            ///< open, escalated, acknowledged; "": none
  std::string alert_reason;     ///< of the newest alert that is open, else of the newest
};

struct image_row {
  int64_t id = 0;
  instance_attributes attributes;
  int64_t stored_at = 0;
  std::string data_set_digest;
  std::vector<location> locations; ///< readable ones, the best first
};

struct series_row {
  int64_t id = 0;
  int64_t study_id = 0;
  std::string study_uid;
  series_attributes attributes;
  int64_t number_of_instances = 0;
  std::vector<image_row> images; ///< by instance number; empty where the request did not ask for them
};

/// The worklist's question. Empty fields do not restrict.
struct study_filter {
  principal who;
  std::string search; ///< in patient name, patient id, accession number and description
  std::string patient_id;
  std::string patient_name; ///< matches anywhere in the name, without case and accents
  std::string accession_number;
  std::string study_instance_uid;
  std::vector<std::string> modalities;
  std::string date_from;
  std::string date_to;
  std::vector<std::string> statuses;
  std::vector<std::string> priorities;
  std::vector<int64_t> readers;             ///< ids of users that studies are assigned to; 0: nobody
  std::vector<std::string> report_statuses; ///< none, draft, preliminary, final, amended
  caf::optional<int64_t> facility;
  std::string ordering = "-study_date"; ///< study_date, patient_name, upload_date, priority, modality; "-" descends
  int32_t page = 1;
  int32_t page_size = 50; ///< 1 … 200
};

struct study_page {
  int64_t count = 0;
  bool count_is_capped = false; ///< there are more than `count`
  std::vector<study_row> studies;
};

struct study_request {
  principal who;
  object_key key;
  bool with_series = true; ///< false: the study alone
};

struct study_detail {
  study_row study;
  std::vector<series_row> series; ///< by series number, with their images
};

struct series_request {
  principal who;
  object_key key;
};

struct image_request {
  principal who;
  object_key key;
};

struct image_detail {
  image_row image;
  series_row series; ///< without images
  study_row study;
};

/// The instances of a study, or of a series or one instance in it, in order of their ids: what a download walks.
struct instances_request {
  principal who;
  std::string study_uid;
  std::string series_uid;       ///< "" for the whole study
  std::string sop_instance_uid; ///< "" for the whole series
  int64_t after = 0;            ///< only ids above
  int32_t limit = 1000;
};

struct instance_list {
  std::vector<image_row> images;
};

struct queue_counts {
  std::string name;
  int64_t pending = 0;
  int64_t running = 0;
  int64_t failed = 0;
};

struct statistics_request {
  principal who;
};

struct statistics {
  int64_t patients = 0;
  int64_t studies = 0;
  int64_t series = 0;
  int64_t instances = 0;
  int64_t bytes = 0;
  int64_t quarantined = 0;
  std::string database_version;
  double database_latency_ms = 0;
  std::vector<queue_counts> queues;
};

/// A page of quarantined objects, newest first.
struct quarantine_filter {
  principal who;
  int32_t page = 1;
  int32_t page_size = 50;
};

/// Asks which files of a node's store the index knows, as instances or in quarantine.
struct known_files_request {
  std::string node;
  std::vector<std::string> paths; ///< at most 1,000
};

struct path_list {
  std::vector<std::string> paths;
};

template <class I>
typename I::result_type inspect(I& f, object_key& x) {
  return f(x.id, x.uid);
}

template <class I>
typename I::result_type inspect(I& f, facility_row& x) {
  return f(x.id, x.name);
}

template <class I>
typename I::result_type inspect(I& f, patient_row& x) {
  return f(x.id, x.patient_id, x.issuer, x.name, x.birth_date, x.sex);
}

template <class I>
typename I::result_type inspect(I& f, study_row& x) {
  return f(x.id, x.patient, x.facility, x.attributes, x.modalities, x.body_part, x.status, x.priority,
           x.number_of_series, x.number_of_instances, x.storage_size, x.uploaded_at, x.updated_at, x.assigned_to,
           x.assigned_to_name, x.report_status, x.ai_status, x.alert, x.alert_reason);
}

template <class I>
typename I::result_type inspect(I& f, image_row& x) {
  return f(x.id, x.attributes, x.stored_at, x.data_set_digest, x.locations);
}

template <class I>
typename I::result_type inspect(I& f, series_row& x) {
  return f(x.id, x.study_id, x.study_uid, x.attributes, x.number_of_instances, x.images);
}

template <class I>
typename I::result_type inspect(I& f, study_filter& x) {
  return f(x.who, x.search, x.patient_id, x.patient_name, x.accession_number, x.study_instance_uid, x.modalities,
           x.date_from, x.date_to, x.statuses, x.priorities, x.readers, x.report_statuses, x.facility, x.ordering,
           x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, study_page& x) {
  return f(x.count, x.count_is_capped, x.studies);
}

template <class I>
typename I::result_type inspect(I& f, study_request& x) {
  return f(x.who, x.key, x.with_series);
}

template <class I>
typename I::result_type inspect(I& f, study_detail& x) {
  return f(x.study, x.series);
}

template <class I>
typename I::result_type inspect(I& f, series_request& x) {
  return f(x.who, x.key);
}

template <class I>
typename I::result_type inspect(I& f, image_request& x) {
  return f(x.who, x.key);
}

template <class I>
typename I::result_type inspect(I& f, image_detail& x) {
  return f(x.image, x.series, x.study);
}

template <class I>
typename I::result_type inspect(I& f, instances_request& x) {
  return f(x.who, x.study_uid, x.series_uid, x.sop_instance_uid, x.after, x.limit);
}

template <class I>
typename I::result_type inspect(I& f, instance_list& x) {
  return f(x.images);
}

template <class I>
typename I::result_type inspect(I& f, queue_counts& x) {
  return f(x.name, x.pending, x.running, x.failed);
}

template <class I>
typename I::result_type inspect(I& f, statistics_request& x) {
  return f(x.who);
}

template <class I>
typename I::result_type inspect(I& f, statistics& x) {
  return f(x.patients, x.studies, x.series, x.instances, x.bytes, x.quarantined, x.database_version,
           x.database_latency_ms, x.queues);
}

template <class I>
typename I::result_type inspect(I& f, quarantine_filter& x) {
  return f(x.who, x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, known_files_request& x) {
  return f(x.node, x.paths);
}

template <class I>
typename I::result_type inspect(I& f, path_list& x) {
  return f(x.paths);
}

} // namespace noctis
