#include "worker/run_sending.hpp"

#include "worker/result_objects.hpp"

namespace noctis {

namespace {

caf::error send_objects(worker_channel& channel, const analysis_task& task, const series_reader& series,
                        analyser_run& run) {
  if (!series.subject()) return {}; // there was no image
  run_subject about{*series.subject(),
                    task.study_uid,
                    task.series_uid,
                    task.input_digest,
                    series.sources(),
                    series.traits().slice_thickness.value_or(0),
                    task.at};
  about.subject.study.uid = task.study_uid; // the archive may know better than the header
  for (auto& source : about.sources) source.series_uid = task.series_uid;
  for (const auto& made : result_objects(run, about))
    if (auto error = channel.object(made.file)) return error;
  return {};
}

} // namespace

caf::error send_run(worker_channel& channel, const analysis_task& task, const series_reader& series,
                    analyser_run& run) {
  for (auto& fault : series.faults()) run.result.warnings.push_back(std::move(fault));
  if (auto error = send_objects(channel, task, series, run)) return error;
  return channel.result(run_json(run));
}

} // namespace noctis
