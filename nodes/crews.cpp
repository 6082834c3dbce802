#include "nodes/crews.hpp"

#include "actors/network/annotator.hpp"
#include "actors/network/commitment.hpp"
#include "actors/network/forward_order.hpp"
#include "actors/network/forwarder.hpp"
#include "actors/work/analyst.hpp"
#include "actors/work/dispatcher.hpp"
#include "actors/work/housekeeper.hpp"
#include "actors/work/thumbnailer.hpp"
#include "actors/work/typesetter.hpp"
#include "nodes/part_options.hpp"

#include <functional>
#include <string>

namespace noctis {

namespace {

/// Workers of one kind, and what they do.
struct crew {
  std::string name;
  int64_t size = 1;
  std::vector<std::string> queues;
  std::function<job_end(running_job&, const running_children&)> run;
};

std::vector<crew> crews_of(const configuration& settings) {
  outgoing_options outgoing;
  outgoing.calling_title = settings.server_scu_ae_title;
  outgoing.deidentification_secret = settings.http_secret_key;
  const annotator_options annotations{intake_of(settings)};
  analyst_options analysis;
  analysis.intake = intake_of(settings);
  analysis.worker = worker_of(settings);
  analysis.escalate_after_ms = settings.work_alert_escalation * 1000;
  analysis.models = settings.work_models;
  return {
      {"forwarder",
       settings.work_forwarders,
       {forward_queue, commitment_queue},
       [outgoing](running_job& running, const running_children&) { return run_outgoing(running, outgoing); }},
      {"annotator",
       1,
       {annotation_queue},
       [annotations](running_job& running, const running_children&) { return run_annotations(running, annotations); }},
      {"analyst",
       settings.work_analysers,
       {analysis_queue},
       [analysis](running_job& running, const running_children&) { return run_analysis(running, analysis); }},
      {"thumbnailer",
       1,
       {thumbnail_queue},
       [worker = worker_of(settings)](running_job& running, const running_children& parts) {
         return run_thumbnails(running, {worker, find<cache_actor>(parts, "cache")});
       }},
      {"typesetter",
       settings.work_reporters,
       {report_queue},
       [paper = typesetter_options{intake_of(settings), worker_of(settings)}](
           running_job& running, const running_children&) { return run_typesetting(running, paper); }},
      {"housekeeper",
       4,
       {maintenance_queue},
       [](running_job& running, const running_children&) { return keep_house(running); }},
  };
}

} // namespace

void add_work(std::vector<child_spec>& specs, const settings_ptr& settings) {
  std::vector<std::string> queues;
  for (const auto& one : crews_of(*settings)) {
    queues.insert(queues.end(), one.queues.begin(), one.queues.end());
    for (int64_t i = 1; i <= one.size; ++i) {
      const auto name = one.name + "-" + std::to_string(i);
      specs.push_back({name,
                       [settings, name, one](caf::event_based_actor* self, const running_children& running) {
                         const worker_place place{find<directory_actor>(running, "directory"),
                                                  settings->cluster_node + "/" + name, one.queues, settings->redis_url};
                         const job_function run = [run = one.run, running](running_job& work) {
                           return run(work, running);
                         };
                         return erase_type(self->spawn<caf::detached>(job_worker, place, run));
                       },
                       true});
    }
  }
  specs.push_back({"dispatcher",
                   [settings, queues](caf::event_based_actor* self, const running_children& running) {
                     return erase_type(self->spawn<caf::detached>(
                         dispatcher, find<directory_actor>(running, "directory"), settings->redis_url, queues));
                   },
                   true});
}

} // namespace noctis
