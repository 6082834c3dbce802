#include "dicom/inflater.hpp"

#include "messages/errors.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace noctis {

namespace {

// Padding, and the check value and size that some writers append (RFC 1950, RFC 1952).
constexpr uint64_t longest_trailer = 16;

} // namespace

struct inflater::stream {
  stream() { ready = inflateInit2(&z, -MAX_WBITS) == Z_OK; }
  ~stream() {
    if (ready) inflateEnd(&z);
  }
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;

  z_stream z{};
  bool ready = false;
  std::array<uint8_t, size_t{32} << 10> out;
};

inflater::inflater(scan_limits limits) : stream_(std::make_unique<stream>()), limits_(limits) {}
inflater::~inflater() = default;
inflater::inflater(inflater&&) noexcept = default;
inflater& inflater::operator=(inflater&&) noexcept = default;

caf::error inflater::check_limits() const {
  if (given_ > limits_.inflated)
    return failure(errc::limit_exceeded,
                   "the deflated data set inflates to more than " + std::to_string(limits_.inflated) + " bytes");
  if (given_ > limits_.inflate_ratio_from && given_ / limits_.inflate_ratio > taken_)
    return failure(errc::limit_exceeded, "the deflated data set inflates to more than " +
                                             std::to_string(limits_.inflate_ratio) + " times its size");
  return caf::none;
}

caf::error inflater::feed(const uint8_t* data, size_t size, const consumer& out) {
  if (!stream_->ready) return failure(errc::overloaded, "no memory to inflate the data set");
  auto& z = stream_->z;
  const uint8_t* const end = data + size;
  while (!ended_ && data != end) {
    const auto piece = std::min<size_t>(static_cast<size_t>(end - data), std::numeric_limits<uInt>::max());
    z.next_in = const_cast<Bytef*>(data); // zlib's interface has no const; it only reads
    z.avail_in = static_cast<uInt>(piece);
    do {
      z.next_out = stream_->out.data();
      z.avail_out = static_cast<uInt>(stream_->out.size());
      const uInt before = z.avail_in;
      const int state = inflate(&z, Z_NO_FLUSH);
      taken_ += before - z.avail_in;
      const size_t produced = stream_->out.size() - z.avail_out;
      given_ += produced;
      if (auto err = check_limits()) return err;
      if (produced > 0) {
        if (auto err = out(stream_->out.data(), produced)) return err;
      }
      if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
        return failure(errc::malformed_data_set, "the data set is not a deflate stream, or a broken one");
      ended_ = state == Z_STREAM_END;
    } while (!ended_ && z.avail_out == 0);
    data += piece - z.avail_in;
  }
  trailing_ += static_cast<uint64_t>(end - data);
  if (trailing_ > longest_trailer)
    return failure(errc::malformed_data_set, "more than " + std::to_string(longest_trailer) +
                                                 " bytes follow the end of the deflate stream at byte " +
                                                 std::to_string(taken_));
  return caf::none;
}

} // namespace noctis
