#include "dicom/transfer_syntax.hpp"

#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <unordered_map>

namespace noctis {

namespace {

constexpr encoding explicit_little{false, false, false};
constexpr encoding implicit_little{true, false, false};
constexpr encoding explicit_big{false, true, false};
constexpr encoding deflated_little{false, false, true};

constexpr transfer_syntax native(std::string_view uid, std::string_view name, encoding how) {
  return {uid, name, how, false, false};
}
constexpr transfer_syntax lossless(std::string_view uid, std::string_view name) {
  return {uid, name, explicit_little, true, false};
}
constexpr transfer_syntax lossy(std::string_view uid, std::string_view name) {
  return {uid, name, explicit_little, true, true};
}

} // namespace

const std::vector<transfer_syntax>& transfer_syntaxes() {
  static const std::vector<transfer_syntax> table{
      native("1.2.840.10008.1.2.1", "Explicit VR Little Endian", explicit_little),
      native("1.2.840.10008.1.2", "Implicit VR Little Endian", implicit_little),
      native("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", deflated_little),
      native("1.2.840.10008.1.2.2", "Explicit VR Big Endian (retired)", explicit_big),
      lossless("1.2.840.10008.1.2.5", "RLE Lossless"),
      lossless("1.2.840.10008.1.2.4.57", "JPEG Lossless, Non-Hierarchical (Process 14)"),
      lossless("1.2.840.10008.1.2.4.70", "JPEG Lossless, Non-Hierarchical, First-Order Prediction"),
      lossless("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
      lossless("1.2.840.10008.1.2.4.90", "JPEG 2000 (Lossless Only)"),
      lossless("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 (Lossless Only)"),
      lossless("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Options (Lossless Only)"),
      lossy("1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)"),
      lossy("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 & 4)"),
      lossy("1.2.840.10008.1.2.4.81", "JPEG-LS Lossy (Near-Lossless)"),
      lossy("1.2.840.10008.1.2.4.91", "JPEG 2000"),
      lossy("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
      lossless("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component (Lossless Only)"),
      lossy("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component"),
      lossy("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level"),
      lossy("1.2.840.10008.1.2.4.100.1", "Fragmentable MPEG2 Main Profile / Main Level"),
      lossy("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level"),
      lossy("1.2.840.10008.1.2.4.101.1", "Fragmentable MPEG2 Main Profile / High Level"),
      lossy("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1"),
      lossy("1.2.840.10008.1.2.4.102.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1"),
      lossy("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1"),
      lossy("1.2.840.10008.1.2.4.103.1", "Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1"),
      lossy("1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 High Profile / Level 4.2 for 2D Video"),
      lossy("1.2.840.10008.1.2.4.104.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 for 2D Video"),
      lossy("1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 High Profile / Level 4.2 for 3D Video"),
      lossy("1.2.840.10008.1.2.4.105.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 for 3D Video"),
      lossy("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2"),
      lossy("1.2.840.10008.1.2.4.106.1", "Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2"),
      lossy("1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile / Level 5.1"),
      lossy("1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile / Level 5.1"),
      lossless("1.2.840.10008.1.2.4.110", "JPEG XL Lossless"),
      lossy("1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression"),
      lossy("1.2.840.10008.1.2.4.112", "JPEG XL"),
      lossless("1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression"),
      native("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian", explicit_little),
      native("1.2.840.10008.1.2.4.94", "JPIP Referenced", explicit_little),
      native("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", deflated_little),
      native("1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", explicit_little),
      native("1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", deflated_little),
      native("1.2.840.10008.1.2.7.1", "SMPTE ST 2110-20 Uncompressed Progressive Active Video", explicit_little),
      native("1.2.840.10008.1.2.7.2", "SMPTE ST 2110-20 Uncompressed Interlaced Active Video", explicit_little),
      native("1.2.840.10008.1.2.7.3", "SMPTE ST 2110-30 PCM Digital Audio", explicit_little),
      lossy("1.2.840.10008.1.2.4.52", "JPEG Extended (Process 3 & 5) (retired)"),
      lossy("1.2.840.10008.1.2.4.53", "JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8) (retired)"),
      lossy("1.2.840.10008.1.2.4.54", "JPEG Spectral Selection, Non-Hierarchical (Process 7 & 9) (retired)"),
      lossy("1.2.840.10008.1.2.4.55", "JPEG Full Progression, Non-Hierarchical (Process 10 & 12) (retired)"),
      lossy("1.2.840.10008.1.2.4.56", "JPEG Full Progression, Non-Hierarchical (Process 11 & 13) (retired)"),
      lossless("1.2.840.10008.1.2.4.58", "JPEG Lossless, Non-Hierarchical (Process 15) (retired)"),
      lossy("1.2.840.10008.1.2.4.59", "JPEG Extended, Hierarchical (Process 16 & 18) (retired)"),
      lossy("1.2.840.10008.1.2.4.60", "JPEG Extended, Hierarchical (Process 17 & 19) (retired)"),
      lossy("1.2.840.10008.1.2.4.61", "JPEG Spectral Selection, Hierarchical (Process 20 & 22) (retired)"),
      lossy("1.2.840.10008.1.2.4.62", "JPEG Spectral Selection, Hierarchical (Process 21 & 23) (retired)"),
      lossy("1.2.840.10008.1.2.4.63", "JPEG Full Progression, Hierarchical (Process 24 & 26) (retired)"),
      lossy("1.2.840.10008.1.2.4.64", "JPEG Full Progression, Hierarchical (Process 25 & 27) (retired)"),
      lossless("1.2.840.10008.1.2.4.65", "JPEG Lossless, Hierarchical (Process 28) (retired)"),
      lossless("1.2.840.10008.1.2.4.66", "JPEG Lossless, Hierarchical (Process 29) (retired)"),
      native("1.2.840.10008.1.20", "Papyrus 3 Implicit VR Little Endian (retired)", implicit_little),
      native("1.2.840.113619.5.2", "GE Private Implicit VR Little Endian, big endian Pixel Data", implicit_little),
      native("1.3.46.670589.33.1.4.1", "Philips Private Explicit VR Little Endian", explicit_little),
  };
  return table;
}

const transfer_syntax* find_transfer_syntax(std::string_view uid) {
  static const auto by_uid = [] {
    std::unordered_map<std::string_view, const transfer_syntax*> result;
    for (const auto& syntax : transfer_syntaxes()) result.emplace(syntax.uid, &syntax);
    return result;
  }();
  const auto found = by_uid.find(uid);
  return found == by_uid.end() ? nullptr : found->second;
}

caf::expected<encoding> encoding_of(std::string_view uid) {
  if (const auto* known = find_transfer_syntax(uid)) return known->how;
  if (valid_uid(uid)) return explicit_little;
  return failure(errc::unsupported_transfer_syntax, "the transfer syntax is no UID: " + shown(uid));
}

} // namespace noctis
