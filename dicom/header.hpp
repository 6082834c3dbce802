#pragma once

#include "dicom/scanner.hpp"
#include "messages/instance.hpp"

#include <caf/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace noctis {

/// The longest text that an `instance_header` holds, bytes of UTF-8. Longer descriptions are cut; a Patient ID or
/// Issuer above `max_patient_id` fails `validate`, for to cut it could make two patients one.
inline constexpr size_t max_header_text = 1024;
inline constexpr size_t max_patient_id = 256;

/// Returns what `scanned`, a data set in transfer syntax `transfer_syntax_uid`, says in its header. Never fails:
/// undecodable text becomes U+FFFD, dates, times and numbers that are none become absent. Control characters are
/// removed from text. UIDs are only trimmed: `validate` tells whether they are ones.
instance_header read_header(const header_scanner& scanned, const std::string& transfer_syntax_uid);

/// Checks that `header` identifies an instance, the one that the C-STORE command named ("" where there was none).
/// Errors: `missing_identifier`, `invalid_identifier`, `sop_class_mismatch`, `sop_instance_mismatch`,
/// `limit_exceeded` for a Patient ID that is too long. The sentence names the attribute and its value.
caf::error validate(const instance_header& header, std::string_view command_sop_class = {},
                    std::string_view command_sop_instance = {});

} // namespace noctis
