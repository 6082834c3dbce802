#pragma once

#include <zlib.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace noctis {

/// A compressed piece of a text. Pieces that follow each other are one gzip member, whoever made them and when.
struct deflated {
  std::string bytes;   ///< deflate blocks (RFC 1951) that end at a byte, none of them the final one
  uint32_t crc = 0;    ///< CRC-32 of the text
  uint64_t length = 0; ///< of the text, bytes
};

/// Compresses a text that comes bit by bit.
class text_deflater {
public:
  text_deflater();
  void add(std::string_view text);
  deflated finish();

private:
  void run(int flush);

  z_stream stream_{};
  std::unique_ptr<z_stream, int (*)(z_stream*)> end_;
  deflated result_;
};

deflated deflate_text(std::string_view text);

/// Gives the text of a piece to `take` bit by bit, until that returns false. Returns false then, and for bytes that
/// are no such piece.
bool inflate_text(const deflated& piece, const std::function<bool(std::string_view)>& take);

/// Writes the frame of a gzip member (RFC 1952) around deflated pieces.
class gzip_frame {
public:
  /// What stands before the first piece.
  static std::string head();
  /// Counts a piece that was sent.
  void add(const deflated& piece);
  /// What stands behind the last.
  [[nodiscard]] std::string tail() const;

private:
  uint32_t crc_ = 0;
  uint64_t length_ = 0;
};

/// Whether an Accept-Encoding header allows gzip (RFC 9110 12.5.3).
bool accepts_gzip(const std::string& accept_encoding);

} // namespace noctis
