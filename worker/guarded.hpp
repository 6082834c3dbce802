#pragma once

#include "messages/errors.hpp"

#include <exception>
#include <new>

namespace noctis {

/// Returns the error or the expected value that `work` does; what it throws is an error: `limit_exceeded` where memory
/// has run out, else `internal`.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return failure(errc::limit_exceeded, "the memory that a worker may take is used up");
  } catch (const std::exception& thrown) {
    return failure(errc::internal, thrown.what());
  }
}

} // namespace noctis
