#pragma once

#include "actors/association/dialogue.hpp"

namespace noctis {

/// Answers a C-MOVE (PS3.4 C.4.2): sends what is named to a registered application entity that the caller may know of,
/// over associations of our own, and tells how far it is after each instance.
OFCondition answer_move(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_C_MoveRQ& request);

} // namespace noctis
