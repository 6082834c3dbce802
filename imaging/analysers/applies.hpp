#pragma once

#include "imaging/analysis.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace noctis {

/// Returns whether the series is of CT images that can show anatomy: no localiser, no screen save, no projection.
applicability is_ct(const series_traits& traits);

/// Returns whether one of `words` stands in the body part, or in a description where no body part is given.
/// Letters' case doesn't count; a word counts where no letter stands before it.
bool shows(const series_traits& traits, std::initializer_list<std::string_view> words);

/// Returns whether one of `words` stands in any description, the protocol's name or the body part.
bool mentions(const series_traits& traits, std::initializer_list<std::string_view> words);

/// Returns the words of the headers by which `shows` decides, for a reason.
std::string shown_text(const series_traits& traits);

} // namespace noctis
