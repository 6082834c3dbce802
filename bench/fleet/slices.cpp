#include "bench/fleet/slices.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dctk.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace noctis::bench {

namespace {

constexpr std::size_t preamble_length = 132;
constexpr std::size_t group_length_element = 12;
constexpr std::size_t long_header = 12; // tag, VR, two reserved bytes, 32-bit length
constexpr std::size_t unique_digits = 23;

bytes little_endian(std::uint64_t value, std::size_t width) {
  bytes out;
  for (std::size_t i = 0; i < width; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  return out;
}

std::string text_of(DcmItem& item, const DcmTagKey& key) {
  OFString value;
  item.findAndGetOFString(key, value);
  return value.c_str();
}

/// Finds a value by its tag, both with and without an explicit VR before it. Length 0 when the head has no such value.
field find_field(const bytes& head, const DcmTagKey& key, const std::string& value) {
  bytes tag = little_endian(key.getGroup(), 2);
  for (auto byte : little_endian(key.getElement(), 2)) tag.push_back(byte);
  for (auto at = head.begin(); value.size() > 0;) {
    at = std::search(at, head.end(), tag.begin(), tag.end());
    if (at == head.end() || static_cast<std::size_t>(head.end() - at) < 8 + value.size()) break;
    if (std::equal(value.begin(), value.end(), at + 8))
      return {static_cast<std::size_t>(at - head.begin()) + 8, value.size()};
    ++at;
  }
  return {};
}

void set_body_length(bytes& head, std::uint64_t length) {
  const auto encoded = little_endian(length, 4);
  std::copy(encoded.begin(), encoded.end(), head.end() - 4);
}

/// Reads one file; false when it isn't the kind of image that the fleet can send.
bool load_slice(const std::filesystem::path& path, slice& out) {
  DcmFileFormat file;
  if (file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, 4096, ERM_fileOnly).bad()) return false;
  Uint32 meta_length = 0;
  DcmElement* pixels = nullptr;
  auto& set = *file.getDataset();
  if (file.getMetaInfo()->findAndGetUint32(DCM_FileMetaInformationGroupLength, meta_length).bad() ||
      set.findAndGetElement(DCM_PixelData, pixels).bad())
    return false;

  const auto start = preamble_length + group_length_element + meta_length;
  const auto file_size = std::filesystem::file_size(path);
  if (file_size <= start) return false;
  out.head.resize(file_size - start);
  std::ifstream in(path, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(start));
  if (!in.read(reinterpret_cast<char*>(out.head.data()), static_cast<std::streamsize>(out.head.size()))) return false;
  const std::size_t body_length = pixels->getLength();
  if (out.head.size() < body_length + long_header) return false;
  const auto body = out.head.end() - static_cast<std::ptrdiff_t>(body_length);
  const auto length = little_endian(body_length, 4);
  if (!std::equal(length.begin(), length.end(), body - 4)) return false;
  out.body.assign(body, out.head.end());
  out.head.erase(body, out.head.end());

  out.sop_class = text_of(set, DCM_SOPClassUID);
  out.transfer_syntax = text_of(*file.getMetaInfo(), DCM_TransferSyntaxUID);
  out.patient_id = find_field(out.head, DCM_PatientID, text_of(set, DCM_PatientID));
  out.study = find_field(out.head, DCM_StudyInstanceUID, text_of(set, DCM_StudyInstanceUID));
  out.series = find_field(out.head, DCM_SeriesInstanceUID, text_of(set, DCM_SeriesInstanceUID));
  out.instance = find_field(out.head, DCM_SOPInstanceUID, text_of(set, DCM_SOPInstanceUID));
  return out.study.length > 0 && out.series.length > 0 && out.instance.length > 0;
}

std::string padded(std::uint64_t number, std::size_t width) {
  auto digits = std::to_string(number);
  if (digits.size() > width) digits.erase(0, digits.size() - width);
  return std::string(width - digits.size(), '0') + digits;
}

/// Writes a UID of the same length over the old one: the old root stays where its last component has room for the
/// digits that make it unique, else the root is 2.25.
std::string replace_uid(bytes& head, const field& where, char kind, const identity& who, std::uint64_t counter) {
  const auto begin = head.begin() + static_cast<std::ptrdiff_t>(where.offset);
  std::string uid(begin, begin + static_cast<std::ptrdiff_t>(where.length));
  auto root = uid.rfind('.') + 1;
  if (uid.size() - root <= unique_digits) {
    uid.replace(0, std::min<std::size_t>(5, uid.size()), "2.25.");
    root = 5;
  }
  if (uid.size() <= root + unique_digits) throw std::runtime_error("UID too short to be made unique in place: " + uid);
  const auto digits = kind + padded(who.seed, 9) + padded(who.association, 4) + padded(counter, 9);
  uid = uid.substr(0, root) + '1' + std::string(uid.size() - root - 1 - unique_digits, '0') + digits;
  std::copy(uid.begin(), uid.end(), begin);
  return uid;
}

} // namespace

std::vector<slice> load_slices(const std::filesystem::path& folder, std::size_t size) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());

  std::vector<slice> slices;
  for (const auto& path : paths) {
    slice one;
    if (!load_slice(path, one)) continue;
    if (size > one.head.size()) {
      one.body.resize((size - one.head.size()) & ~std::size_t{1});
      set_body_length(one.head, one.body.size());
    }
    slices.push_back(std::move(one));
  }
  if (slices.empty()) throw std::runtime_error("no uncompressed Part 10 image in " + folder.string());
  return slices;
}

slice make_giant(const slice& frame, std::uint64_t size) {
  const auto frames = size / frame.body.size();
  if (frames == 0 || size >= 0xFFFFFFFFU)
    throw std::runtime_error("a giant instance has between one frame and 4 GiB of pixel data");
  DcmInputBufferStream in;
  in.setBuffer(frame.head.data(), static_cast<offile_off_t>(frame.head.size() - long_header));
  in.setEos();
  DcmDataset set;
  set.transferInit();
  if (set.read(in, DcmXfer(frame.transfer_syntax.c_str()).getXfer()).bad())
    throw std::runtime_error("the slice cannot be turned into a multi-frame image");
  set.transferEnd();
  set.putAndInsertString(DCM_NumberOfFrames, std::to_string(frames).c_str());

  slice giant = frame;
  giant.head.resize(frame.head.size() + 1024);
  DcmOutputBufferStream out(giant.head.data(), static_cast<offile_off_t>(giant.head.size()));
  set.transferInit();
  if (set.write(out, DcmXfer(frame.transfer_syntax.c_str()).getXfer(), EET_UndefinedLength, nullptr).bad())
    throw std::runtime_error("the multi-frame image cannot be encoded");
  set.transferEnd();
  giant.head.resize(static_cast<std::size_t>(out.tell()));
  giant.head.insert(giant.head.end(), frame.head.end() - long_header, frame.head.end());
  set_body_length(giant.head, frames * frame.body.size());
  for (auto [where, key] :
       {std::pair{&giant.patient_id, DCM_PatientID}, std::pair{&giant.study, DCM_StudyInstanceUID},
        std::pair{&giant.series, DCM_SeriesInstanceUID}, std::pair{&giant.instance, DCM_SOPInstanceUID}})
    *where = find_field(giant.head, key, text_of(set, key));
  return giant;
}

payload personalise(const slice& original, const identity& who, std::uint64_t body_length) {
  payload out;
  out.head = original.head;
  out.body = &original.body;
  out.body_length = body_length > 0 ? body_length : original.body.size();
  out.sop_class = original.sop_class;
  out.study = replace_uid(out.head, original.study, '1', who, who.study);
  replace_uid(out.head, original.series, '2', who, who.study);
  out.sop_instance = replace_uid(out.head, original.instance, '3', who, who.instance);
  if (original.patient_id.length >= 8) {
    const auto id = 'F' + padded(who.seed * 10000 + who.association, original.patient_id.length - 1);
    std::copy(id.begin(), id.end(), out.head.begin() + static_cast<std::ptrdiff_t>(original.patient_id.offset));
  }
  return out;
}

std::string checksum(const payload& data) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state{XXH3_createState(), &XXH3_freeState};
  XXH3_128bits_reset(state.get());
  XXH3_128bits_update(state.get(), data.head.data(), data.head.size());
  for (std::uint64_t done = 0; done < data.body_length;) {
    const auto part = std::min<std::uint64_t>(data.body->size(), data.body_length - done);
    XXH3_128bits_update(state.get(), data.body->data(), part);
    done += part;
  }
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
  std::string hex;
  for (auto byte : canonical.digest) {
    hex += "0123456789abcdef"[byte >> 4U];
    hex += "0123456789abcdef"[byte & 15U];
  }
  return hex;
}

} // namespace noctis::bench
