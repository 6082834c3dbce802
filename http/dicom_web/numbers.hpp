#pragma once

#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// Returns the finite decimal number that all of `text` is, none otherwise.
std::optional<double> decimal_of(const std::string& text);

/// Returns what stands between commas; "" gives one empty text.
std::vector<std::string> comma_list(const std::string& text);

} // namespace noctis
