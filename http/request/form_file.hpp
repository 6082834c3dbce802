#pragma once

#include "http/request/context.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// A file that came in a form.
struct form_file {
  std::string name;       ///< without folders, valid UTF-8; "" where it has none
  std::string media_type; ///< as the client says, without parameters
  std::vector<uint8_t> bytes;
};

/// Reads a form (multipart/form-data) with one part `file`, of at most `most` bytes. Throws `refusal`: 415, 413, 400.
form_file read_form_file(context& c, size_t most);

} // namespace noctis
