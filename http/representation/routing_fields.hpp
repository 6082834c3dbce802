#pragma once

#include "messages/json_text.hpp"
#include "messages/routing.hpp"

namespace noctis {

void write(json_text& json, const routing_rule& rule);

/// Puts what a body, held against its schema, names into `rule`.
void read_routing_rule(const rapidjson::Value& body, routing_rule& rule);

} // namespace noctis
