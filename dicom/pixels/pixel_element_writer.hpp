#pragma once

#include "dicom/element.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/blob.hpp"

#include <caf/error.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// Appends encapsulated Pixel Data to the data set `out`: a basic offset table and a fragment for each frame (PS3.5
/// A.4); with an Extended Offset Table before it where the basic one can't reach (PS3.3 C.7.6.3.1.8).
void append_fragments(const std::vector<blob>& frames, blob::buffer& out);

/// Appends tag, VR and length of native pixels of `size` bytes; an odd length is made even. Error: `limit_exceeded`
/// for more than an element can hold.
caf::error append_native_head(tag_number tag, vr representation, uint64_t size, encoding how, blob::buffer& out);

} // namespace noctis
