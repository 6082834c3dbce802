#pragma once

#include "http/representation/json.hpp"
#include "messages/analyses.hpp"

namespace noctis {

// What analysers found, and alerts, as the REST contract has them.

void write(json_text& json, const analysis_finding& finding);
void write(json_text& json, const analysis_list& analyses);
void write(json_text& json, const alert& what);
void write(json_text& json, const analysis_dashboard& dashboard, int32_t days);
void write(json_text& json, const calibration_trend& trend);

} // namespace noctis
