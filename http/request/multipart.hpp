#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace noctis {

/// The head of one part of a multipart body.
struct part_head {
  std::map<std::string, std::string> headers; ///< names in lower case
  std::string name;                           ///< Content-Disposition's; "" outside of forms
  std::string filename;                       ///< Content-Disposition's, valid UTF-8
};

/// Reads a multipart body (RFC 2046; form-data RFC 7578, related RFC 2387) as its bytes come, in constant memory.
class multipart_parser {
public:
  static constexpr size_t largest_head = size_t{16} << 10; ///< bytes of one part's headers
  static constexpr size_t most_parts = 100000;

  /// Called in this order for each part; they return false to stop.
  struct receiver {
    std::function<bool(const part_head&)> begin;
    std::function<bool(const char* data, size_t size)> data;
    std::function<bool()> end;
  };

  multipart_parser(std::string boundary, receiver to);

  /// Takes the next bytes. Returns false when the body is malformed, see `error`, or the receiver stopped.
  bool feed(const char* data, size_t size);

  /// Whether the closing boundary was seen.
  [[nodiscard]] bool complete() const { return state_ == state::epilogue; }

  /// What is wrong, in one sentence; "" when nothing is, or the receiver stopped.
  [[nodiscard]] const std::string& error() const { return error_; }

private:
  enum class state { preamble, after_boundary, head, body, epilogue, failed };

  bool step();
  bool read_preamble();
  bool read_after_boundary();
  bool read_head();
  bool read_body();
  bool fail(std::string why);
  bool stop();

  const std::string delimiter_; ///< CR LF - - boundary
  receiver to_;
  state state_ = state::preamble;
  std::string pending_; ///< bytes that are not understood yet
  size_t parts_ = 0;
  std::string error_;
};

/// Returns the value of a parameter of a header as `form-data; name="x"`; "" where there is none.
std::string header_parameter(std::string_view header, std::string_view name);

/// Returns the boundary of a multipart Content-Type value, "" where there is none that RFC 2046 allows.
std::string multipart_boundary(const std::string& content_type);

/// Returns a boundary that no file is going to hold.
std::string new_boundary();

} // namespace noctis
