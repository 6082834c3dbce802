#pragma once

#include "dicom/element.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace noctis {

/// Returns whether `representation` holds numbers, as text (DS, IS) or as binary values of up to 64 bits.
bool is_numeric(vr representation);

/// Returns the size of one binary value of `representation` (OW 2, FD 8 …), bytes; 1 for text and OB.
size_t unit_size(vr representation);

/// Returns the numbers in the raw value `bytes` of a numeric VR; NaN for an empty or broken DS or IS. Integers of 64
/// bits lose what a double can't hold.
std::vector<double> numbers_of(vr representation, std::string_view bytes, bool big_endian);

} // namespace noctis
