#include "worker/run_task.hpp"

#include "messages/errors.hpp"
#include "worker/guarded.hpp"

namespace noctis {

namespace {

caf::error do_task(const worker_tasks& tasks, const std::string& name, worker_channel& channel) {
  const auto known = tasks.find(name);
  if (known == tasks.end()) return failure(errc::invalid_argument, "no task is called '" + name + "'");
  const auto frame = channel.next();
  if (!frame) return frame.error();
  if (frame->kind != worker_frame_kind::task)
    return failure(errc::invalid_argument, "the first frame must be the task");
  rapidjson::Document task;
  task.Parse(frame->text().data(), frame->text().size());
  if (task.HasParseError() || !task.IsObject()) return failure(errc::invalid_argument, "the task is no JSON object");
  return known->second(channel, task);
}

} // namespace

bool run_task(const worker_tasks& tasks, const std::string& name, worker_channel& channel) {
  const auto error = guarded([&] { return do_task(tasks, name, channel); });
  if (!error) return true;
  static_cast<void>(channel.failed(error)); // where nobody listens, the exit code tells
  return false;
}

} // namespace noctis
