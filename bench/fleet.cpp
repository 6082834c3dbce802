#include "bench/fleet/fleet.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <exception>
#include <iostream>

using namespace noctis::bench;

namespace {

std::uint64_t seed_of_the_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()) % 1'000'000'000;
}

} // namespace

/// noctis-fleet: a fleet of modalities in one process, which costs little CPU beside the server that it measures.
int main(int argc, char** argv) {
  plan what;
  what.to.host = "127.0.0.1";
  what.to.port = 11112;
  what.to.called = "RUST_SCP";
  what.to.calling = "FLEET";
  what.seed = seed_of_the_clock();
  std::string folder = "../shared/data/ct-head-ge";
  std::uint64_t size = 0;
  unsigned timeout = 60;
  unsigned patience = 120;
  bool unique_studies = false;
  bool json = false;

  CLI::App app{"Sends unique DICOM instances made from real slices over many associations, and measures"};
  app.add_option("host", what.to.host, "server to send to")->capture_default_str();
  app.add_option("port", what.to.port, "its DICOM port")->capture_default_str();
  app.add_option("--called", what.to.called, "its AE title")->capture_default_str();
  app.add_option("--calling", what.to.calling, "AE title of this client")->capture_default_str();
  app.add_option("-a,--associations", what.associations, "associations at once")
      ->check(CLI::Range(1U, 9999U))
      ->capture_default_str();
  auto* instances =
      app.add_option("-n,--instances", what.instances, "instances to send in total")->check(CLI::PositiveNumber);
  app.add_option("-s,--seconds", what.seconds, "how long to send")->check(CLI::PositiveNumber)->excludes(instances);
  app.add_option("--source", folder, "folder with Part 10 slices")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  app.add_option("--series", what.series, "instances in a study")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_flag("--unique-studies", unique_studies, "each instance is a study of its own");
  app.add_flag("--nodelay,!--nagle", what.to.nodelay, "TCP_NODELAY and gathered writes (default), or neither");
  app.add_flag("--retry", what.retry, "connect and send again until each instance is acknowledged");
  app.add_option("--patience", patience, "seconds of trying to connect before a sender gives up")
      ->capture_default_str();
  app.add_option("--ledger", what.ledger, "file that gets a line for each acknowledged instance");
  app.add_option("--size", size, "bytes of each data set (532K)")->transform(CLI::AsSizeValue(false));
  app.add_option("--giant", what.giant, "multi-frame instances of that many bytes (2G)")
      ->transform(CLI::AsSizeValue(false));
  app.add_option("--timeout", timeout, "seconds for connecting, a write or a response")->capture_default_str();
  app.add_option("--seed", what.seed, "makes the UIDs; default from the clock");
  app.add_flag("--json", json, "print JSON");
  CLI11_PARSE(app, argc, argv);

  try {
    what.to.timeout = std::chrono::seconds(timeout);
    what.patience = std::chrono::seconds(patience);
    if (unique_studies) what.series = 1;
    auto slices = load_slices(folder, size);
    if (what.giant > 0) slices = {make_giant(slices.front(), what.giant)};
    if (what.instances == 0 && what.seconds <= 0) what.instances = slices.size();
    prepare_network(what.to);
    const auto run = send_fleet(what, slices);
    std::cout << (json ? as_json(run) : as_text(run));
    const bool complete = what.instances == 0 || run.stores.latencies_ms.size() == what.instances;
    return complete && (what.retry || run.stores.failures.empty()) ? 0 : 1;
  } catch (const std::exception& wrong) {
    std::cerr << "noctis-fleet: " << wrong.what() << '\n';
    return 2;
  }
}
