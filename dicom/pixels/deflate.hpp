#pragma once

#include "messages/blob.hpp"

#include <caf/error.hpp>

namespace noctis {

/// Appends `data_set` to `out` as a raw deflate stream (RFC 1951) of even length (PS3.5 A.5). Error: `internal`.
caf::error append_deflated(const blob::buffer& data_set, blob::buffer& out);

} // namespace noctis
