#pragma once

#include "dicom/part10.hpp"

#include <cstdint>
#include <vector>

namespace noctis {

/// Returns the command set of a C-STORE request for `meta` (PS3.7 9.3.1.1), encoded.
std::vector<uint8_t> store_command(const part10_meta& meta, uint16_t message_id);

} // namespace noctis
