#pragma once

#include "messages/query.hpp"

#include <pqxx/result>
#include <pqxx/row>

#include <cstdint>
#include <string>
#include <vector>

// How rows become structs. For the sources of this room alone.

namespace noctis::schema {

/// Returns the elements of a one-dimensional text array.
std::vector<std::string> array_from(const pqxx::field& field);

/// Returns an integer that may be absent.
caf::optional<int32_t> optional_from(const pqxx::field& field);

/// Reads node, path, offset, length and checksum (hex) from five columns that begin with `first`.
location location_from(const pqxx::row& row, int first);

} // namespace noctis::schema
