#pragma once

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace noctis {

/// Returns what people read first in a data set, as a JSON object with the members `patient`, `study`, `series`,
/// `instance`, `image`, `acquisition` and `display`. Each holds attributes by their keyword in snake_case ("rows",
/// "window_center"): numbers as numbers, several values as an array, dates as YYYY-MM-DD, times as HH:MM:SS[.F…],
/// the rest as UTF-8 text; absent ones are left out. The bytes may end before or inside top-level Pixel Data.
/// Errors: those of `header_scanner`.
caf::expected<std::string> describe_data_set(const uint8_t* data, size_t size, const std::string& transfer_syntax_uid);

} // namespace noctis
