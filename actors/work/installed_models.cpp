#include "actors/work/installed_models.hpp"

#include "messages/errors.hpp"
#include "messages/json_text.hpp"

namespace noctis {

caf::expected<std::string> installed_models(worker_options options, const std::string& directory) {
  options.time = std::chrono::seconds{30};
  std::string answer;
  auto worker = worker_process::start(options, "models",
                                      {[&](worker_frame& frame) {
                                         if (frame.kind == worker_frame_kind::result) answer = frame.text();
                                         return caf::error{};
                                       },
                                       {}});
  if (!worker) return std::move(worker.error());
  if (auto error = worker->send(worker_frame_kind::task, json_object("directory", directory))) return error;
  if (auto error = worker->finish()) return error;
  if (answer.empty()) return failure(errc::internal, "the worker does not say what models it has");
  return answer;
}

} // namespace noctis
