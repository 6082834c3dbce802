#pragma once

#include "actors/association/dialogue.hpp"

namespace noctis {

/// Answers a C-FIND of Query/Retrieve or Modality Worklist (PS3.4 C.4.1, K.4.1): pages of the index's matches, each in
/// a pending response, until there are no more or the peer cancels.
OFCondition answer_find(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_C_FindRQ& request);

} // namespace noctis
