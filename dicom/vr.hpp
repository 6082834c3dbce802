#pragma once

#include "dicom/element.hpp"

#include <string>
#include <string_view>

namespace noctis {

/// Returns the VR that two letters name, `vr::none` where PS3.5 6.2 has none of that name.
vr vr_named(std::string_view letters);

/// Returns the two letters of `representation`.
std::string letters_of(vr representation);

/// Returns whether its values are bytes without further meaning (OB, OW … and UN).
bool is_binary(vr representation);

/// Returns whether "\" does not divide it into values (LT, ST, UR, UT).
bool has_one_value(vr representation);

/// Returns whether its length takes four bytes in explicit VR (PS3.5 7.1.2).
bool has_long_length(vr representation);

/// Returns whether spaces before its text belong to it (LT, ST, UC, UT).
bool keeps_leading_spaces(vr representation);

} // namespace noctis
