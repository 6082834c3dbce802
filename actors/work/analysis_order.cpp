#include "actors/work/analysis_order.hpp"

#include "messages/analyses.hpp"
#include "messages/json_text.hpp"

#include <string>

namespace noctis {

job_submission analysis_order(principal who, const study_row& study) {
  who.facilities.insert(who.facilities.begin(), study.facility.id);
  job_submission job;
  job.who = std::move(who);
  job.queue = analysis_queue;
  job.payload = json_object("study_uid", study.attributes.uid);
  job.unique_key = std::string{analysis_queue} + " " + std::to_string(study.id);
  job.priority = study.priority;
  job.max_attempts = 3;
  job.study = study.id;
  return job;
}

} // namespace noctis
