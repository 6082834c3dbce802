#pragma once

#include "messages/annotations.hpp"
#include "schema/session.hpp"

#include <chrono>
#include <string>

// How annotations change. For the sources of this room alone.

namespace noctis::schema {

/// A study that can be annotated.
struct annotated_study {
  int64_t id = 0;
  int64_t facility = 0;
  std::string uid;
};

/// Throws `not_found` where `who` sees no such study.
annotated_study find_annotated_study(query& run, const principal& who, const object_key& key);

[[noreturn]] void throw_no_annotation(const std::string& id);

/// Throws `permission_denied`, or `invalid_argument` naming what cannot be.
void check_annotation(const annotation_put& request);

/// Has an author's annotations of a study written after `delay`, or sooner where that job is due already; returns the
/// job's id. A change puts a job that waits off; one that runs runs again.
int64_t submit_annotation_job(query& run, const annotated_study& study, int64_t author, std::chrono::seconds delay);

/// Makes the jobs due that have come to nothing while a study was deleted.
void resume_annotation_jobs(query& run, const annotated_study& study);

/// One change of one annotation, within a transaction.
class annotation_change {
public:
  annotation_change(query& run, const principal& who, std::chrono::seconds store_after)
      : run_(run), who_(who), store_after_(store_after) {}

  annotation_result put(annotation what);
  annotation_result remove(const std::string& id, int64_t version);

private:
  void find(const std::string& id);
  void find_image(annotation& what) const;
  [[nodiscard]] bool has_content(const std::string& content) const;
  annotation_result create(const annotation& what, const std::string& content);
  annotation_result add_version(const std::string& content, bool deleted);
  annotation_result finish(annotation_effect effect, const std::string& id, bool deleted);
  [[nodiscard]] annotation current(const std::string& id) const;

  query& run_;
  const principal& who_;
  std::chrono::seconds store_after_;
  annotated_study study_;
  bool exists_ = false;
  int64_t set_ = 0;
  annotation known_; ///< the current version, where it exists
};

} // namespace noctis::schema
