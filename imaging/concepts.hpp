#pragma once

#include "imaging/analysis.hpp"

// The codes of our results: SNOMED CT and DICOM's own (PS3.16) where they have one, else our own scheme.

namespace noctis::concepts {

inline coded_concept volume() { return {"118565006", "SCT", "Volume"}; }
inline coded_concept diameter() { return {"81827009", "SCT", "Diameter"}; }
inline coded_concept mean_attenuation() { return {"112181", "DCM", "Mean Attenuation Coefficient"}; }
inline coded_concept attenuation_deviation() {
  return {"112183", "DCM", "Standard Deviation of Attenuation Coefficient"};
}
inline coded_concept signal_to_noise() { return {"111787", "DCM", "Signal to Noise Ratio"}; }
inline coded_concept ctdi_vol() { return {"113830", "DCM", "Mean CTDIvol"}; }
inline coded_concept dose_length_product() { return {"113838", "DCM", "DLP"}; }
inline coded_concept agatston_score() { return {"112055", "DCM", "Agatston scoring method"}; }
inline coded_concept volume_score() { return {"112056", "DCM", "Volume scoring method"}; }

inline coded_concept lung() { return {"39607008", "SCT", "Lung"}; }
inline coded_concept brain() { return {"12738006", "SCT", "Brain"}; }
inline coded_concept brain_ventricle() { return {"35764002", "SCT", "Brain ventricle"}; }
inline coded_concept heart() { return {"80891009", "SCT", "Heart"}; }
inline coded_concept phantom() { return {"113681", "DCM", "Phantom"}; }
inline coded_concept nodule() { return {"27925004", "SCT", "Nodule"}; }
inline coded_concept hemorrhage() { return {"50960005", "SCT", "Hemorrhage"}; }
inline coded_concept calcified_lesion() { return {"29483008", "SCT", "Calcified atheromatous plaque"}; }
inline coded_concept left() { return {"7771000", "SCT", "Left"}; }
inline coded_concept right() { return {"24028007", "SCT", "Right"}; }
inline coded_concept anatomical_structure() { return {"123037004", "SCT", "Anatomical Structure"}; }
inline coded_concept abnormal_structure() { return {"49755003", "SCT", "Morphologically Abnormal Structure"}; }

/// A code of our own.
inline coded_concept own(std::string value, std::string meaning) {
  return {std::move(value), "99NOCTIS", std::move(meaning)};
}

inline constexpr const char* hounsfield_unit = "[hnsf'U]";

} // namespace noctis::concepts
