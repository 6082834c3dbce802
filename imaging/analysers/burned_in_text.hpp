#pragma once

#include "imaging/slice.hpp"

#include <cstddef>

namespace noctis {

/// Returns how many rows of text seem to stand in the image: at least four bright parts of a letter's size, with sharp
/// edges, of equal height on one line. Values from `low` to `high` are the image's range.
size_t text_lines_in(const slice& image, float low, float high);

} // namespace noctis
