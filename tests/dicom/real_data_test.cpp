#include "dicom/describe.hpp"
#include "dicom/header.hpp"
#include "dicom/json/json.hpp"
#include "dicom/scanner.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/dicom/scan.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

/// Runs `check` on every Part 10 file of the real data; returns how many there are.
template <class Check>
size_t for_each_file(Check check) {
  if (!has_real_data()) return 0;
  size_t count = 0;
  for (const auto& path : paths_under()) {
    real_file file;
    if (!load(path, file)) continue;
    ++count;
    BOOST_TEST_CONTEXT(path) check(file);
  }
  return count;
}

std::string without_padding(std::string text) {
  text.erase(text.find_last_not_of(std::string{" \0", 2}) + 1);
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(real_data)

BOOST_AUTO_TEST_CASE(the_scanner_accepts_what_dcmtk_reads_and_keeps_the_same_values) {
  // Files whose sequences reach beyond their container, which DCMTK overlooks.
  const std::set<std::string> broken{"DICOMDIR-nooffset"};
  size_t compared = 0;
  const auto files = for_each_file([&](const real_file& file) {
    DcmFileFormat dcmtk;
    if (dcmtk.loadFile(file.path.c_str()).bad()) return;
    header_scanner scanner{file.meta.transfer_syntax_uid};
    const auto err = scan(scanner, file.data_set(), file.data_set_size());
    if (broken.count(file.path.filename()) > 0) {
      BOOST_TEST((code_of(err) == errc::malformed_data_set));
      return;
    }
    BOOST_REQUIRE_MESSAGE(!err, reason_of(err));
    for (const auto tag : header_tags()) {
      DcmElement* theirs = nullptr;
      const DcmTagKey key{static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag & 0xFFFF)};
      const bool has = dcmtk.getDataset()->findAndGetElement(key, theirs).good();
      const auto* ours = scanner.find(tag);
      BOOST_TEST(has == (ours != nullptr), describe_tag(tag));
      if (!has || ours == nullptr) continue;
      ++compared;
      char* text = nullptr;
      if (theirs->isaString() && theirs->getString(text).good())
        BOOST_TEST(without_padding(text ? text : "") == without_padding(ours->bytes.substr(0, ours->bytes.find('\0'))),
                   describe_tag(tag));
    }
  });
  BOOST_TEST_MESSAGE(files << " files, " << compared << " values compared");
}

BOOST_AUTO_TEST_CASE(pieces_of_any_size_give_what_the_whole_gives) {
  for_each_file([](const real_file& file) {
    // Byte by byte costs time: the header, and what follows it in larger steps.
    const auto size = std::min<size_t>(file.data_set_size(), 64 << 10);
    header_scanner whole{file.meta.transfer_syntax_uid};
    const auto expected = scan(whole, file.data_set(), size);
    for (const size_t step : {1, 13, 4096}) {
      header_scanner pieces{file.meta.transfer_syntax_uid};
      const auto err = scan(pieces, file.data_set(), size, step);
      BOOST_TEST((code_of(err) == code_of(expected)));
      BOOST_TEST(reason_of(err) == reason_of(expected));
      BOOST_TEST((pieces.kept() == whole.kept()));
      BOOST_TEST((pieces.pixel_data_offset() == whole.pixel_data_offset()));
    }
  });
}

BOOST_AUTO_TEST_CASE(a_file_cut_short_is_never_taken_for_whole) {
  for_each_file([](const real_file& file) {
    header_scanner whole{file.meta.transfer_syntax_uid};
    if (scan(whole, file.data_set(), file.data_set_size()) || !whole.has_pixel_data()) return;
    const auto pixels = whole.pixel_data_offset().value_or(0);
    const auto last = file.data_set_size() - 1;
    for (const auto size : {pixels + 1, pixels + 9, (pixels + last) / 2, last}) {
      if (size > last) continue;
      header_scanner cut{file.meta.transfer_syntax_uid};
      const auto err = scan(cut, file.data_set(), size);
      // A cut may fall between two elements after Pixel Data.
      const bool has_all_pixels = !err && cut.has_pixel_data();
      BOOST_TEST(
          (has_all_pixels || code_of(err) == errc::truncated_data_set || code_of(err) == errc::malformed_data_set));
      if (size < (pixels + last) / 2) BOOST_TEST((code_of(err) != errc::none));
    }
  });
}

BOOST_AUTO_TEST_CASE(the_header_of_every_file_is_valid_utf_8_json) {
  std::map<std::string, int> counts;
  for_each_file([&counts](const real_file& file) {
    header_scanner scanner{file.meta.transfer_syntax_uid};
    if (scan(scanner, file.data_set(), file.data_set_size())) return;
    const auto json = data_set_json(file.data_set(), file.data_set_size(), file.meta.transfer_syntax_uid);
    BOOST_REQUIRE_MESSAGE(json, reason_for(json));
    rapidjson::Document parsed;
    parsed.Parse<rapidjson::kParseValidateEncodingFlag>(json->data(), json->size());
    BOOST_TEST(!parsed.HasParseError());
    const auto description = describe_data_set(file.data_set(), file.data_set_size(), file.meta.transfer_syntax_uid);
    BOOST_REQUIRE_MESSAGE(description, reason_for(description));
    parsed.Parse<rapidjson::kParseValidateEncodingFlag>(description->data(), description->size());
    BOOST_TEST(!parsed.HasParseError());
    ++counts[to_string(code_of(validate(read_header(scanner, file.meta.transfer_syntax_uid))))];
  });
  for (const auto& [code, count] : counts) BOOST_TEST_MESSAGE(code << ": " << count);
}

BOOST_AUTO_TEST_CASE(one_patient_in_every_character_set) {
  if (!has_real_data()) return;
  const std::map<std::string, std::string> names{
      {"SCSARAB", "قباني^لنزار"},
      {"SCSFREN", "Buc^Jérôme"},
      {"SCSGERM", "Äneas^Rüdiger"},
      {"SCSGREEK", "Διονυσιος"},
      {"SCSH31", "Yamada^Tarou=山田^太郎=やまだ^たろう"},
      {"SCSH32", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"},
      {"SCSHBRW", "שרון^דבורה"},
      {"SCSI2", "Hong^Gildong=洪^吉洞=홍^길동"},
      {"SCSRUSS", "Люкceмбypг"},
      {"SCSX1", "Wang^XiaoDong=王^小東"},
      {"SCSX2", "Wang^XiaoDong=王^小东"},
      {"ISO_IR13.dcm", "Anonymized49"},
      {"Lena-arabic.dcm", "Test-ص"},
      {"Lena-ascii.dcm", "Test-"},
      {"Lena-cyrillic.dcm", "Test-Дћ"},
      {"Lena-greek.dcm", "Test-Θ"},
      {"Lena-hebrew.dcm", "Test-ד"},
      {"Lena-latin1.dcm", "Test-éüäöò"},
      {"Lena-latin2.dcm", "Test-éüäö"},
      {"Lena-latin3.dcm", "Test-éüäöòĝİ"},
      {"Lena-latin4.dcm", "Test-éüäöķ"},
      {"Lena-latin5.dcm", "Test-éüäöòİ"},
      {"Lena-shift-jis.dcm", "Test-ДΘﾈ"},
      {"Lena-tis-620.dcm", "Test-๛"},
      {"Lena-utf8.dcm", "Test-éüäöòДΘĝדصķћ๛ﾈİ"},
  };
  size_t found = 0;
  for (const auto& path : paths_under("orthanc/Encodings")) {
    const auto expected = names.find(path.filename());
    real_file file;
    if (expected == names.end() || !load(path, file)) continue;
    ++found;
    header_scanner scanner{file.meta.transfer_syntax_uid};
    BOOST_REQUIRE(!scan(scanner, file.data_set(), file.data_set_size()));
    const auto header = read_header(scanner, file.meta.transfer_syntax_uid);
    BOOST_TEST(header.patient.name == expected->second, path);
  }
  BOOST_TEST(found == names.size());
}

BOOST_AUTO_TEST_SUITE_END()
