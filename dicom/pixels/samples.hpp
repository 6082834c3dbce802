#pragma once

#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"
#include "messages/errors.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace noctis {

/// Returns the value of the cell of 8 or 16 bits at `at`, all bits of it, as a signed or unsigned number.
inline int32_t read_cell(const uint8_t* at, unsigned bytes, bool is_signed) {
  if (bytes == 1) return is_signed ? int32_t{static_cast<int8_t>(*at)} : int32_t{*at};
  const auto word = static_cast<uint16_t>(at[0] | at[1] << 8);
  return is_signed ? int32_t{static_cast<int16_t>(word)} : int32_t{word};
}

/// Writes the lowest bits of `value` into the cell of `bytes` bytes at `at`.
inline void write_cell(uint8_t* at, unsigned bytes, int32_t value) {
  for (unsigned i = 0; i < bytes; ++i) at[i] = static_cast<uint8_t>(static_cast<uint32_t>(value) >> (8 * i));
}

/// Returns the bits with which a codec must code `samples` so that whole cells come back: Bits Stored where all
/// values fit, Bits Allocated where something (an overlay, a broken device) has written beyond them.
unsigned needed_bits(const blob& samples, const pixel_format& format);

/// Checks that an encoder may code frames of `format`: cells of 8 or 16 bits and a buffer of the right size.
caf::error check_encodable(const blob& samples, const pixel_format& format, const char* codec);

/// What a codestream says of itself.
struct coded_shape {
  uint64_t rows = 0;
  uint64_t columns = 0;
  uint64_t samples = 0;
  uint64_t bits = 0;
};

/// Checks that a codestream holds what `format` promises. Error: `malformed_data_set`.
caf::error check_shape(const coded_shape& coded, const pixel_format& format);

/// Returns the error of a codestream that `codec` can't decode.
inline caf::error broken_codestream(const char* codec, const std::string& why) {
  return failure(errc::malformed_data_set, std::string{"the "} + codec + " codestream is broken: " + why);
}

} // namespace noctis
