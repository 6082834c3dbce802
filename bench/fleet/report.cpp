#include "bench/fleet/report.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iterator>
#include <sstream>

namespace noctis::bench {

namespace {

struct figures {
  std::size_t instances;
  double per_second, mb_per_second, p50, p95, p99, max;
};

figures figures_of(const result& run) {
  auto sorted = run.stores.latencies_ms;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    if (sorted.empty()) return 0.0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
  };
  const double seconds = std::max(run.seconds, 1e-9);
  return {sorted.size(),
          static_cast<double>(sorted.size()) / seconds,
          static_cast<double>(run.stores.bytes) / 1e6 / seconds,
          at(0.5),
          at(0.95),
          at(0.99),
          at(1)};
}

} // namespace

void tally::add(tally&& other) {
  latencies_ms.insert(latencies_ms.end(), other.latencies_ms.begin(), other.latencies_ms.end());
  for (const auto& [reason, count] : other.failures) failures[reason] += count;
  bytes += other.bytes;
  reconnects += other.reconnects;
}

std::string as_text(const result& run) {
  const auto f = figures_of(run);
  std::ostringstream out;
  out << std::fixed << std::setprecision(1);
  out << "acknowledged  " << f.instances << " instances in " << run.seconds << " s\n"
      << "rate          " << f.per_second << " instances/s, " << f.mb_per_second << " MB/s\n"
      << "one store     p50 " << f.p50 << " ms, p95 " << f.p95 << " ms, p99 " << f.p99 << " ms, max " << f.max
      << " ms\n"
      << "client        " << std::setprecision(2) << run.cpu_seconds << " s of CPU, " << run.stores.reconnects
      << " reconnects, seed " << run.seed << '\n';
  for (const auto& [reason, count] : run.stores.failures) out << "failed        " << count << " × " << reason << '\n';
  return out.str();
}

std::string as_json(const result& run) {
  const auto f = figures_of(run);
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> json(buffer);
  const auto number = [&](const char* name, double value) {
    json.Key(name);
    json.Double(value);
  };
  const auto count = [&](const char* name, std::uint64_t value) {
    json.Key(name);
    json.Uint64(value);
  };
  json.SetMaxDecimalPlaces(3);
  json.StartObject();
  count("instances", f.instances);
  count("bytes", run.stores.bytes);
  number("seconds", run.seconds);
  number("per_second", f.per_second);
  number("mb_per_second", f.mb_per_second);
  number("p50_ms", f.p50);
  number("p95_ms", f.p95);
  number("p99_ms", f.p99);
  number("max_ms", f.max);
  json.Key("failures");
  json.StartObject();
  for (const auto& [reason, times] : run.stores.failures) count(reason.c_str(), times);
  json.EndObject();
  count("reconnects", run.stores.reconnects);
  number("client_cpu_seconds", run.cpu_seconds);
  count("seed", run.seed);
  json.EndObject();
  return std::string(buffer.GetString()) + '\n';
}

} // namespace noctis::bench
