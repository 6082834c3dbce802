#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/jpeg_2000_header.hpp"
#include "dicom/pixels/samples.hpp"

#include <openjpeg.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr const char* codec = "JPEG 2000";
constexpr uint64_t smallest_tile = 1024; ///< pixels

template <auto Destroy>
struct destroyer {
  template <class T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using codec_handle = std::unique_ptr<opj_codec_t, destroyer<opj_destroy_codec>>;
using stream_handle = std::unique_ptr<opj_stream_t, destroyer<opj_stream_destroy>>;
using image_handle = std::unique_ptr<opj_image_t, destroyer<opj_image_destroy>>;

constexpr auto no_more = static_cast<OPJ_SIZE_T>(-1);

/// Bytes that OpenJPEG reads.
struct memory_reader {
  const uint8_t* bytes;
  size_t size;
  size_t at = 0;

  static OPJ_SIZE_T read(void* to, OPJ_SIZE_T wanted, void* self) {
    auto& reader = *static_cast<memory_reader*>(self);
    const auto count = std::min<size_t>(wanted, reader.size - reader.at);
    if (count == 0) return no_more;
    std::memcpy(to, reader.bytes + reader.at, count);
    reader.at += count;
    return count;
  }
  static OPJ_OFF_T skip(OPJ_OFF_T count, void* self) {
    auto& reader = *static_cast<memory_reader*>(self);
    if (count < 0) return -1;
    const auto step = std::min<uint64_t>(static_cast<uint64_t>(count), reader.size - reader.at);
    reader.at += step;
    return step == 0 && count > 0 ? -1 : static_cast<OPJ_OFF_T>(step);
  }
  static OPJ_BOOL seek(OPJ_OFF_T to, void* self) {
    auto& reader = *static_cast<memory_reader*>(self);
    if (to < 0 || static_cast<uint64_t>(to) > reader.size) return OPJ_FALSE;
    reader.at = static_cast<size_t>(to);
    return OPJ_TRUE;
  }

  stream_handle open() {
    stream_handle stream{opj_stream_create(std::clamp<size_t>(size, 1024, size_t{1} << 20), OPJ_TRUE)};
    opj_stream_set_user_data(stream.get(), this, nullptr);
    opj_stream_set_user_data_length(stream.get(), size);
    opj_stream_set_read_function(stream.get(), read);
    opj_stream_set_skip_function(stream.get(), skip);
    opj_stream_set_seek_function(stream.get(), seek);
    return stream;
  }
};

/// Bytes that OpenJPEG writes.
struct memory_writer {
  blob::buffer bytes;
  size_t at = 0;

  static OPJ_SIZE_T write(void* from, OPJ_SIZE_T size, void* self) {
    auto& writer = *static_cast<memory_writer*>(self);
    if (writer.at + size > writer.bytes.size()) writer.bytes.resize(writer.at + size);
    std::memcpy(writer.bytes.data() + writer.at, from, size);
    writer.at += size;
    return size;
  }
  static OPJ_OFF_T skip(OPJ_OFF_T count, void* self) {
    auto& writer = *static_cast<memory_writer*>(self);
    if (count < 0) return -1;
    writer.at += static_cast<size_t>(count);
    writer.bytes.resize(std::max(writer.bytes.size(), writer.at));
    return count;
  }
  static OPJ_BOOL seek(OPJ_OFF_T to, void* self) {
    auto& writer = *static_cast<memory_writer*>(self);
    if (to < 0 || static_cast<size_t>(to) > writer.bytes.size()) return OPJ_FALSE;
    writer.at = static_cast<size_t>(to);
    return OPJ_TRUE;
  }

  stream_handle open() {
    stream_handle stream{opj_stream_create(size_t{1} << 20, OPJ_FALSE)};
    opj_stream_set_user_data(stream.get(), this, nullptr);
    opj_stream_set_write_function(stream.get(), write);
    opj_stream_set_skip_function(stream.get(), skip);
    opj_stream_set_seek_function(stream.get(), seek);
    return stream;
  }
};

/// Keeps the first complaint of OpenJPEG.
void keep_message(const char* text, void* into) {
  auto& message = *static_cast<std::string*>(into);
  if (!message.empty()) return;
  message = text;
  while (!message.empty() && message.back() == '\n') message.pop_back();
}

caf::error check_image(const opj_image_t& image, const pixel_format& format) {
  for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
    const auto& component = image.comps[i];
    if (component.dx != 1 || component.dy != 1) return broken_codestream(codec, "its components differ in size");
    if (auto err = check_shape(
            {uint64_t{image.y1} - image.y0, uint64_t{image.x1} - image.x0, image.numcomps, component.prec}, format))
      return err;
  }
  return image.numcomps ? caf::error{} : broken_codestream(codec, "it has no components");
}

/// Refuses, before OpenJPEG allocates anything, what isn't of the size that was promised, and more and smaller tiles
/// than anybody writes.
caf::error check_header(const jpeg_2000_header& header, const pixel_format& format) {
  if (auto err = check_shape({header.rows, header.columns, header.samples, format.bits_stored}, format)) return err;
  if (header.tiles > 1 && header.tile_pixels < smallest_tile)
    return failure(errc::limit_exceeded, "the JPEG 2000 codestream has " + std::to_string(header.tiles) + " tiles of " +
                                             std::to_string(header.tile_pixels) + " pixels");
  return {};
}

frame_buffer take_samples(const opj_image_t& image, const pixel_format& format) {
  blob::buffer result(format.frame_bytes());
  const unsigned cell = format.bits_allocated / 8U;
  const size_t pixels = size_t{format.rows} * format.columns;
  for (size_t s = 0; s < format.samples; ++s) {
    const auto& component = image.comps[s];
    if (!component.data || component.w != format.columns || component.h != format.rows)
      return broken_codestream(codec, "a component is missing");
    auto* at = result.data() + s * cell;
    // Coded as unsigned numbers, signed values get their sign back.
    const bool bare = format.is_signed && !component.sgnd && component.prec < format.bits_allocated;
    const auto sign = bare ? int32_t{1} << (component.prec - 1) : 0;
    for (size_t i = 0; i < pixels; ++i, at += size_t{cell} * format.samples)
      write_cell(at, cell, (component.data[i] ^ sign) - sign);
  }
  return result;
}

/// Returns an image of OpenJPEG with the samples of a frame.
image_handle make_image(const blob& samples, const pixel_format& format, unsigned bits) {
  opj_image_cmptparm_t parameters[3]{};
  for (auto& component : parameters) {
    component.dx = component.dy = 1;
    component.w = format.columns;
    component.h = format.rows;
    component.prec = bits;
    component.sgnd = format.is_signed ? 1 : 0;
  }
  const auto space = format.samples == 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY;
  image_handle image{opj_image_create(format.samples, parameters, space)};
  if (!image) return image;
  image->x1 = format.columns;
  image->y1 = format.rows;
  const unsigned cell = format.bits_allocated / 8U;
  const size_t pixels = size_t{format.rows} * format.columns;
  for (size_t s = 0; s < format.samples; ++s) {
    const auto* at = samples.data() + s * cell;
    for (size_t i = 0; i < pixels; ++i, at += size_t{cell} * format.samples)
      image->comps[s].data[i] = read_cell(at, cell, format.is_signed);
  }
  return image;
}

} // namespace

frame_buffer decode_jpeg_2000(const blob& coded, const pixel_format& format) {
  const auto header = read_jpeg_2000_header(coded);
  if (!header) return broken_codestream(codec, "it has no header");
  if (auto err = check_header(*header, format)) return err;
  codec_handle decoder{opj_create_decompress(OPJ_CODEC_J2K)};
  std::string message;
  opj_set_error_handler(decoder.get(), keep_message, &message);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  memory_reader reader{coded.data() + header->offset, coded.size() - header->offset};
  const auto stream = reader.open();
  opj_image_t* read = nullptr;
  const bool begun = opj_setup_decoder(decoder.get(), &parameters) &&
                     opj_decoder_set_strict_mode(decoder.get(), OPJ_TRUE) &&
                     opj_read_header(stream.get(), decoder.get(), &read);
  const image_handle image{read};
  if (!begun || !image) return broken_codestream(codec, message);
  if (auto err = check_image(*image, format)) return err;
  if (!opj_decode(decoder.get(), stream.get(), image.get()) || !message.empty())
    return broken_codestream(codec, message);
  if (image->numcomps != format.samples) return broken_codestream(codec, "its components change");
  return take_samples(*image, format);
}

frame_buffer encode_jpeg_2000(const blob& samples, const pixel_format& format) {
  if (auto err = check_encodable(samples, format, codec)) return err;
  const auto image = make_image(samples, format, needed_bits(samples, format));
  if (!image) return failure(errc::limit_exceeded, "no memory for the frame");
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.irreversible = 0;
  parameters.tcp_numlayers = 1;
  parameters.tcp_rates[0] = 0; // lossless
  parameters.cp_disto_alloc = 1;
  parameters.tcp_mct = format.interpretation == photometric::rgb ? 1 : 0;
  // No more resolutions than the shorter edge allows.
  for (auto edge = std::min(format.rows, format.columns); edge < 32 && parameters.numresolution > 1; edge *= 2)
    --parameters.numresolution;
  codec_handle encoder{opj_create_compress(OPJ_CODEC_J2K)};
  std::string message;
  opj_set_error_handler(encoder.get(), keep_message, &message);
  memory_writer writer;
  const auto stream = writer.open();
  const bool done = opj_setup_encoder(encoder.get(), &parameters, image.get()) &&
                    opj_start_compress(encoder.get(), image.get(), stream.get()) &&
                    opj_encode(encoder.get(), stream.get()) && opj_end_compress(encoder.get(), stream.get());
  if (!done) return failure(errc::internal, "JPEG 2000 can't code the frame: " + message);
  return std::move(writer.bytes);
}

} // namespace noctis
