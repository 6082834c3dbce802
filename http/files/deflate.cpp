#include "http/files/deflate.hpp"

#include "http/request/accept.hpp"

#include <algorithm>
#include <array>
#include <new>

namespace noctis {

namespace {

constexpr int level = 2;         // what is read once should not wait for the compressor
constexpr int raw_window = -15;  // no zlib header
constexpr size_t bit = 64 << 10; // bytes

Bytef* bytes_of(const char* text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text)); }

void put_little_endian(std::string& to, uint32_t number) {
  for (int i = 0; i < 4; ++i, number >>= 8u) to += static_cast<char>(number & 0xFFu);
}

} // namespace

text_deflater::text_deflater() : end_(nullptr, deflateEnd) {
  if (deflateInit2(&stream_, level, Z_DEFLATED, raw_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  end_.reset(&stream_);
}

void text_deflater::run(int flush) {
  std::array<char, bit> buffer;
  do {
    stream_.next_out = bytes_of(buffer.data());
    stream_.avail_out = static_cast<uInt>(buffer.size());
    (void)::deflate(&stream_, flush);
    result_.bytes.append(buffer.data(), buffer.size() - stream_.avail_out);
  } while (stream_.avail_out == 0);
}

void text_deflater::add(std::string_view text) {
  while (!text.empty()) {
    const auto now = text.substr(0, size_t{1} << 30);
    text.remove_prefix(now.size());
    stream_.next_in = bytes_of(now.data());
    stream_.avail_in = static_cast<uInt>(now.size());
    result_.crc = static_cast<uint32_t>(crc32(result_.crc, stream_.next_in, stream_.avail_in));
    result_.length += now.size();
    run(Z_NO_FLUSH);
  }
}

deflated text_deflater::finish() {
  run(Z_SYNC_FLUSH);
  return std::move(result_);
}

deflated deflate_text(std::string_view text) {
  text_deflater compressor;
  compressor.add(text);
  return compressor.finish();
}

bool inflate_text(const deflated& piece, const std::function<bool(std::string_view)>& take) {
  z_stream stream{};
  if (inflateInit2(&stream, raw_window) != Z_OK) return false;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
  std::array<char, bit> buffer;
  stream.next_in = bytes_of(piece.bytes.data());
  stream.avail_in = static_cast<uInt>(piece.bytes.size());
  uint64_t length = 0;
  while (length < piece.length) {
    stream.next_out = bytes_of(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const auto state = ::inflate(&stream, Z_NO_FLUSH);
    const auto got = buffer.size() - stream.avail_out;
    if (state != Z_OK || got == 0) return false;
    length += got;
    if (!take({buffer.data(), got})) return false;
  }
  return length == piece.length;
}

std::string gzip_frame::head() { return {"\x1f\x8b\x08\0\0\0\0\0\0\xff", 10}; }

void gzip_frame::add(const deflated& piece) {
  crc_ = static_cast<uint32_t>(crc32_combine(crc_, piece.crc, static_cast<z_off_t>(piece.length)));
  length_ += piece.length;
}

std::string gzip_frame::tail() const {
  std::string result("\x03\0", 2); // an empty final block
  put_little_endian(result, crc_);
  put_little_endian(result, static_cast<uint32_t>(length_));
  return result;
}

bool accepts_gzip(const std::string& accept_encoding) {
  if (accept_encoding.empty()) return false;
  const auto ranges = parse_accept(accept_encoding);
  return std::any_of(ranges.begin(), ranges.end(), [](const auto& range) { return range.type == "gzip"; });
}

} // namespace noctis
