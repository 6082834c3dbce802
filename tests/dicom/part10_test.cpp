#include "dicom/part10.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcmetinf.h>

#include <string>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

const std::string ct = "1.2.840.10008.5.1.4.1.1.2";

std::vector<uint8_t> file_with(const data_set_builder& meta) {
  std::vector<uint8_t> bytes(128, 0);
  for (const char c : {'D', 'I', 'C', 'M'}) bytes.push_back(static_cast<uint8_t>(c));
  bytes.insert(bytes.end(), meta.bytes().begin(), meta.bytes().end());
  return bytes;
}

errc code_of_reading(const std::vector<uint8_t>& bytes, bool whole = true) {
  const auto reading = read_part10_meta(bytes.data(), bytes.size(), whole);
  return code_for(reading);
}

} // namespace

BOOST_AUTO_TEST_SUITE(part10)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  auto bytes = part10_preamble(ct, "1.2.3", explicit_little, "MODALITY", "NOCTIS");
  const auto length = bytes.size();
  BOOST_TEST(length % 2 == 0u);
  const auto data_set = data_set_builder{}.identity();
  bytes.insert(bytes.end(), data_set.bytes().begin(), data_set.bytes().end());
  const auto reading = read_part10_meta(bytes.data(), bytes.size(), true);
  BOOST_REQUIRE(reading);
  BOOST_TEST((reading->state == part10_state::complete));
  BOOST_TEST(reading->meta.data_set_offset == length);
  BOOST_TEST(reading->meta.sop_class_uid == ct);
  BOOST_TEST(reading->meta.sop_instance_uid == "1.2.3");
  BOOST_TEST(reading->meta.transfer_syntax_uid == explicit_little);
  BOOST_TEST(reading->meta.source_aet == "MODALITY");
}

BOOST_AUTO_TEST_CASE(dcmtk_reads_what_is_written) {
  auto bytes = part10_preamble(ct, "1.2.3", explicit_little, "MODALITY");
  const auto data_set = data_set_builder{}.identity();
  bytes.insert(bytes.end(), data_set.bytes().begin(), data_set.bytes().end());
  DcmInputBufferStream stream;
  stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  stream.setEos();
  DcmFileFormat file;
  file.transferInit();
  BOOST_TEST(file.read(stream).good());
  file.transferEnd();
  auto* meta = file.getMetaInfo();
  OFString text;
  BOOST_TEST(meta->findAndGetOFString(DCM_MediaStorageSOPInstanceUID, text).good());
  BOOST_TEST(text == "1.2.3");
  BOOST_TEST(meta->findAndGetOFString(DCM_ImplementationClassUID, text).good());
  BOOST_TEST(valid_uid(text.c_str()));
  BOOST_TEST(meta->findAndGetOFString(DCM_ImplementationVersionName, text).good());
  BOOST_TEST(text == "NOCTIS_0.1");
  Uint32 length = 0;
  BOOST_TEST(meta->findAndGetUint32(DCM_FileMetaInformationGroupLength, length).good());
  BOOST_TEST(length == bytes.size() - data_set.size() - 144);
}

BOOST_AUTO_TEST_CASE(a_prefix_needs_more_bytes) {
  const auto header = part10_preamble(ct, "1.2.3", explicit_little, "MODALITY");
  for (size_t size = 0; size < header.size() + 2; ++size) {
    auto bytes = header;
    bytes.resize(size, 0x08);
    const auto reading = read_part10_meta(bytes.data(), bytes.size(), false);
    BOOST_REQUIRE_MESSAGE(reading, size);
    BOOST_TEST((reading->state == part10_state::need_more), size);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_inside_its_header_is_truncated) {
  const auto header = part10_preamble(ct, "1.2.3", explicit_little, "MODALITY");
  const size_t last_element = header.size() - 16;
  for (size_t size = last_element + 1; size < header.size(); ++size) {
    const std::vector<uint8_t> cut{header.begin(), header.begin() + static_cast<long>(size)};
    BOOST_TEST((code_of_reading(cut) == errc::truncated_data_set), size);
  }
}

BOOST_AUTO_TEST_CASE(other_files_are_told_apart) {
  BOOST_TEST((code_of_reading({}) == errc::malformed_data_set));
  BOOST_TEST((code_of_reading(std::vector<uint8_t>(1000, 'x')) == errc::malformed_data_set));
  BOOST_TEST((code_of_reading(std::vector<uint8_t>(130, 'x'), false) == errc::malformed_data_set));
  const std::vector<uint8_t> text(1000, 'x');
  const auto reading = read_part10_meta(text.data(), text.size(), true);
  BOOST_TEST(reason_for(reading).find("not a DICOM Part 10 file") == 0u);
}

BOOST_AUTO_TEST_CASE(a_header_without_group_length_is_read) {
  const auto bytes = file_with(data_set_builder{}.text(0x00020010, "UI", "1.2.840.10008.1.2.1 ").identity());
  const auto reading = read_part10_meta(bytes.data(), bytes.size(), true);
  BOOST_REQUIRE(reading);
  BOOST_TEST(reading->meta.transfer_syntax_uid == explicit_little);
  BOOST_TEST(reading->meta.sop_class_uid.empty());
}

BOOST_AUTO_TEST_CASE(a_header_without_transfer_syntax_is_malformed) {
  BOOST_TEST((code_of_reading(file_with(data_set_builder{}.text(0x00020002, "UI", "1.2.3 ").identity())) ==
              errc::malformed_data_set));
}

BOOST_AUTO_TEST_CASE(a_header_that_claims_gigabytes_is_refused) {
  const auto bytes = file_with(data_set_builder{}.head(0x00020102, "OB", 0xFFFFFFFF));
  BOOST_TEST((code_of_reading(bytes, false) == errc::malformed_data_set));
  auto endless = file_with(data_set_builder{});
  while (endless.size() < max_part10_header + 70'000) {
    const auto b = data_set_builder{}.text(0x00020102, "OB", std::string(60'000, 'x'));
    endless.insert(endless.end(), b.bytes().begin(), b.bytes().end());
  }
  endless.pop_back();
  BOOST_TEST((code_of_reading(endless, false) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
