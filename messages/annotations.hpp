#pragma once

#include "messages/query.hpp"

#include <caf/optional.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace noctis {

// What people draw on images. Every version of an annotation is kept; the author alone makes the next one.

/// The queue of the jobs that write annotations as DICOM objects. Their payload is `annotation_order`.
inline constexpr const char* annotation_queue = "annotations";

/// Points that one annotation may have; a FL value of so many coordinates still has a 16 bit length.
inline constexpr size_t most_annotation_points = 4096;

/// Annotations that one answer holds at most.
inline constexpr int32_t most_annotations = 10'000;

struct annotation_measurement {
  std::string name; ///< length, long_axis, short_axis, angle, area, mean, sd, min, max, value, perimeter, ratio
  double value = 0;
  std::string unit; ///< UCUM
};

/// One version of an annotation.
struct annotation {
  std::string id; ///< UUID, in lower case
  int64_t study = 0;
  std::string study_uid;
  std::string series_uid;
  std::string sop_instance_uid; ///< may be "" where `space` is patient
  int32_t frame = 1;
  std::string frame_of_reference_uid;
  std::string kind; ///< one of `annotation_kinds()`
  std::string label;
  std::string space; ///< image: column, row (PS3.3 C.18.6); patient: mm, LPS
  std::vector<std::vector<double>> points;
  std::vector<annotation_measurement> measurements;
  std::string view = "{}"; ///< a JSON object: what a viewer needs to show it again
  int64_t version = 0;     ///< in a request: the version on which it is based, 0: none
  int64_t author = 0;      ///< row id of the user
  std::string username;
  std::string full_name;
  int64_t created_at = 0; ///< ms since the epoch, UTC
  int64_t updated_at = 0;
  bool deleted = false;
  std::string stored_as;        ///< SOP Instance UID of the newest DICOM object with this version, "": none yet
  std::string sop_class_uid;    ///< of the image, as the index knows it
  int32_t number_of_frames = 1; ///< of the image
};

/// What there is in `annotation::kind`, with the number of points that it takes.
struct annotation_kind {
  const char* name;
  size_t least_points;
  size_t most_points;
};
const std::vector<annotation_kind>& annotation_kinds();

/// Returns the kind of this name, nullptr where there is none.
const annotation_kind* find_annotation_kind(const std::string& name);

/// The names of measurements, and the UCUM units that they have.
const std::vector<std::string>& annotation_measurement_names();
const std::vector<std::string>& annotation_units();

/// Returns what is wrong with what a client says of an annotation: a sentence for each field, named as in REST.
std::map<std::string, std::string> problems_of(const annotation& what);

/// Whether `text` is a UUID in lower case (RFC 9562, 4).
bool is_uuid(const std::string& text);

/// The current annotations of a study, oldest first; deleted ones are left out.
struct annotation_filter {
  principal who;
  object_key study;
  std::string author; ///< user name; "": all
};

/// Every version of an annotation, oldest first.
struct annotation_history_request {
  principal who;
  std::string id;
};

struct annotation_list {
  int64_t study = 0;
  std::string study_uid;
  std::vector<annotation> annotations;
};

/// Makes an annotation, or the next version of one.
struct annotation_put {
  principal who;
  annotation what;
};

/// Makes the version that says that it is deleted.
struct annotation_removal {
  principal who;
  std::string id;
  int64_t version = 0; ///< on which it is based
};

enum class annotation_effect : uint8_t { created, changed, conflict };

/// What became of a change. One that was made before and comes again has the effect that it had.
struct annotation_result {
  annotation_effect what = annotation_effect::created;
  annotation current; ///< with `conflict` the version that was not known
};

/// Has the principal's annotations of a study written as DICOM objects now; answered with the job's id.
struct annotation_store_request {
  principal who;
  object_key study;
};

/// Whose annotations of which study a job writes.
struct annotation_order {
  int64_t study = 0; ///< row ids
  int64_t author = 0;
};

/// A DICOM object that is to be written: what one author's annotations of one sort in a study were at one moment.
struct annotation_document {
  int64_t set = 0;
  int64_t serial = 0;       ///< counts the changes of the set; the document holds all up to this one
  bool key_objects = false; ///< a selection of key images, not measurements
  std::string key;          ///< UUID of the set, from which its UIDs are derived
  std::string author;       ///< name, as people read it
  int64_t at = 0;           ///< when the last change was made, ms since the epoch, UTC
  std::string former_uid;   ///< SOP Instance UID of the set's last document, "" for none
  std::string former_class; ///< its SOP Class UID
  std::vector<annotation> annotations;
};

/// What an order has still to write; those that were begun before first.
struct annotation_plan {
  std::vector<annotation_document> documents;
};

/// A document is in the archive; "" as UIDs: there was nothing to write.
struct annotation_report {
  int64_t set = 0;
  int64_t serial = 0;
  std::string sop_instance_uid;
  std::string sop_class_uid;
};

template <class I>
typename I::result_type inspect(I& f, annotation_measurement& x) {
  return f(x.name, x.value, x.unit);
}

template <class I>
typename I::result_type inspect(I& f, annotation& x) {
  return f(x.id, x.study, x.study_uid, x.series_uid, x.sop_instance_uid, x.frame, x.frame_of_reference_uid, x.kind,
           x.label, x.space, x.points, x.measurements, x.view, x.version, x.author, x.username, x.full_name,
           x.created_at, x.updated_at, x.deleted, x.stored_as, x.sop_class_uid, x.number_of_frames);
}

template <class I>
typename I::result_type inspect(I& f, annotation_filter& x) {
  return f(x.who, x.study, x.author);
}

template <class I>
typename I::result_type inspect(I& f, annotation_history_request& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, annotation_list& x) {
  return f(x.study, x.study_uid, x.annotations);
}

template <class I>
typename I::result_type inspect(I& f, annotation_put& x) {
  return f(x.who, x.what);
}

template <class I>
typename I::result_type inspect(I& f, annotation_removal& x) {
  return f(x.who, x.id, x.version);
}

template <class I>
typename I::result_type inspect(I& f, annotation_result& x) {
  return f(x.what, x.current);
}

template <class I>
typename I::result_type inspect(I& f, annotation_store_request& x) {
  return f(x.who, x.study);
}

template <class I>
typename I::result_type inspect(I& f, annotation_order& x) {
  return f(x.study, x.author);
}

template <class I>
typename I::result_type inspect(I& f, annotation_document& x) {
  return f(x.set, x.serial, x.key_objects, x.key, x.author, x.at, x.former_uid, x.former_class, x.annotations);
}

template <class I>
typename I::result_type inspect(I& f, annotation_plan& x) {
  return f(x.documents);
}

template <class I>
typename I::result_type inspect(I& f, annotation_report& x) {
  return f(x.set, x.serial, x.sop_instance_uid, x.sop_class_uid);
}

} // namespace noctis
