#include "dicom/pixels/data_set_rewriter.hpp"

#include "messages/errors.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <dcmtk/dcmdata/dcvrss.h>
#include <dcmtk/dcmdata/dcwcache.h>
#include <dcmtk/ofstd/ofuuid.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <utility>
#include <vector>

namespace noctis {

namespace {

E_TransferSyntax dcmtk_syntax(encoding how) {
  if (how.implicit_vr) return EXS_LittleEndianImplicit;
  return how.big_endian ? EXS_BigEndianExplicit : EXS_LittleEndianExplicit;
}

/// Gives elements that DCMTK would write as US, since implicit VR says no more, the SS that their numbers are.
void sign_values(DcmItem& item) {
  std::vector<DcmElement*> found;
  for (unsigned long i = 0; i < item.card(); ++i) {
    auto* element = item.getElement(i);
    if (element->getTag().getEVR() == EVR_xs) found.push_back(element);
    auto* sequence = element->ident() == EVR_SQ ? static_cast<DcmSequenceOfItems*>(element) : nullptr;
    for (unsigned long j = 0; sequence && j < sequence->card(); ++j) sign_values(*sequence->getItem(j));
  }
  for (auto* element : found) {
    Uint16* words = nullptr;
    if (element->getUint16Array(words).bad()) continue;
    const std::vector<Sint16> numbers(words, words + element->getLength() / 2);
    auto signs = std::make_unique<DcmSignedShort>(DcmTag(element->getTag().getXTag(), EVR_SS));
    signs->putSint16Array(numbers.data(), numbers.size());
    if (item.insert(signs.get(), OFTrue).good()) static_cast<void>(signs.release());
  }
}

const char* interpretation_of(const pixel_format& format, compression how) {
  const bool rgb = format.interpretation == photometric::rgb;
  if (rgb && (how == compression::jpeg_2000 || how == compression::htj2k || how == compression::htj2k_rpcl))
    return "YBR_RCT";
  if (format.samples == 3 && how == compression::jpeg_baseline) return "YBR_FULL_422";
  return to_string(format.interpretation).data();
}

/// The terms of Lossy Image Compression Method (PS3.3 C.7.6.1.1.5.1).
const char* lossy_method(compression how) {
  switch (how) {
  case compression::jpeg_ls_near:
    return "ISO_14495_1";
  case compression::jpeg_2000_lossy:
    return "ISO_15444_1";
  case compression::htj2k_lossy:
    return "ISO_15444_15";
  default:
    return "ISO_10918_1";
  }
}

void append_value(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  OFString all;
  item.findAndGetOFStringArray(tag, all);
  if (!all.empty()) all += "\\";
  all += value.c_str();
  item.putAndInsertOFStringArray(tag, all);
}

} // namespace

struct data_set_rewriter::contents {
  DcmDataset set;
};

data_set_rewriter::data_set_rewriter(std::unique_ptr<contents> read) : contents_(std::move(read)) {}
data_set_rewriter::~data_set_rewriter() = default;
data_set_rewriter::data_set_rewriter(data_set_rewriter&&) noexcept = default;
data_set_rewriter& data_set_rewriter::operator=(data_set_rewriter&&) noexcept = default;

caf::expected<data_set_rewriter> data_set_rewriter::read(const blob& bytes, encoding how) {
  auto result = std::make_unique<contents>();
  auto& set = result->set;
  DcmInputBufferStream stream;
  stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  stream.setEos();
  set.transferInit();
  const auto state = set.read(stream, dcmtk_syntax(how), EGL_noChange);
  set.transferEnd();
  if (state.bad() && state != EC_EndOfStream)
    return failure(errc::malformed_data_set, std::string{"the data set can't be read: "} + state.text());
  Uint16 pixels_are_signed = 0;
  set.findAndGetUint16(DCM_PixelRepresentation, pixels_are_signed);
  if (pixels_are_signed == 1) sign_values(set);
  return data_set_rewriter{std::move(result)};
}

void data_set_rewriter::set_pixel_module(const image_description& decoded, compression how) {
  auto& set = contents_->set;
  set.putAndInsertString(DCM_PhotometricInterpretation, interpretation_of(decoded.format, how));
  if (decoded.format.samples > 1) set.putAndInsertUint16(DCM_PlanarConfiguration, how == compression::rle ? 1 : 0);
}

void data_set_rewriter::set_lossy(compression how) {
  auto& set = contents_->set;
  if (!set.tagExistsWithValue(DCM_LossyImageCompressionMethod))
    set.putAndInsertString(DCM_LossyImageCompressionMethod, lossy_method(how));
  set.putAndInsertString(DCM_LossyImageCompression, "01");
}

std::string data_set_rewriter::make_derived(double ratio) {
  auto& set = contents_->set;
  OFString uid;
  OFUUID{}.toString(uid, OFUUID::ER_RepresentationOID);
  set.putAndInsertOFStringArray(DCM_SOPInstanceUID, uid);
  OFString type;
  set.findAndGetOFStringArray(DCM_ImageType, type);
  const auto rest = type.find('\\');
  set.putAndInsertOFStringArray(DCM_ImageType,
                                rest == OFString_npos ? "DERIVED\\PRIMARY" : "DERIVED" + type.substr(rest));
  std::array<char, 17> text{}; // a DS has 16 characters
  std::snprintf(text.data(), text.size(), "%.6g", ratio);
  append_value(set, DCM_LossyImageCompressionRatio, text.data());
  append_value(set, DCM_LossyImageCompressionMethod, lossy_method(compression::jpeg_baseline));
  set.putAndInsertString(DCM_LossyImageCompression, "01");
  return uid.c_str();
}

void data_set_rewriter::remove_stale() {
  const DcmTagKey stale[]{{0x7FE0, 0x0001}, {0x7FE0, 0x0002}, {0xFFFA, 0xFFFA}, {0xFFFC, 0xFFFC}};
  for (const auto& tag : stale) contents_->set.findAndDeleteElement(tag);
}

caf::error data_set_rewriter::write(encoding how, blob::buffer& out) {
  auto& set = contents_->set;
  std::vector<Uint8> piece(size_t{64} << 10);
  DcmOutputBufferStream stream{piece.data(), static_cast<offile_off_t>(piece.size())};
  DcmWriteCache cache;
  set.transferInit();
  OFCondition state;
  do {
    state = set.write(stream, dcmtk_syntax(how), EET_ExplicitLength, &cache, EGL_withoutGL, EPD_withoutPadding);
    void* data = nullptr;
    offile_off_t size = 0;
    stream.flushBuffer(data, size);
    const auto* bytes = static_cast<const Uint8*>(data);
    out.insert(out.end(), bytes, bytes + size);
  } while (state == EC_StreamNotifyClient);
  set.transferEnd();
  if (state.good()) return {};
  return failure(errc::internal, std::string{"the data set can't be written: "} + state.text());
}

} // namespace noctis
