#include "schema/array_literal.hpp"

namespace noctis::schema {

void array_literal::separate() {
  if (text_.size() > 1) text_ += ',';
}

array_literal& array_literal::add(std::string_view value) {
  separate();
  text_ += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

array_literal& array_literal::add(int64_t value) {
  separate();
  text_ += std::to_string(value);
  return *this;
}

array_literal& array_literal::add_null() {
  separate();
  text_ += "NULL";
  return *this;
}

std::string array_literal::str() const { return text_ + '}'; }

} // namespace noctis::schema
