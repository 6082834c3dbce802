#include "nodes/version.hpp"
#include "worker/analyse.hpp"
#include "worker/channel.hpp"
#include "worker/codec.hpp"
#include "worker/compare.hpp"
#include "worker/list_models.hpp"
#include "worker/process_limits.hpp"
#include "worker/run_task.hpp"
#include "worker/thumbnails.hpp"
#include "worker/typeset.hpp"

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace {

using namespace noctis;

/// What this program can do.
const worker_tasks tasks{{"analyse", analyse}, {"analysers", list_analysers}, {"codec", convert_frames},
                         {"compare", compare}, {"models", list_models},       {"thumbnails", draw_thumbnails},
                         {"typeset", typeset}};

} // namespace

/// Does one task of pixel work for a node: frames come in on standard input and go out on standard output.
int main(int argc, char** argv) {
  std::string task;
  process_limits limits;
  CLI::App application{"Does pixel work for a Noctis node, which starts it"};
  application.add_option("task", task, "what to do")->required();
  application.add_option("--memory", limits.memory, "bytes that it may take; 0: as many as there are");
  application.add_option("--niceness", limits.niceness, "how much it stands back")->check(CLI::Range(0, 19));
  application.set_version_flag("--version", std::string{"noctis-worker "} + version);
  CLI11_PARSE(application, argc, argv);

  spdlog::set_default_logger(spdlog::stderr_color_mt("noctis-worker"));
  // Libraries that print would break the frames.
  const int out = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (out < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    spdlog::error("standard output cannot be kept apart");
    return EXIT_FAILURE;
  }
  worker_channel channel{STDIN_FILENO, out};
  if (const auto error = live_within(limits)) {
    static_cast<void>(channel.failed(error));
    return EXIT_FAILURE;
  }
  return run_task(tasks, task, channel) ? EXIT_SUCCESS : EXIT_FAILURE;
}
