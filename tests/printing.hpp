#pragma once

#include "messages/errors.hpp"
#include "messages/ingest.hpp"

#include <ostream>

// How Boost.Test shows our enumerations.
namespace noctis {

inline std::ostream& boost_test_print_type(std::ostream& out, errc code) { return out << to_string(code); }
inline std::ostream& boost_test_print_type(std::ostream& out, disposition what) {
  return out << static_cast<int>(what);
}

} // namespace noctis
