#include "actors/system/supervisor.hpp"
#include "actors/work/codec_processes.hpp"
#include "dicom/pixels/transcode.hpp"
#include "nodes/actor_system.hpp"
#include "nodes/configuration.hpp"
#include "nodes/part_options.hpp"
#include "nodes/version.hpp"
#include "nodes/wiring.hpp"
#include "schema/migrator.hpp"

#include <CLI/CLI.hpp>
#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

namespace {

using namespace noctis;

constexpr auto stop_patience = std::chrono::seconds{14};
constexpr timespec retry_interval{1, 0};

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

/// Brings the schema up to date, waiting for the database. False when the process is asked to stop meanwhile.
bool migrate_when_possible(const configuration& settings, const sigset_t& signals) {
  schema::database_options options;
  options.url = settings.database_url;
  options.application_name = "noctis " + settings.cluster_node + " migration";
  for (bool told = false;; told = true) {
    try {
      schema::database database{options};
      for (const auto& step : schema::migrate(database)) {
        spdlog::info("migrated the schema to {} ({})", step.version, step.name);
      }
      return true;
    } catch (const schema::database_error& error) {
      if (error.code() != errc::index_unavailable) throw;
      if (!told) spdlog::warn("waiting for the database: {}", error.what());
    }
    if (sigtimedwait(&signals, nullptr, &retry_interval) > 0) return false;
  }
}

void check_store(const configuration& settings) {
  std::error_code error;
  std::filesystem::create_directories(settings.storage_base_path, error);
  if (error) {
    throw configuration_error("cannot make storage.base_path " + settings.storage_base_path + ": " + error.message());
  }
}

/// Has codecs run in processes of their own as long as it lives.
class codecs_apart {
public:
  codecs_apart() {
    run_codecs_by([this](const blob& frame, const image_description& stored, std::string_view to) {
      return processes_.transcode(frame, stored, to);
    });
  }
  ~codecs_apart() { run_codecs_by({}); }
  codecs_apart(const codecs_apart&) = delete;
  codecs_apart& operator=(const codecs_apart&) = delete;

private:
  codec_processes processes_{codec_worker_of(), std::max(2U, std::thread::hardware_concurrency())};
};

int run(const configuration& settings, const sigset_t& signals) {
  if (settings.has_role("store")) check_store(settings);
  if (settings.has_role("index") && !migrate_when_possible(settings, signals)) return EXIT_SUCCESS;
  const codecs_apart apart;
  noctis_system_config config{settings};
  caf::actor_system system{config};
  int status = EXIT_SUCCESS;
  {
    caf::scoped_actor self{system};
    auto top = system.spawn(supervisor, wire(settings, [&status](const std::string&) {
                              status = EXIT_FAILURE;
                              ::kill(::getpid(), SIGTERM);
                            }));
    spdlog::info("noctisd {} runs as node {}", version, settings.cluster_node);
    int received = 0;
    sigwait(&signals, &received);
    spdlog::info("stopping");
    self->send_exit(top, caf::exit_reason::user_shutdown);
    self->monitor(top);
    bool ended = false;
    self->receive([&](const caf::down_msg&) { ended = true; }, caf::after(stop_patience) >> [] {});
    if (!ended) {
      spdlog::error("some actors do not end; leaving without them (nothing acknowledged is lost)");
      spdlog::shutdown();
      std::_Exit(EXIT_FAILURE);
    }
  }
  spdlog::info("stopped");
  return status;
}

} // namespace

int main(int argc, char** argv) {
  CLI::App application{"The Noctis server: one node of a PACS, with the roles that its configuration gives it"};
  std::string config_path;
  application.add_option("--config", config_path, "configuration file (default: ./config.json where there is one)");
  application.add_option_function<std::string>(
      "--roles", [](const std::string& roles) { ::setenv("NOCTIS_ROLES", roles.c_str(), 1); },
      "comma-separated roles: ingest, store, index, http, work");
  application.set_version_flag("--version", std::string{"noctisd "} + version);
  CLI11_PARSE(application, argc, argv);

  spdlog::set_default_logger(spdlog::stderr_color_mt("noctisd"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
  spdlog::flush_on(spdlog::level::warn);
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const auto settings = load_configuration(config_path);
    if (settings.debug) spdlog::set_level(spdlog::level::debug);
    if (settings.database_url.empty()) {
      throw configuration_error("DATABASE_URL is not set: ./start-dev.sh starts a private PostgreSQL and sets it");
    }
    return run(settings, signals);
  } catch (const std::exception& error) {
    spdlog::critical("{}", error.what());
    return EXIT_FAILURE;
  }
}
