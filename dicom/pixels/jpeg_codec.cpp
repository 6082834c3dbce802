#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/samples.hpp"

#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

// libjpeg needs <cstdio> before it.
#include <jerror.h>
#include <jpeglib.h>

namespace noctis {

namespace {

constexpr const char* codec = "JPEG";
constexpr int most_scans = 200; ///< of a progressive JPEG, each of which costs a pass over the image

/// Errors of libjpeg: it must not return from one, so it jumps.
struct jpeg_errors : jpeg_error_mgr {
  jmp_buf back;
  bool damaged = false; ///< it went on where data was missing or wrong
  char text[JMSG_LENGTH_MAX] = "";

  jpeg_error_mgr* install() {
    jpeg_std_error(this);
    error_exit = [](j_common_ptr info) {
      auto& self = *static_cast<jpeg_errors*>(info->err);
      self.format_message(info, self.text);
      std::longjmp(self.back, 1);
    };
    emit_message = [](j_common_ptr info, int level) {
      auto& self = *static_cast<jpeg_errors*>(info->err);
      if (level >= 0 || self.damaged) return;
      const auto code = self.msg_code;
      self.damaged = code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_MUST_RESYNC;
      if (self.damaged) self.format_message(info, self.text);
    };
    output_message = [](j_common_ptr) {};
    return this;
  }
};

/// A codestream in memory, with an end that libjpeg finds even where it was forgotten.
struct jpeg_memory : jpeg_source_mgr {
  void install(const blob& coded) {
    static constexpr JOCTET end[]{0xFF, JPEG_EOI};
    next_input_byte = coded.data();
    bytes_in_buffer = coded.size();
    init_source = [](j_decompress_ptr) {};
    term_source = [](j_decompress_ptr) {};
    resync_to_restart = jpeg_resync_to_restart;
    fill_input_buffer = [](j_decompress_ptr info) -> boolean {
      info->src->next_input_byte = end;
      info->src->bytes_in_buffer = sizeof end;
      return TRUE;
    };
    skip_input_data = [](j_decompress_ptr info, long count) {
      auto& self = *info->src;
      const auto step = count < 0 ? 0 : static_cast<size_t>(count);
      if (step >= self.bytes_in_buffer) {
        self.fill_input_buffer(info);
        return;
      }
      self.next_input_byte += step;
      self.bytes_in_buffer -= step;
    };
  }
};

/// Owns libjpeg's decoder.
class jpeg_decoder {
public:
  explicit jpeg_decoder(const blob& coded) {
    info_.err = errors_.install();
    jpeg_create_decompress(&info_);
    memory_.install(coded);
    info_.src = &memory_;
  }
  ~jpeg_decoder() { jpeg_destroy_decompress(&info_); }
  jpeg_decoder(const jpeg_decoder&) = delete;
  jpeg_decoder& operator=(const jpeg_decoder&) = delete;

  /// Reads the header into `shape`. Returns false on an error; objects that are made in here would leak.
  bool read_header(coded_shape& shape) {
    if (setjmp(errors_.back)) return false;
    if (jpeg_read_header(&info_, TRUE) != JPEG_HEADER_OK) return false;
    shape = {info_.image_height, info_.image_width, static_cast<uint64_t>(info_.num_components),
             static_cast<uint64_t>(info_.data_precision)};
    return true;
  }

  /// Decodes all rows to `to`. Returns false on an error.
  bool decode(photometric said, uint8_t* to) {
    if (setjmp(errors_.back)) return false;
    choose_colours(said);
    info_.dct_method = JDCT_ISLOW;
    progress_.progress_monitor = [](j_common_ptr info) {
      if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most_scans) ERREXIT(info, JERR_BAD_SCAN_SCRIPT);
    };
    info_.progress = &progress_;
    jpeg_start_decompress(&info_);
    const auto stride = size_t{info_.output_width} * static_cast<size_t>(info_.output_components);
    while (info_.output_scanline < info_.output_height) {
      JSAMPROW row = to + info_.output_scanline * stride;
      jpeg_read_scanlines(&info_, &row, 1);
    }
    return !errors_.damaged;
  }

  [[nodiscard]] const char* reason() const { return errors_.text; }

private:
  /// An Adobe or JFIF marker says how colours are coded. Without one libjpeg guesses, and the header knows better.
  void choose_colours(photometric said) {
    if (info_.num_components != 3) return;
    const bool unmarked = !info_.saw_Adobe_marker && !info_.saw_JFIF_marker;
    if (unmarked) info_.jpeg_color_space = said == photometric::rgb ? JCS_RGB : JCS_YCbCr;
    info_.out_color_space = JCS_RGB;
  }

  jpeg_decompress_struct info_{};
  jpeg_errors errors_{};
  jpeg_memory memory_{};
  jpeg_progress_mgr progress_{};
};

/// Owns libjpeg's encoder and its output.
class jpeg_encoder {
public:
  jpeg_encoder() {
    info_.err = errors_.install();
    jpeg_create_compress(&info_);
  }
  ~jpeg_encoder() {
    jpeg_destroy_compress(&info_);
    std::free(bytes_);
  }
  jpeg_encoder(const jpeg_encoder&) = delete;
  jpeg_encoder& operator=(const jpeg_encoder&) = delete;

  bool encode(const uint8_t* samples, const pixel_format& format, int quality) {
    if (setjmp(errors_.back)) return false;
    jpeg_mem_dest(&info_, &bytes_, &size_);
    info_.image_width = format.columns;
    info_.image_height = format.rows;
    info_.input_components = format.samples;
    const auto colours = format.interpretation == photometric::ybr_full ? JCS_YCbCr : JCS_RGB;
    info_.in_color_space = format.samples == 3 ? colours : JCS_GRAYSCALE;
    jpeg_set_defaults(&info_);
    jpeg_set_quality(&info_, quality, TRUE);
    jpeg_start_compress(&info_, TRUE);
    const auto stride = size_t{format.columns} * format.samples;
    while (info_.next_scanline < info_.image_height) {
      auto* row = const_cast<JSAMPROW>(samples + info_.next_scanline * stride);
      jpeg_write_scanlines(&info_, &row, 1);
    }
    jpeg_finish_compress(&info_);
    return true;
  }

  [[nodiscard]] blob::buffer bytes() const { return {bytes_, bytes_ + size_}; }
  [[nodiscard]] const char* reason() const { return errors_.text; }

private:
  jpeg_compress_struct info_{};
  jpeg_errors errors_{};
  unsigned char* bytes_ = nullptr;
  unsigned long size_ = 0;
};

} // namespace

frame_buffer decode_jpeg_8(const blob& coded, const pixel_format& format) {
  jpeg_decoder decoder{coded};
  coded_shape shape;
  if (!decoder.read_header(shape)) return broken_codestream(codec, decoder.reason());
  if (auto err = check_shape(shape, format)) return err;
  blob::buffer result(format.frame_bytes());
  // Wider cells are filled from a row of bytes at their own end.
  const unsigned cell = format.bits_allocated / 8U;
  const auto samples = result.size() / cell;
  auto* narrow = result.data() + (result.size() - samples);
  if (!decoder.decode(format.interpretation, narrow)) return broken_codestream(codec, decoder.reason());
  if (cell > 1) {
    for (size_t i = 0; i < samples; ++i) write_cell(result.data() + i * cell, cell, narrow[i]);
  }
  return result;
}

frame_buffer encode_jpeg_8(const blob& samples, const pixel_format& format, int quality) {
  if (format.bits_allocated != 8)
    return failure(errc::unsupported_transfer_syntax,
                   "JPEG Baseline can't hold samples of " + std::to_string(format.bits_allocated) + " bits");
  if (auto err = check_encodable(samples, format, codec)) return err;
  jpeg_encoder encoder;
  if (!encoder.encode(samples.data(), format, quality))
    return failure(errc::internal, std::string{"JPEG can't code the frame: "} + encoder.reason());
  return encoder.bytes();
}

} // namespace noctis
