#pragma once

#include <cstddef>
#include <string_view>

namespace noctis {

/// The longest UID that DICOM allows (PS3.5 9.1), characters.
inline constexpr size_t max_uid_length = 64;

/// Returns whether `uid` is digits in components divided by single dots, at most 64 characters (PS3.5 9.1).
/// Leading zeros in a component, which real devices write, are let pass.
bool valid_uid(std::string_view uid);

} // namespace noctis
