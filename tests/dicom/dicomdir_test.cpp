#include "dicom/json/object.hpp"
#include "dicom/objects/dicomdir.hpp"
#include "dicom/objects/directory_record.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcdicdir.h>
#include <dcmtk/dcmdata/dcdirrec.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace noctis;
using namespace noctis::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* ct = "1.2.840.10008.5.1.4.1.1.2";

json_data_set instance(const std::string& patient, const std::string& study, const std::string& series,
                       const std::string& uid) {
  json_data_set object;
  object.set(0x00080016, ct).set(0x00080018, uid).set(0x0020000D, study).set(0x0020000E, series);
  return object.set(0x00100020, patient).set(0x00100010, "Doe^" + patient).set(0x00080060, "CT");
}

caf::expected<std::string> add(dicomdir& directory, const json_data_set& object) {
  return directory.add(*parse_json_object(object.str()), explicit_little);
}

/// A folder that goes away with its files.
class folder {
public:
  folder() : path_(fs::temp_directory_path() / ("noctis-dicomdir-" + std::to_string(std::rand()))) {
    fs::create_directories(path_);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() { fs::remove_all(path_); }

  void write(const std::string& name, const std::vector<uint8_t>& bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                                        static_cast<std::streamsize>(bytes.size()));
  }

  [[nodiscard]] const fs::path& path() const { return path_; }

private:
  fs::path path_;
};

std::string text_of(DcmDirectoryRecord& record, const DcmTagKey& tag) {
  OFString text;
  record.findAndGetOFStringArray(tag, text);
  return text.c_str();
}

/// Checks the records under `parent` and gathers the files that they name.
void gather(DcmDirectoryRecord& parent, const fs::path& root, std::vector<std::string>& files) {
  for (unsigned long i = 0; i < parent.cardSub(); ++i) {
    auto* record = parent.getSub(i);
    BOOST_REQUIRE(record != nullptr);
    auto file = text_of(*record, DCM_ReferencedFileID);
    std::replace(file.begin(), file.end(), '\\', '/');
    if (!file.empty()) {
      files.push_back(file);
      DcmFileFormat referenced;
      BOOST_TEST(referenced.loadFile((root / file).c_str()).good(), file);
      OFString uid;
      referenced.getDataset()->findAndGetOFString(DCM_SOPInstanceUID, uid);
      BOOST_TEST(text_of(*record, DCM_ReferencedSOPInstanceUIDInFile) == uid.c_str());
    }
    gather(*record, root, files);
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(dicomdirs)

BOOST_AUTO_TEST_CASE(files_are_named_by_study_series_and_instance) {
  dicomdir directory{"NOCTIS"};
  BOOST_TEST(*add(directory, instance("P1", "1.1", "1.1.1", "1.1.1.1")) == "DICOM/ST00001/SE00001/IM00001");
  BOOST_TEST(*add(directory, instance("P1", "1.1", "1.1.1", "1.1.1.2")) == "DICOM/ST00001/SE00001/IM00002");
  BOOST_TEST(*add(directory, instance("P2", "1.2", "1.2.1", "1.2.1.1")) == "DICOM/ST00002/SE00001/IM00001");
  BOOST_TEST(*add(directory, instance("P1", "1.1", "1.1.2", "1.1.2.1")) == "DICOM/ST00001/SE00002/IM00001");
  BOOST_TEST(directory.instances() == 4);
  BOOST_TEST(reason_for(add(directory, instance("P1", "", "1.1.2", "1.1.2.1"))) ==
             "StudyInstanceUID (0020,000D) is missing or no UID");
}

BOOST_AUTO_TEST_CASE(dcmtk_walks_the_records_of_an_empty_and_of_a_large_directory) {
  for (const size_t count : {0, 1, 3000}) {
    dicomdir directory;
    for (size_t i = 0; i < count; ++i) {
      const auto study = "1." + std::to_string(1 + i % 7);
      BOOST_REQUIRE(add(directory, instance("P" + std::to_string(i % 7 % 3), study,
                                            study + "." + std::to_string(i % 11), "9." + std::to_string(i))));
    }
    folder place;
    place.write("DICOMDIR", *directory.bytes());
    DcmDicomDir theirs{(place.path() / "DICOMDIR").c_str()};
    BOOST_TEST(theirs.verify().good());
    size_t images = 0;
    auto& root = theirs.getRootRecord();
    BOOST_TEST(root.cardSub() == std::min<size_t>(count, 3));
    for (unsigned long p = 0; p < root.cardSub(); ++p) {
      for (unsigned long s = 0; s < root.getSub(p)->cardSub(); ++s) {
        auto* study = root.getSub(p)->getSub(s);
        for (unsigned long e = 0; e < study->cardSub(); ++e) images += study->getSub(e)->cardSub();
      }
    }
    BOOST_TEST(images == count);
  }
}

BOOST_AUTO_TEST_CASE(each_kind_of_instance_has_its_record) {
  const std::string root = "1.2.840.10008.5.1.4.1.1.";
  const auto type = [&root](const char* suffix) { return std::string{directory_record_type_of(root + suffix).name}; };
  BOOST_TEST(type("2") == "IMAGE");
  BOOST_TEST(type("66.4") == "IMAGE");
  BOOST_TEST(type("481.1") == "IMAGE");
  BOOST_TEST(type("481.2") == "RT DOSE");
  BOOST_TEST(type("88.33") == "SR DOCUMENT");
  BOOST_TEST(type("88.59") == "KEY OBJECT DOC");
  BOOST_TEST(type("11.1") == "PRESENTATION");
  BOOST_TEST(type("9.1.1") == "WAVEFORM");
  BOOST_TEST(type("104.1") == "ENCAP DOC");
  BOOST_TEST(type("66") == "RAW DATA");
}

BOOST_AUTO_TEST_CASE(a_file_set_of_real_files_is_one_for_dcmtk) {
  if (!has_real_data()) return;
  folder place;
  dicomdir directory{"REAL"};
  std::vector<std::string> names;
  for (const char* part : {"orthanc/Encodings", "pydicom", "ct-head-ge"}) {
    for (const auto& path : paths_under(part)) {
      real_file file;
      if (!load(path, file) || path.filename() == "DICOMDIR") continue;
      DcmFileFormat readable;
      if (readable.loadFile(path.c_str()).bad() || !readable.getDataset()->tagExists(DCM_SOPInstanceUID)) continue;
      const auto name = directory.add_file(file.bytes.data(), file.bytes.size());
      if (!name) continue;
      names.push_back(*name);
      place.write(*name, file.bytes);
    }
  }
  BOOST_TEST(names.size() > 100);
  place.write("DICOMDIR", *directory.bytes());
  DcmDicomDir theirs{(place.path() / "DICOMDIR").c_str()};
  BOOST_REQUIRE(theirs.error().good());
  std::vector<std::string> files;
  gather(theirs.getRootRecord(), place.path(), files);
  std::sort(files.begin(), files.end());
  std::sort(names.begin(), names.end());
  BOOST_TEST(files == names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
