#include "dicom/deflate.hpp"

#include "dicom/inflater.hpp"
#include "messages/errors.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace noctis {

caf::expected<std::vector<uint8_t>> inflate_whole(const uint8_t* data, size_t size) {
  std::vector<uint8_t> result;
  inflater stream{scan_limits{}};
  auto err = stream.feed(data, size, [&result](const uint8_t* bytes, size_t count) {
    result.insert(result.end(), bytes, bytes + count);
    return caf::error{};
  });
  if (err) return err;
  if (!stream.ended()) return failure(errc::truncated_data_set, "the data set ends inside its deflate stream");
  return result;
}

std::vector<uint8_t> deflate_whole(const std::vector<uint8_t>& data_set) {
  constexpr int raw = -MAX_WBITS;
  constexpr int memory = 8;
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw, memory, Z_DEFAULT_STRATEGY);
  std::vector<uint8_t> result;
  uint8_t piece[64 << 10];
  size_t at = 0;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    if (stream.avail_in == 0) {
      const auto count = std::min<size_t>(data_set.size() - at, std::numeric_limits<uInt>::max());
      stream.next_in = const_cast<Bytef*>(data_set.data() + at); // zlib only reads it
      stream.avail_in = static_cast<uInt>(count);
      at += count;
    }
    stream.next_out = piece;
    stream.avail_out = sizeof piece;
    state = ::deflate(&stream, at == data_set.size() ? Z_FINISH : Z_NO_FLUSH);
    result.insert(result.end(), piece, stream.next_out);
  }
  deflateEnd(&stream);
  if (result.size() % 2 != 0) result.push_back(0);
  return result;
}

} // namespace noctis
