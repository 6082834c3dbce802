#pragma once

#include <caf/error.hpp>
#include <caf/expected.hpp>
#include <caf/result.hpp>

#include <utility>

namespace noctis {

/// Returns what a handler answers for a value or the error in its place.
template <class T>
caf::result<T> answer(caf::expected<T> value) {
  if (!value) return std::move(value.error());
  return std::move(*value);
}

/// Returns what a handler without an answer of its own ends with.
inline caf::result<void> answer(caf::error error) {
  if (error) return error;
  return caf::unit;
}

} // namespace noctis
