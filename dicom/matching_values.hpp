#pragma once

#include "dicom/element.hpp"

#include <string>
#include <string_view>

namespace noctis {

/// Returns whether `value` matches `pattern`, in which "*" stands for any characters and "?" for one (PS3.4
/// C.2.2.2.4). Both are UTF-8 and compared as they are.
bool wildcard_matches(std::string_view value, std::string_view pattern);

/// Returns whether `wanted` is a range ("a-b", "a-", "-b") of VR DA, TM or DT, and no single value.
bool is_range(vr representation, std::string_view wanted);

/// Returns whether a value of DA, TM or DT lies in `wanted`, a single value or a range (PS3.4 C.2.2.2.5). A single
/// value, and each end of a range, is all that it stands for: "1030" is every moment of that minute. Moments without
/// an offset from UTC are compared as they stand.
bool time_matches(vr representation, std::string_view value, std::string_view wanted);

/// Returns whether a date (DA) with a time (TM, may be "") lies between the moments that ranges of both make together.
bool moment_matches(std::string_view date, std::string_view time, std::string_view wanted_dates,
                    std::string_view wanted_times);

} // namespace noctis
