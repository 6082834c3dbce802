#include "bench/ai/speed.hpp"

#include "imaging/analysers/ct_chest.hpp"
#include "imaging/analysers/ct_head.hpp"
#include "imaging/analysers/quality_control.hpp"
#include "imaging/phantoms/phantom.hpp"
#include "messages/errors.hpp"
#include "messages/json_text.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <sys/resource.h>

namespace noctis::bench {

namespace {

double cpu_now() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Begins the kernel's peak of this process anew (Linux, proc(5): clear_refs).
void forget_peak() {
  std::ofstream out("/proc/self/clear_refs");
  out << "5";
}

double peak_mib() {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;)
    if (word == "VmHWM:") {
      double kib = 0;
      in >> kib;
      return kib / 1024;
    }
  return 0;
}

phantom made(const std::string& kind, uint32_t slices, double noise) {
  auto scan = usual_scan(kind);
  scan.slice_mm *= double(scan.slices) / slices;
  scan.slices = slices;
  scan.noise = noise;
  auto result = make_phantom(kind, scan);
  if (!result) throw std::runtime_error(reason_of(result.error()));
  return std::move(*result);
}

/// Runs `work` and fills in what it took.
template <class Work>
void measure(speed_row& row, Work work) {
  forget_peak();
  const auto cpu = cpu_now();
  const auto begin = std::chrono::steady_clock::now();
  work();
  row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  row.cpu_seconds = cpu_now() - cpu;
  row.peak_mib = peak_mib();
}

void analyse(const analyser& by, const phantom& series) {
  auto image = volume_of(series.slices, series.traits);
  if (!image) throw std::runtime_error(reason_of(image.error()));
  const auto result = by.analyse(*image, series.traits, {});
  if (!result) throw std::runtime_error(reason_of(result.error()));
}

} // namespace

std::vector<speed_row> measure_speed() {
  std::vector<speed_row> rows{{"CT chest, 300 slices of 512²", 0, 0, 0, 40, 3072},
                              {"CT head, 40 slices of 512²", 0, 0, 0, 10, 3072},
                              {"quality control, one image of 512²", 0, 0, 0, 0.005, 3072}};
  {
    const auto chest = made("lungs-nodules", 300, 20);
    measure(rows[0], [&] { analyse(ct_chest{}, chest); });
  }
  const auto head = made("head-bleed", 40, 5);
  measure(rows[1], [&] { analyse(ct_head{}, head); });
  measure(rows[2], [&] {
    quality_control quality{head.traits};
    for (const auto& each : head.slices)
      if (auto error = quality.add(each)) throw std::runtime_error(reason_of(error));
    if (quality.finish().measurements.empty()) throw std::runtime_error("nothing was measured");
  });
  rows[2].seconds /= double(head.slices.size());
  rows[2].cpu_seconds /= double(head.slices.size());
  return rows;
}

std::string markdown_of(const std::vector<speed_row>& rows) {
  std::string text = "| analysis | seconds | CPU seconds | peak MiB | limit | |\n|---|---:|---:|---:|---:|---|\n";
  for (const auto& row : rows) {
    char line[256];
    std::snprintf(line, sizeof line, "| %s | %.4g | %.4g | %.0f | %.4g s, %.0f MiB | %s |\n", row.what.c_str(),
                  row.seconds, row.cpu_seconds, row.peak_mib, row.limit_seconds, row.limit_mib,
                  row.passes() ? "✓" : "**fails**");
    text += line;
  }
  return text;
}

std::string json_of(const std::vector<speed_row>& rows) {
  json_text json;
  json.begin_array();
  for (const auto& row : rows) {
    json.begin_object();
    json.field("analysis", row.what);
    json.field("seconds", row.seconds);
    json.field("cpu_seconds", row.cpu_seconds);
    json.field("peak_mib", row.peak_mib);
    json.field("limit_seconds", row.limit_seconds);
    json.field("passes", row.passes());
    json.end_object();
  }
  json.end_array();
  return json.take();
}

} // namespace noctis::bench
