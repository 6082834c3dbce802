#pragma once

#include "dicom/network/dimse.hpp"
#include "dicom/part10.hpp"
#include "dicom/pixels/byte_source.hpp"

#include <caf/expected.hpp>

#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// Whether the peer takes a SOP class in a transfer syntax.
using accepts_context = std::function<bool(const std::string& sop_class_uid, const std::string& transfer_syntax_uid)>;

/// An instance as it goes out over an association.
struct outgoing_instance {
  part10_meta meta;
  data_set_source data_set; ///< reads from the file, whose maker must live as long
};

/// The transfer syntaxes that stored instances are written anew in for a peer that does not take them as they are, the
/// preferred one first.
const std::vector<std::string>& fallback_syntaxes();

/// Returns the Part 10 file `file` as the peer takes it: as it is where it `accepts` that, else written anew in the
/// first fallback or other lossless transfer syntax that it accepts. Errors: `peer_refused` when it takes none of them,
/// those of `file` and `transcode`.
caf::expected<outgoing_instance> prepare(const byte_source& file, const accepts_context& accepts);

} // namespace noctis
