#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace noctis {

/// A place in the order of events, which is "<transaction>-<number>" where it travels. "0-0" is before all of them.
struct event_place {
  uint64_t transaction = 0;
  uint64_t number = 0;

  [[nodiscard]] std::string str() const { return std::to_string(transaction) + "-" + std::to_string(number); }

  friend bool operator<(const event_place& a, const event_place& b) {
    return std::tie(a.transaction, a.number) < std::tie(b.transaction, b.number);
  }
  friend bool operator==(const event_place& a, const event_place& b) {
    return std::tie(a.transaction, a.number) == std::tie(b.transaction, b.number);
  }
};

/// Returns the place that `text` names, if it names one.
inline std::optional<event_place> event_place_of(const std::string& text) {
  event_place result;
  const auto* end = text.data() + text.size();
  const auto transaction = std::from_chars(text.data(), end, result.transaction);
  if (transaction.ec != std::errc{} || transaction.ptr == end || *transaction.ptr != '-') return std::nullopt;
  const auto number = std::from_chars(transaction.ptr + 1, end, result.number);
  if (number.ec != std::errc{} || number.ptr != end || result.number > INT64_MAX) return std::nullopt;
  return result;
}

} // namespace noctis
