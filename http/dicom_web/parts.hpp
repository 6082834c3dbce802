#pragma once

#include "http/request/context.hpp"

#include <memory>
#include <optional>
#include <string>

namespace noctis {

/// Gives the parts of a multipart/related body one after the other, each in pieces.
class part_source {
public:
  part_source() = default;
  virtual ~part_source() = default;
  part_source(const part_source&) = delete;
  part_source& operator=(const part_source&) = delete;

  /// Begins the next part and returns its headers, each line ended by CR LF; none at the end. May throw.
  virtual std::optional<std::string> next_part() = 0;

  /// The next bytes of the part; empty at its end. May throw.
  virtual blob next_bytes() = 0;
};

/// Answers 200 with multipart/related whose parts are of media type `type`. The first part is begun at once, so that
/// what keeps it from being given is answered as an error; later failures cut the connection. Throws `refusal` (404)
/// where there are no parts.
void send_parts(context& c, const std::string& type, std::shared_ptr<part_source> parts);

} // namespace noctis
