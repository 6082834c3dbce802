#pragma once

#include "actors/association/dialogue.hpp"

namespace noctis {

/// Answers a C-GET (PS3.4 C.4.3): sends what is named over the same association, in the storage contexts for which the
/// peer has taken the role of an SCP, and tells how far it is after each instance.
OFCondition answer_get(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_C_GetRQ& request);

} // namespace noctis
