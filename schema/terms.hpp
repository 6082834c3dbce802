#pragma once

#include "schema/connection.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace noctis::schema {

/// The numbers of words that many rows repeat (table `terms`). They never change, so they are remembered.
class term_numbers {
public:
  /// Learns the numbers of `words`, adding those that the table does not have, in a transaction of its own.
  void learn(database& db, const std::vector<std::string>& words);

  /// Returns the number of a word that was learnt.
  [[nodiscard]] int32_t of(const std::string& word) const { return numbers_.at(word); }

private:
  std::unordered_map<std::string, int32_t> numbers_;
};

} // namespace noctis::schema
