#include "http/server/request_metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <sstream>
#include <unordered_map>

namespace noctis {

namespace {

prometheus::MetricType type_of(metric_kind kind) {
  switch (kind) {
  case metric_kind::counter:
    return prometheus::MetricType::Counter;
  case metric_kind::histogram:
    return prometheus::MetricType::Histogram;
  default:
    return prometheus::MetricType::Gauge;
  }
}

prometheus::ClientMetric client_metric(const std::string& node, const metric& from) {
  prometheus::ClientMetric result;
  if (!node.empty()) result.label.push_back({"node", node});
  for (const auto& [name, value] : from.labels) result.label.push_back({name, value});
  if (from.kind == metric_kind::counter) {
    result.counter.value = from.value;
  } else if (from.kind == metric_kind::gauge) {
    result.gauge.value = from.value;
  } else {
    result.histogram.sample_sum = from.value;
    result.histogram.sample_count = from.counts.empty() ? 0 : from.counts.back();
    for (size_t i = 0; i < from.bounds.size() && i < from.counts.size(); ++i)
      result.histogram.bucket.push_back({from.counts[i], from.bounds[i]});
    result.histogram.bucket.push_back({result.histogram.sample_count, std::numeric_limits<double>::infinity()});
  }
  return result;
}

} // namespace

void request_metrics::record(const std::string& method, const std::string& route, int status, double seconds) {
  std::lock_guard<std::mutex> lock(mutex_);
  ++requests_[{method, route, status}];
  auto& of_route = latencies_[route];
  for (size_t i = 0; i < bounds.size(); ++i) of_route.counts[i] += seconds <= bounds[i] ? 1 : 0;
  ++of_route.all;
  of_route.sum += seconds;
}

std::vector<metric> request_metrics::collect() const {
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<metric> result;
  for (const auto& [key, count] : requests_) {
    const auto& [method, route, status] = key;
    result.push_back({"noctis_http_requests_total",
                      "HTTP requests answered",
                      metric_kind::counter,
                      {{"method", method}, {"route", route}, {"status", std::to_string(status)}},
                      static_cast<double>(count),
                      {},
                      {}});
  }
  for (const auto& [route, times] : latencies_) {
    metric histogram{"noctis_http_request_seconds",
                     "Time from the head of a request to its answer",
                     metric_kind::histogram,
                     {{"route", route}},
                     times.sum,
                     {bounds.begin(), bounds.end()},
                     {times.counts.begin(), times.counts.end()}};
    histogram.counts.push_back(times.all);
    result.push_back(std::move(histogram));
  }
  return result;
}

std::string prometheus_text(const std::vector<std::pair<std::string, std::vector<metric>>>& by_node) {
  std::vector<prometheus::MetricFamily> families;
  std::unordered_map<std::string, size_t> places;
  for (const auto& [node, metrics] : by_node) {
    for (const auto& one : metrics) {
      const auto [place, is_new] = places.emplace(one.name, families.size());
      if (is_new) families.push_back({one.name, one.help, type_of(one.kind), {}});
      auto& family = families[place->second];
      if (family.type == type_of(one.kind)) family.metric.push_back(client_metric(node, one));
    }
  }
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, families);
  return text.str();
}

} // namespace noctis
