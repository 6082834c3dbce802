#include "tests/dicom/objects/support.hpp"

#include <dcmtk/dcmdata/dcistrmb.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace noctis::test {

namespace {

constexpr auto ct_image = "1.2.840.10008.5.1.4.1.1.2";
constexpr auto series_of_images = "1.2.826.0.1.3680043.10.543.2.1";

} // namespace

object_subject subject() {
  object_subject result;
  result.patient = {"P1", "HOSPITAL", "Müller^Jürgen=山田^太郎", "19700131", "M"};
  result.study.uid = "1.2.826.0.1.3680043.10.543.1.1";
  result.study.id = "S1";
  result.study.date = "20240131";
  result.study.time = "102030";
  result.study.accession_number = "A1";
  result.study.description = "CT HEAD";
  result.study.referring_physician = "Who^Doctor";
  result.institution = "St. Elsewhere";
  result.frame_of_reference_uid = frame_of_reference;
  return result;
}

object_identity identity(int number) {
  object_identity result;
  result.sop_instance_uid = "2.25.1234567890123456789012345678901234" + std::to_string(500 + number);
  result.series_uid = "2.25.1234567890123456789012345678901234" + std::to_string(600 + number);
  result.series_number = 9100 + number;
  result.at = 1'706'696'430'000;
  return result;
}

object_reference image(int number, int32_t frame) {
  return {"", series_of_images, ct_image, "1.2.826.0.1.3680043.10.543.3." + std::to_string(number), frame};
}

std::unique_ptr<DcmFileFormat> read_back(const std::string& name, const caf::expected<made_object>& object) {
  if (!object) BOOST_FAIL(reason_of(object.error()));
  if (const auto* folder = std::getenv("NOCTIS_KEEP_REPORTS"))
    std::ofstream{std::filesystem::path{folder} / name, std::ios::binary}.write(
        reinterpret_cast<const char*>(object->file.data()), static_cast<std::streamsize>(object->file.size()));
  auto result = std::make_unique<DcmFileFormat>();
  DcmInputBufferStream stream;
  stream.setBuffer(object->file.data(), static_cast<offile_off_t>(object->file.size()));
  stream.setEos();
  result->transferInit();
  const auto read = result->read(stream);
  result->transferEnd();
  BOOST_REQUIRE_MESSAGE(read.good(), read.text());
  BOOST_REQUIRE(result->loadAllDataIntoMemory().good());
  return result;
}

std::string text(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  return value.c_str();
}

DcmItem& nested(DcmItem& item, const DcmTagKey& tag, size_t number) {
  DcmItem* found = nullptr;
  if (item.findAndGetSequenceItem(tag, found, static_cast<signed long>(number)).bad())
    BOOST_FAIL("there is no item " << number << " in " << tag.toString().c_str());
  return *found;
}

} // namespace noctis::test
