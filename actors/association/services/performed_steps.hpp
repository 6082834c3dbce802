#pragma once

#include "actors/association/dialogue.hpp"

namespace noctis {

/// Answers an N-CREATE of a Modality Performed Procedure Step (PS3.4 F.7.2.1): a modality has begun to perform what was
/// scheduled. Without a SOP Instance UID of the modality's, it gets one here.
OFCondition answer_create(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_N_CreateRQ& request);

/// Answers an N-SET of a Modality Performed Procedure Step (PS3.4 F.7.2.2): it goes on, is completed or discontinued.
OFCondition answer_set(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_N_SetRQ& request);

} // namespace noctis
