#pragma once

#include "messages/query.hpp"
#include "messages/system.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace noctis {

/// Counts requests and how long they took, by route.
class request_metrics {
public:
  /// `route` is the pattern, not the path.
  void record(const std::string& method, const std::string& route, int status, double seconds);

  /// What was counted, for Prometheus.
  [[nodiscard]] std::vector<metric> collect() const;

private:
  static constexpr std::array<double, 11> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10};

  struct latency {
    std::array<uint64_t, bounds.size()> counts{};
    uint64_t all = 0;
    double sum = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, int>, uint64_t> requests_; ///< by method, route, status
  std::map<std::string, latency> latencies_;                               ///< by route
};

/// Returns metrics of several nodes in Prometheus' text format, with a label `node`.
std::string prometheus_text(const std::vector<std::pair<std::string, std::vector<metric>>>& by_node);

} // namespace noctis
