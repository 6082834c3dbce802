#pragma once

#include "actors/storage/stored_instance.hpp"
#include "dicom/dimse.hpp"
#include "dicom/part10.hpp"

#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// Whether the peer takes a SOP class in a transfer syntax.
using accepts_context = std::function<bool(const std::string& sop_class_uid, const std::string& transfer_syntax_uid)>;

/// An instance as it goes out over an association.
struct outgoing_instance {
  part10_meta meta;
  data_set_source data_set; ///< reads from the `stored_instance`, which must live as long
};

/// The transfer syntaxes that stored instances are written anew in for a peer that does not take them as they are, the
/// preferred one first.
const std::vector<std::string>& fallback_syntaxes();

/// Returns `stored` as the peer takes it: as it is kept where it `accepts` that, else written anew in the first
/// fallback or other lossless transfer syntax that it accepts. Errors: `peer_refused` when it takes none of them, those
/// of `stored_instance` and `transcode`.
caf::expected<outgoing_instance> prepare(stored_instance& stored, const accepts_context& accepts);

} // namespace noctis
