#include "nodes/ctl/command.hpp"
#include "nodes/version.hpp"
#include "schema/errors.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
  using namespace noctis;
  ctl::context shared;
  CLI::App application{"Operates a Noctis PACS"};
  application.fallthrough();
  application.require_subcommand(1);
  application.add_option("--config", shared.config_path, "configuration file (default: ./config.json)");
  application.add_flag("--json", shared.json, "print JSON");
  application.set_version_flag("--version", std::string{"noctisctl "} + version);
  ctl::add_database_commands(application, shared);
  ctl::add_user_commands(application, shared);
  ctl::add_peer_commands(application, shared);
  ctl::add_quarantine_commands(application, shared);
  ctl::add_verify_command(application, shared);
  ctl::add_transfer_commands(application, shared);
  ctl::add_worklist_commands(application, shared);
  ctl::add_routing_commands(application, shared);
  ctl::add_job_commands(application, shared);
  ctl::add_deletion_commands(application, shared);
  ctl::add_forward_commands(application, shared);
  ctl::add_phantom_commands(application, shared);
  ctl::add_status_commands(application, shared);
  spdlog::set_default_logger(spdlog::stderr_color_mt("noctisctl"));
  try {
    application.parse(argc, argv);
    return EXIT_SUCCESS;
  } catch (const CLI::ParseError& error) {
    return application.exit(error);
  } catch (const ctl::command_error& error) {
    std::cerr << "noctisctl: " << error.what() << '\n';
    return error.status();
  } catch (const std::exception& error) {
    std::cerr << "noctisctl: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
