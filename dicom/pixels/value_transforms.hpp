#pragma once

#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/image_description.hpp"

#include <cstdint>

namespace noctis {

/// Reads into `image` how the values of its frames become grey: rescale, Modality LUT, windows and VOI LUTs of the
/// data set, of its Shared and of its Per-Frame Functional Groups (PS3.3 C.7.6.16). What is broken counts as absent.
void read_value_transforms(const attribute_set& header, image_description& image);

} // namespace noctis
