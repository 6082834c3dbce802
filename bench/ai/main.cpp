#include "bench/ai/accuracy.hpp"
#include "bench/ai/speed.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <fstream>
#include <iostream>

using namespace noctis::bench;

int main(int argc, char** argv) {
  CLI::App app{"The analysers' errors against phantoms with known truth, and what they take."};
  bool accuracy = false;
  bool speed = false;
  accuracy_options options;
  std::string file;
  app.add_flag("--accuracy", accuracy, "errors alone");
  app.add_flag("--speed", speed, "time and memory alone");
  app.add_flag("--quick", options.quick, "one seed and one level of noise");
  app.add_option("--seeds", options.seeds, "phantoms of each kind and level of noise")->check(CLI::Range(1, 100));
  app.add_option("--scale", options.scale, "size of the chest phantoms, 1: 512² pixels")->check(CLI::Range(0.25, 1.0));
  app.add_option("--json", file, "also writes the figures to this file");
  CLI11_PARSE(app, argc, argv);
  if (options.quick) options.seeds = 1;
  try {
    bool passes = true;
    std::string json = "{";
    if (accuracy || !speed) {
      const auto table = measure_accuracy(options);
      std::cout << table.markdown() << '\n' << std::flush;
      json += "\"accuracy\":" + table.json();
      passes = table.passes();
    }
    if (speed || !accuracy) {
      const auto rows = measure_speed();
      std::cout << markdown_of(rows) << '\n';
      json += (json.size() > 1 ? ",\"speed\":" : "\"speed\":") + json_of(rows);
      for (const auto& row : rows) passes = passes && row.passes();
    }
    if (!file.empty() && !(std::ofstream(file) << json << "}\n")) throw std::runtime_error("cannot write " + file);
    return passes ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "noctis-ai: " << error.what() << '\n';
    return 2;
  }
}
