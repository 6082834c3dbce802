#pragma once

#include <cstdint>
#include <string_view>

namespace noctis {

/// How the pixels of a transfer syntax are coded.
enum class compression : uint8_t {
  none,    ///< native
  wrapped, ///< native frames in fragments (Encapsulated Uncompressed)
  deflated_frames,
  rle,
  jpeg_baseline,
  jpeg_extended,
  jpeg_lossless,     ///< any predictor
  jpeg_lossless_sv1, ///< first-order prediction
  jpeg_ls,
  jpeg_ls_near,
  jpeg_2000,
  jpeg_2000_lossy,
  htj2k,
  htj2k_rpcl,
  htj2k_lossy,
  unknown, ///< video and what else this system doesn't decode
};

/// Returns the compression of transfer syntax `uid`.
compression compression_of(std::string_view uid);

/// Returns whether frames can be coded with `how`.
bool is_encodable(compression how);

/// Returns whether what is coded with `how` may have lost information.
bool may_be_lossy(compression how);

/// Transfer syntaxes whose data sets are written by this system.
namespace syntaxes {
inline constexpr std::string_view implicit_little = "1.2.840.10008.1.2";
inline constexpr std::string_view explicit_little = "1.2.840.10008.1.2.1";
inline constexpr std::string_view deflated_little = "1.2.840.10008.1.2.1.99";
} // namespace syntaxes

} // namespace noctis
