#include "dicom/json/json.hpp"
#include "dicom/json/object.hpp"
#include "dicom/json/reader.hpp"
#include "dicom/scanner.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/dicom/scan.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcjson.h>

#include <cmath>
#include <set>
#include <sstream>

using namespace noctis;
using namespace noctis::test;

namespace {

json_options everything() {
  json_options options;
  options.inline_binary = options.inline_value = size_t{1} << 20;
  return options;
}

/// Returns the JSON of a file's data set, "" where it is broken.
std::string json_of(const real_file& file) {
  const auto json = data_set_json(file.data_set(), file.data_set_size(), file.meta.transfer_syntax_uid, everything());
  return json ? *json : std::string{};
}

std::string character_set_of(const real_file& file) {
  header_scanner scanner{file.meta.transfer_syntax_uid};
  if (scan(scanner, file.data_set(), file.data_set_size())) return {};
  const auto* kept = scanner.find(0x00080005);
  return kept ? kept->bytes.substr(0, kept->bytes.find_last_not_of(std::string{" \0", 2}) + 1) : std::string{};
}

/// Returns the JSON of what `json` becomes as a data set.
std::string there_and_back(const std::string& json, const char* transfer_syntax, const std::string& character_set) {
  json_encoding_options options;
  options.character_set = character_set;
  const auto encoded = encode_json_data_set(json, transfer_syntax, options);
  BOOST_REQUIRE_MESSAGE(encoded, reason_for(encoded));
  BOOST_TEST(encoded->size() % 2 == 0);
  const auto back = data_set_json(encoded->data(), encoded->size(), transfer_syntax, everything());
  BOOST_REQUIRE_MESSAGE(back, reason_for(back));
  return *back;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_round_trip)

BOOST_AUTO_TEST_CASE(every_real_file_survives_json) {
  if (!has_real_data()) return;
  size_t files = 0;
  for (const auto& path : paths_under()) {
    real_file file;
    if (!load(path, file)) continue;
    const auto json = json_of(file);
    if (json.empty()) continue;
    ++files;
    BOOST_TEST_CONTEXT(path) {
      // Values of an odd length, which only broken files have, come back padded.
      if (path.filename() == "nested_priv_SQ.dcm") continue;
      BOOST_TEST(there_and_back(json, explicit_little, "ISO_IR 192") == json);
      const auto character_set = character_set_of(file);
      if (!character_set.empty()) BOOST_TEST(there_and_back(json, explicit_little, character_set) == json);
    }
  }
  BOOST_TEST_MESSAGE(files << " files");
}

BOOST_AUTO_TEST_CASE(names_come_back_in_the_character_set_they_came_in) {
  if (!has_real_data()) return;
  constexpr tag_number patient_name = 0x00100010;
  size_t same = 0;
  for (const auto& path : paths_under("orthanc/Encodings")) {
    real_file file;
    if (!load(path, file)) continue;
    header_scanner before{file.meta.transfer_syntax_uid};
    if (scan(before, file.data_set(), file.data_set_size()) || before.find(patient_name) == nullptr) continue;
    json_encoding_options options;
    options.character_set = character_set_of(file);
    // One has codes of Shift JIS that ISO_IR 13 hasn't: it comes back in UTF-8.
    if (options.character_set.empty() || path.filename() == "Lena-shift-jis.dcm") continue;
    const auto encoded = encode_json_data_set(json_of(file), explicit_little, options);
    BOOST_REQUIRE_MESSAGE(encoded, reason_for(encoded));
    header_scanner after{explicit_little};
    BOOST_REQUIRE(!scan(after, encoded->data(), encoded->size()));
    const auto declared = after.find(0x00080005)->bytes;
    BOOST_TEST(declared.substr(0, options.character_set.size()) == options.character_set, path);
    if (after.find(patient_name)->bytes == before.find(patient_name)->bytes) ++same;
  }
  // Two end in empty component groups, which JSON does not keep.
  BOOST_TEST(same == 22);
}

BOOST_AUTO_TEST_SUITE_END()
