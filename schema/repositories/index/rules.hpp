#pragma once

#include "schema/repositories/index/draft.hpp"

namespace noctis::schema {

/// Whether the header's Patient ID is that of the study's patient.
bool is_patient_of(const draft& one, const study_draft& study);

/// Decides what becomes of an entry, given what the index knows and what earlier entries of the round will add:
/// sets `writes` or `shows`, or the answer where nothing is to be written, and adds to the drafts of its study and
/// series. A study or series that neither the index nor the round has yet is added to the round.
void judge(draft& one, round_draft& round);

} // namespace noctis::schema
