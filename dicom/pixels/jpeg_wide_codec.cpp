#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/jpeg_header.hpp"
#include "dicom/pixels/samples.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>
#include <dcmtk/dcmjpeg/djeijg16.h>
#include <dcmtk/dcmjpeg/djeijg8.h>

#include <cstddef>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace noctis {

namespace {

constexpr const char* codec = "JPEG";
constexpr uint8_t lossless_process = 3;

DJCodecParameter parameters(E_DecompressionColorSpaceConversion colours) {
  return DJCodecParameter{ECC_lossyRGB, colours, EUC_never, EPC_colorByPixel};
}

std::unique_ptr<DJDecoder> make_decoder(const jpeg_header& header, const DJCodecParameter& how, bool is_ybr) {
  if (header.bits <= 8) return std::make_unique<DJDecompressIJG8Bit>(how, is_ybr);
  if (header.bits <= 12) return std::make_unique<DJDecompressIJG12Bit>(how, is_ybr);
  return std::make_unique<DJDecompressIJG16Bit>(how, is_ybr);
}

bool is_ybr(photometric interpretation) {
  return interpretation == photometric::ybr_full || interpretation == photometric::ybr_full_422;
}

/// Moves what a decoder wrote, samples of `bytes` bytes and `bits` bits, into cells of `format`.
void move_samples(const std::vector<uint16_t>& from, unsigned bytes, unsigned bits, const pixel_format& format,
                  blob::buffer& to) {
  const unsigned cell = format.bits_allocated / 8U;
  const auto* source = reinterpret_cast<const uint8_t*>(from.data());
  const auto sign = format.is_signed && bits < format.bits_allocated ? int32_t{1} << (bits - 1) : 0;
  auto* at = to.data();
  for (size_t i = 0; i < to.size() / cell; ++i, at += cell, source += bytes)
    write_cell(at, cell, (read_cell(source, bytes, false) ^ sign) - sign);
}

} // namespace

frame_buffer decode_jpeg_wide(const blob& coded, const pixel_format& format) {
  const auto header = read_jpeg_header(coded);
  if (!header) return broken_codestream(codec, "it has no frame header");
  if (header->bits < 2) return broken_codestream(codec, "it has samples of less than two bits");
  if (auto err = check_shape({header->rows, header->columns, header->samples, header->bits}, format)) return err;
  if (coded.size() > std::numeric_limits<Uint32>::max() / 2) return broken_codestream(codec, "it is too long");
  const bool lossless = header->process == lossless_process;
  const auto how = parameters(lossless ? EDC_never : EDC_photometricInterpretation);
  const auto decoder = make_decoder(*header, how, is_ybr(format.interpretation));
  const auto bytes = decoder->bytesPerSample();
  const auto samples = size_t{format.rows} * format.columns * format.samples;
  std::vector<uint16_t> decoded((samples * bytes + 1) / 2); // aligned for either size
  auto state = decoder->init();
  if (state.good()) // reads only, though it doesn't promise so
    state = decoder->decode(const_cast<Uint8*>(coded.data()), static_cast<Uint32>(coded.size()),
                            reinterpret_cast<Uint8*>(decoded.data()), static_cast<Uint32>(decoded.size() * 2),
                            format.is_signed);
  if (state.bad()) return broken_codestream(codec, state.text());
  blob::buffer result(format.frame_bytes());
  move_samples(decoded, bytes, header->bits, format, result);
  return result;
}

frame_buffer encode_jpeg_lossless(const blob& samples, const pixel_format& format) {
  if (auto err = check_encodable(samples, format, codec)) return err;
  const auto how = parameters(EDC_never);
  const auto interpretation = format.samples == 3 ? EPI_RGB : EPI_Monochrome2;
  const auto columns = static_cast<Uint16>(format.columns);
  const auto rows = static_cast<Uint16>(format.rows);
  Uint8* coded = nullptr;
  Uint32 length = 0;
  OFCondition state;
  if (format.bits_allocated == 8) {
    DJCompressIJG8Bit encoder{how, EJM_lossless, 1, 0};
    state = encoder.encode(columns, rows, interpretation, format.samples, const_cast<Uint8*>(samples.data()), coded,
                           length);
  } else {
    std::vector<Uint16> words(samples.size() / 2);
    for (size_t i = 0; i < words.size(); ++i)
      words[i] = static_cast<Uint16>(samples.data()[i * 2] | samples.data()[i * 2 + 1] << 8);
    DJCompressIJG16Bit encoder{how, EJM_lossless, 1, 0};
    state = encoder.encode(columns, rows, interpretation, format.samples, words.data(), coded, length);
  }
  const std::unique_ptr<Uint8[]> owned{coded};
  if (state.bad()) return failure(errc::internal, std::string{"JPEG can't code the frame: "} + state.text());
  return blob::buffer{coded, coded + length};
}

frame_buffer decode_jpeg(const blob& coded, const pixel_format& format) {
  const auto header = read_jpeg_header(coded);
  const bool narrow = header && header->process != lossless_process && header->bits <= 8;
  return narrow ? decode_jpeg_8(coded, format) : decode_jpeg_wide(coded, format);
}

} // namespace noctis
