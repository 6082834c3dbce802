#include "dicom/pixels/compression.hpp"

#include "dicom/transfer_syntax.hpp"

#include <string_view>

namespace noctis {

namespace {

struct coded_syntax {
  std::string_view uid;
  compression how;
};

constexpr coded_syntax coded[]{
    {"1.2.840.10008.1.2.1.98", compression::wrapped},
    {"1.2.840.10008.1.2.8.1", compression::deflated_frames},
    {"1.2.840.10008.1.2.5", compression::rle},
    {"1.2.840.10008.1.2.4.50", compression::jpeg_baseline},
    {"1.2.840.10008.1.2.4.51", compression::jpeg_extended},
    {"1.2.840.10008.1.2.4.53", compression::jpeg_extended},
    {"1.2.840.10008.1.2.4.55", compression::jpeg_extended},
    {"1.2.840.10008.1.2.4.57", compression::jpeg_lossless},
    {"1.2.840.10008.1.2.4.70", compression::jpeg_lossless_sv1},
    {"1.2.840.10008.1.2.4.80", compression::jpeg_ls},
    {"1.2.840.10008.1.2.4.81", compression::jpeg_ls_near},
    {"1.2.840.10008.1.2.4.90", compression::jpeg_2000},
    {"1.2.840.10008.1.2.4.91", compression::jpeg_2000_lossy},
    {"1.2.840.10008.1.2.4.201", compression::htj2k},
    {"1.2.840.10008.1.2.4.202", compression::htj2k_rpcl},
    {"1.2.840.10008.1.2.4.203", compression::htj2k_lossy},
};

constexpr std::string_view jpip_referenced = "1.2.840.10008.1.2.4."; ///< and the rest of JPEG's and JPEG 2000's arm
constexpr std::string_view smpte_referenced = "1.2.840.10008.1.2.7.";

bool begins_with(std::string_view uid, std::string_view stem) { return uid.substr(0, stem.size()) == stem; }

} // namespace

compression compression_of(std::string_view uid) {
  for (const auto& syntax : coded) {
    if (syntax.uid == uid) return syntax.how;
  }
  const auto* known = find_transfer_syntax(uid);
  const bool referenced = begins_with(uid, jpip_referenced) || begins_with(uid, smpte_referenced);
  return known && !known->encapsulated && !referenced ? compression::none : compression::unknown;
}

bool is_encodable(compression how) {
  switch (how) {
  case compression::none:
  case compression::rle:
  case compression::jpeg_baseline:
  case compression::jpeg_lossless_sv1:
  case compression::jpeg_ls:
  case compression::jpeg_2000:
  case compression::htj2k:
  case compression::htj2k_rpcl:
    return true;
  default:
    return false;
  }
}

bool may_be_lossy(compression how) {
  switch (how) {
  case compression::jpeg_baseline:
  case compression::jpeg_extended:
  case compression::jpeg_ls_near:
  case compression::jpeg_2000_lossy:
  case compression::htj2k_lossy:
    return true;
  default:
    return false;
  }
}

} // namespace noctis
