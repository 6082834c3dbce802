#include "dicom/pixels/deflate.hpp"

#include "messages/errors.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace noctis {

namespace {

constexpr int raw = -MAX_WBITS;
constexpr int memory_level = 8;
constexpr size_t piece_size = size_t{1} << 20;

/// Owns zlib's deflater.
struct deflater {
  z_stream stream{};
  bool ready = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw, memory_level, Z_DEFAULT_STRATEGY) == Z_OK;

  deflater() = default;
  deflater(const deflater&) = delete;
  deflater& operator=(const deflater&) = delete;
  ~deflater() {
    if (ready) deflateEnd(&stream);
  }
};

} // namespace

caf::error append_deflated(const blob::buffer& data_set, blob::buffer& out) {
  deflater zlib;
  if (!zlib.ready) return failure(errc::internal, "zlib can't begin");
  auto& stream = zlib.stream;
  const auto start = out.size();
  size_t taken = 0;
  int state = Z_OK;
  while (state == Z_OK) {
    if (stream.avail_in == 0 && taken < data_set.size()) {
      const auto piece = std::min<size_t>(data_set.size() - taken, std::numeric_limits<uInt>::max() / 2);
      stream.next_in = const_cast<Bytef*>(data_set.data() + taken);
      stream.avail_in = static_cast<uInt>(piece);
      taken += piece;
    }
    const auto at = out.size();
    out.resize(at + piece_size);
    stream.next_out = out.data() + at;
    stream.avail_out = static_cast<uInt>(piece_size);
    state = deflate(&stream, taken == data_set.size() ? Z_FINISH : Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  if (state != Z_STREAM_END) return failure(errc::internal, "zlib can't go on");
  if ((out.size() - start) % 2) out.push_back(0);
  return {};
}

} // namespace noctis
