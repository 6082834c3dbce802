#pragma once

#include "messages/errors.hpp"

#include <caf/expected.hpp>

#include <string>

namespace noctis::test {

/// Returns the sentence of a result that failed, "" for one that didn't.
template <class T>
std::string reason_for(const caf::expected<T>& result) {
  return result ? std::string{} : reason_of(result.error());
}

template <class T>
errc code_for(const caf::expected<T>& result) {
  return result ? errc::none : code_of(result.error());
}

} // namespace noctis::test
