// A worker that does what a codec or an analyser may do at its worst. Its arguments are those of noctis-worker.

#include "messages/errors.hpp"
#include "worker/process_limits.hpp"
#include "worker/run_task.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace noctis;

/// How nice the session is where the kernel has such a thing, otherwise how nice the process is.
int session_niceness() {
  std::ifstream file{"/proc/self/autogroup"}; // such as "/autogroup-77 nice 10"
  std::string name;
  std::string word;
  int niceness = 0;
  return file >> name >> word >> niceness ? niceness : ::getpriority(PRIO_PROCESS, 0);
}

/// Sends back each instance, and at the end how many there were and how nice process and session are.
caf::error echo(worker_channel& channel, const rapidjson::Value&) {
  size_t count = 0;
  for (auto frame = channel.next();; frame = channel.next()) {
    if (!frame) return frame.error();
    if (frame->kind == worker_frame_kind::end) break;
    ++count;
    if (auto error = channel.progress({0.5, "echo"})) return error;
    if (auto error = channel.object(frame->bytes)) return error;
  }
  return channel.result("{\"count\":" + std::to_string(count) +
                        ",\"niceness\":" + std::to_string(::getpriority(PRIO_PROCESS, 0)) +
                        ",\"session\":" + std::to_string(session_niceness()) + "}");
}

caf::error crash(worker_channel&, const rapidjson::Value&) {
  std::cerr << "about to crash" << std::endl;
  std::signal(SIGSEGV, SIG_DFL); // a sanitizer would make an exit code of it
  std::raise(SIGSEGV);
  return {};
}

caf::error leave(worker_channel&, const rapidjson::Value&) { ::_exit(3); }

caf::error sleep_on(worker_channel&, const rapidjson::Value&) {
  for (;;) ::pause();
}

caf::error hoard(worker_channel& channel, const rapidjson::Value&) {
  std::vector<std::unique_ptr<std::vector<char>>> kept;
  for (size_t megabytes = 0; megabytes < 4096; megabytes += 16)
    kept.push_back(std::make_unique<std::vector<char>>(size_t{16} << 20, 'x'));
  return channel.result(R"({"held":true})");
}

caf::error babble(worker_channel&, const rapidjson::Value&) {
  static_cast<void>(!::write(STDOUT_FILENO, "this is no frame at all", 23));
  return {};
}

caf::error boast(worker_channel&, const rapidjson::Value&) {
  const auto head = encoded_head({worker_frame_kind::object, uint64_t{1} << 40});
  static_cast<void>(!::write(STDOUT_FILENO, head.data(), head.size()));
  return {};
}

caf::error stop_short(worker_channel&, const rapidjson::Value&) {
  const auto head = encoded_head({worker_frame_kind::object, 100});
  static_cast<void>(!::write(STDOUT_FILENO, head.data(), head.size()));
  return {};
}

caf::error killed(worker_channel&, const rapidjson::Value&) {
  std::raise(SIGKILL);
  return {};
}

/// Answers each frame as its text says; what says nothing comes back from end to begin.
caf::error codec(worker_channel& channel, const rapidjson::Value& task) {
  for (;;) {
    const auto order = channel.next();
    if (!order) return order.error();
    if (order->kind == worker_frame_kind::end) return {};
    auto frame = channel.next();
    if (!frame) return std::move(frame.error());
    const std::string text{frame->text()};
    if (text == "crash") return crash(channel, task);
    if (text == "sleep") return sleep_on(channel, task);
    if (text == "killed") return killed(channel, task);
    if (text.rfind("killed once ", 0) == 0) {
      const auto mark = text.substr(12);
      if (::access(mark.c_str(), F_OK) != 0) {
        std::ofstream{mark} << "killed";
        return killed(channel, task);
      }
    }
    auto error = text == "refuse" ? channel.result(failure_text(failure(errc::limit_exceeded, "too many samples")))
                                  : channel.document({frame->bytes.rbegin(), frame->bytes.rend()});
    if (error) return error;
  }
}

caf::error refuse(worker_channel&, const rapidjson::Value&) { return failure(errc::limit_exceeded, "too many slices"); }

} // namespace

int main(int argc, char** argv) {
  const std::string task = argc > 1 ? argv[1] : "";
  process_limits limits;
  for (int i = 2; i + 1 < argc; i += 2) {
    if (std::string{argv[i]} == "--memory") limits.memory = std::stoull(argv[i + 1]);
    if (std::string{argv[i]} == "--niceness") limits.niceness = std::stoi(argv[i + 1]);
  }
  worker_channel channel{STDIN_FILENO, STDOUT_FILENO};
  if (live_within(limits)) return EXIT_FAILURE;
  if (task == "deaf") return sleep_on(channel, {}) ? EXIT_FAILURE : EXIT_SUCCESS;
  const worker_tasks tasks{{"echo", echo},     {"crash", crash},   {"leave", leave}, {"sleep", sleep_on},
                           {"hoard", hoard},   {"babble", babble}, {"boast", boast}, {"short", stop_short},
                           {"refuse", refuse}, {"killed", killed}, {"codec", codec}};
  return run_task(tasks, task, channel) ? EXIT_SUCCESS : EXIT_FAILURE;
}
