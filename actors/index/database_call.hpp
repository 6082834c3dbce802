#pragma once

#include "messages/errors.hpp"
#include "schema/errors.hpp"

#include <caf/result.hpp>

#include <exception>
#include <type_traits>

namespace noctis {

/// Runs `call`, which speaks with the database, and returns its value or its exception as an error of ours: the
/// boundary between the repositories, which throw, and the actors, which do not.
template <class Call>
auto database_call(Call&& call) -> caf::result<decltype(call())> {
  try {
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      return caf::unit;
    } else {
      return call();
    }
  } catch (const schema::database_error& error) {
    return failure(error.code(), error.what());
  } catch (const std::exception& error) {
    return failure(errc::internal, error.what());
  }
}

} // namespace noctis
