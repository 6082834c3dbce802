#pragma once

#include <caf/expected.hpp>

#include <string_view>
#include <vector>

namespace noctis {

/// How the elements of a data set are written.
struct encoding {
  bool implicit_vr = false;
  bool big_endian = false;
  bool deflated = false; ///< raw deflate (RFC 1951) around all of it
};

/// A transfer syntax of PS3.6 table A-1 or one that devices use all the same.
struct transfer_syntax {
  std::string_view uid;
  std::string_view name;
  encoding how;
  bool encapsulated = false; ///< Pixel Data comes in fragments
  bool lossy = false;        ///< its compression may lose information
};

/// The transfer syntaxes that this system knows by name, in the order in which it prefers them.
const std::vector<transfer_syntax>& transfer_syntaxes();

/// Returns what is known of `uid`, nullptr where it is none of ours.
const transfer_syntax* find_transfer_syntax(std::string_view uid);

/// Returns the encoding of data sets in transfer syntax `uid`. One that this system does not know is explicit VR
/// little endian, as the standard asks of every new one (PS3.5 10). Error: `unsupported_transfer_syntax` when `uid`
/// is no UID at all.
caf::expected<encoding> encoding_of(std::string_view uid);

} // namespace noctis
