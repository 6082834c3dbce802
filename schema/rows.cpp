#include "schema/rows.hpp"

#include <pqxx/array>

namespace noctis::schema {

std::vector<std::string> array_from(const pqxx::field& field) {
  std::vector<std::string> result;
  auto parser = field.as_array();
  using juncture = pqxx::array_parser::juncture;
  for (auto [what, text] = parser.get_next(); what != juncture::done; std::tie(what, text) = parser.get_next()) {
    if (what == juncture::string_value) result.push_back(text);
  }
  return result;
}

caf::optional<int32_t> optional_from(const pqxx::field& field) {
  if (field.is_null()) return caf::none;
  return field.as<int32_t>();
}

location location_from(const pqxx::row& row, int first) {
  location result;
  result.node = row[first].as<std::string>();
  result.path = row[first + 1].as<std::string>();
  result.offset = row[first + 2].as<uint64_t>();
  result.length = row[first + 3].as<uint64_t>();
  result.checksum = row[first + 4].as<std::string>();
  return result;
}

} // namespace noctis::schema
