#pragma once

#include "http/request/context.hpp"

#include <string>
#include <vector>

namespace noctis {

/// Answers with stored bytes: ETag, conditions, one range (RFC 9110 sections 8.8.3, 13, 14) and HEAD. Bytes that
/// cannot be read, or are not those that were stored, end the connection rather than go out.
void send_file(context& c, std::vector<location> copies, const std::string& file_name);

/// Answers with bytes in memory in the same way. `tag`: what stands for exactly these bytes, "" for nothing.
void send_bytes(context& c, blob bytes, const std::string& type, const std::string& tag);

/// Whether the client has what `tag` stands for; then the answer is 304 and all is said.
bool answered_unchanged(context& c, const std::string& tag);

/// A part of a file that a Range header asks for.
struct requested_range {
  uint64_t offset = 0;
  uint64_t length = 0;
};

enum class range_kind { whole, part, unsatisfiable };

/// Reads a Range header for `size` bytes; several ranges count as none.
range_kind read_range_header(const std::string& header, uint64_t size, requested_range& range);

} // namespace noctis
