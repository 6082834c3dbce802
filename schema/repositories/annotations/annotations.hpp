#pragma once

#include "messages/annotations.hpp"
#include "schema/connection.hpp"

#include <chrono>

namespace noctis::schema {

/// Annotations of images in all their versions, and the DICOM objects that are written of them. What the principal may
/// not see is `not_found`; annotations of a deleted study are not seen, and go when it is purged.
class annotations_repository {
public:
  /// `store_after`: how long after the last change of an author in a study a job writes them as DICOM objects.
  explicit annotations_repository(database& db, std::chrono::seconds store_after = std::chrono::seconds{60})
      : db_(db), store_after_(store_after) {}

  /// The current annotations of a study, oldest first, at most `most_annotations`.
  annotation_list list(const annotation_filter& filter);

  /// Every version of an annotation, oldest first.
  annotation_list history(const annotation_history_request& request);

  /// Makes an annotation or its next version, its event, its entry in the audit log and its job. What was put already
  /// is answered as it was then. Throws `invalid_argument` naming the field; `permission_denied` for another's;
  /// `limit_exceeded` where the study has `most_annotations`.
  annotation_result put(const annotation_put& request);

  /// Makes the version that says that an annotation is deleted, likewise.
  annotation_result remove(const annotation_removal& request);

  /// Makes the principal's job in a study due, and returns its id.
  int64_t store_now(const annotation_store_request& request);

  /// Returns the documents that an order has still to write, and notes that they were begun: whoever asks again before
  /// they are stored gets the same, whatever has changed since. Nothing while the study is deleted.
  annotation_plan plan(const annotation_order& order);

  /// Notes that a document is in the archive, at the versions that it holds.
  void stored(const annotation_report& report);

private:
  database& db_;
  std::chrono::seconds store_after_;
};

} // namespace noctis::schema
