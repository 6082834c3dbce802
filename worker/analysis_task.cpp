#include "worker/analysis_task.hpp"

#include "messages/errors.hpp"
#include "messages/json_members.hpp"

namespace noctis {

namespace {

caf::error read_known(const rapidjson::Value& list, analysis_task& task) {
  for (const auto& each : list.GetArray()) {
    auto texts = texts_in(each);
    if (texts.size() != 2) return failure(errc::invalid_argument, "the task: known must be a list of pairs");
    task.known.emplace_back(std::move(texts[0]), std::move(texts[1]));
  }
  return {};
}

caf::error read_prior(const rapidjson::Value& json, analysis_task& task) {
  json_members members{json, "the task's prior"};
  auto& prior = task.prior.emplace();
  members.text("analyser", prior.analyser);
  members.text("study_uid", prior.study_uid);
  members.text("series_uid", prior.series_uid);
  members.text("study_date", prior.study_date);
  members.real("days", prior.days);
  members.whole("instances", prior.instances);
  return members.error();
}

} // namespace

caf::expected<analysis_task> read_analysis_task(const rapidjson::Value& json) {
  constexpr auto optional = json_members::presence::optional;
  analysis_task task;
  json_members members{json, "the task"};
  members.text("study_uid", task.study_uid);
  members.text("series_uid", task.series_uid);
  members.text("input_digest", task.input_digest);
  members.whole("instances", task.instances);
  members.whole("memory", task.memory, optional);
  members.whole("at", task.at, optional);
  members.text("signature", task.signature, optional);
  members.text("models", task.models, optional);
  const auto* known = members.array("known", optional);
  const auto* prior = members.object("prior", optional);
  if (members.error()) return members.error();
  if (known != nullptr)
    if (auto error = read_known(*known, task)) return error;
  if (prior != nullptr)
    if (auto error = read_prior(*prior, task)) return error;
  return task;
}

caf::expected<std::string> models_in(const rapidjson::Value& json) {
  std::string models;
  json_members members{json, "the task"};
  members.text("models", models, json_members::presence::optional);
  if (members.error()) return members.error();
  return models;
}

} // namespace noctis
