#include "dicom/pixels/samples.hpp"

namespace noctis {

unsigned needed_bits(const blob& samples, const pixel_format& format) {
  const unsigned bytes = format.bits_allocated / 8U;
  const auto least = format.is_signed ? -(int32_t{1} << (format.bits_stored - 1)) : 0;
  const auto most = static_cast<int32_t>((int64_t{1} << (format.bits_stored - (format.is_signed ? 1 : 0))) - 1);
  if (format.bits_stored == format.bits_allocated) return format.bits_stored;
  const auto* end = samples.data() + samples.size();
  for (const auto* at = samples.data(); at < end; at += bytes) {
    const auto value = read_cell(at, bytes, format.is_signed);
    if (value < least || value > most) return format.bits_allocated;
  }
  return format.bits_stored;
}

caf::error check_encodable(const blob& samples, const pixel_format& format, const char* codec) {
  if (format.bits_allocated != 8 && format.bits_allocated != 16)
    return failure(errc::unsupported_transfer_syntax,
                   std::string{codec} + " can't hold samples of " + std::to_string(format.bits_allocated) + " bits");
  if (samples.size() < format.frame_bytes())
    return failure(errc::invalid_argument, "the frame has " + std::to_string(samples.size()) + " bytes instead of " +
                                               std::to_string(format.frame_bytes()));
  return {};
}

caf::error check_shape(const coded_shape& coded, const pixel_format& format) {
  const auto name = [](uint64_t rows, uint64_t columns, uint64_t samples, uint64_t bits) {
    return std::to_string(rows) + " rows, " + std::to_string(columns) + " columns, " + std::to_string(samples) +
           " samples of " + std::to_string(bits) + " bits";
  };
  const bool fits = coded.rows == format.rows && coded.columns == format.columns && coded.samples == format.samples &&
                    coded.bits <= format.bits_allocated;
  if (fits) return {};
  return failure(errc::malformed_data_set,
                 "the codestream has " + name(coded.rows, coded.columns, coded.samples, coded.bits) +
                     ", the header says " + name(format.rows, format.columns, format.samples, format.bits_allocated));
}

} // namespace noctis
