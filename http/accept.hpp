#pragma once

#include <string>
#include <vector>

namespace noctis {

/// One media range of an Accept header.
struct media_range {
  std::string type; ///< "multipart/related", "application/*", "*/*", in lower case
  std::string of;   ///< the `type` parameter of multipart/related, in lower case
  std::string transfer_syntax;
  double quality = 1;
};

/// The ranges of an Accept header, the preferred first; `*/*` alone where it is empty.
std::vector<media_range> parse_accept(const std::string& header);

/// How instances may be given back (PS3.18 8.7).
struct retrieval {
  enum class form { multipart, single, none };
  form as = form::none;
  std::string transfer_syntax; ///< the only one wanted; "" or "*": as stored
};

/// Returns the form that an Accept header asks for. A lone instance may go without a multipart around it.
retrieval choose_retrieval(const std::string& accept, bool lone_instance);

} // namespace noctis
