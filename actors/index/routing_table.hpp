#pragma once

#include "messages/ingest.hpp"
#include "messages/routing.hpp"

#include <cstdint>
#include <vector>

namespace noctis {

/// Knows the active routing rules and says by which of them an instance is sent on.
class routing_table {
public:
  routing_table() = default;
  explicit routing_table(std::vector<routing_rule> rules) : rules_(std::move(rules)) {}

  [[nodiscard]] bool empty() const { return rules_.empty(); }

  /// Returns the ids of the rules whose conditions all hold for an entry: facility of who sent it, calling AE title,
  /// modality, and attributes of its header.
  [[nodiscard]] std::vector<int64_t> rules_for(const index_entry& entry) const;

private:
  std::vector<routing_rule> rules_;
};

} // namespace noctis
