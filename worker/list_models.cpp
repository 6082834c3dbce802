#include "worker/list_models.hpp"

#include "imaging/models/model_directory.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

namespace noctis {

caf::error list_models(worker_channel& channel, const rapidjson::Value& task) {
  std::string directory;
  json_members members{task, "the task"};
  members.text("directory", directory);
  if (members.error()) return members.error();
  const auto models = read_models(directory);
  if (!models) return models.error();
  json_text json;
  json.begin_object();
  json.field("count", models->size());
  json.objects("results", *models, [&](const auto& model) {
    json.field("name", model.manifest.name);
    json.field("version", model.manifest.version);
    json.field("description", model.manifest.description);
    json.field("licence", model.manifest.licence);
    json.field("state", model.ready ? "ready" : "refused");
    json.field("reason", model.reason);
  });
  json.end_object();
  return channel.result(json.take());
}

} // namespace noctis
