#include "bench/ai/error_table.hpp"

#include "messages/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>

namespace noctis::bench {

namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

} // namespace

double error_row::mean() const {
  return std::accumulate(errors.begin(), errors.end(), 0.0) / double(std::max<size_t>(errors.size(), 1));
}

double error_row::worst() const {
  double worst = 0;
  for (const auto each : errors)
    worst = std::isnan(each) ? std::numeric_limits<double>::infinity() : std::max(worst, std::abs(each));
  return worst;
}

void error_table::add(const std::string& analyser, const std::string& quantity, const std::string& unit, double limit,
                      double error) {
  auto row = std::find_if(rows_.begin(), rows_.end(), [&](const error_row& each) {
    return each.analyser == analyser && each.quantity == quantity;
  });
  if (row == rows_.end()) row = rows_.insert(row, {analyser, quantity, unit, limit, {}});
  row->errors.push_back(error);
}

bool error_table::passes() const {
  return std::all_of(rows_.begin(), rows_.end(), [](const error_row& row) { return row.passes(); });
}

std::string error_table::markdown() const {
  std::string text = "| analyser | error of | measured | mean | worst | limit | |\n|---|---|---:|---:|---:|---:|---|\n";
  for (const auto& row : rows_)
    text += "| " + row.analyser + " | " + row.quantity + " | " + std::to_string(row.errors.size()) + " | " +
            number(row.mean()) + " " + row.unit + " | " + number(row.worst()) + " " + row.unit + " | " +
            number(row.limit) + " " + row.unit + " | " + (row.passes() ? "✓" : "**fails**") + " |\n";
  return text;
}

std::string error_table::json() const {
  json_text json;
  json.begin_array();
  for (const auto& row : rows_) {
    json.begin_object();
    json.field("analyser", row.analyser);
    json.field("quantity", row.quantity);
    json.field("unit", row.unit);
    json.field("limit", row.limit);
    json.field("passes", row.passes());
    json.field("errors", row.errors);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

} // namespace noctis::bench
