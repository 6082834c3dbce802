#include "dicom/json/json.hpp"
#include "dicom/json/object.hpp"
#include "dicom/xml.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcjson.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <sstream>

// DCMTK's own JSON and XML of the real files beside ours. Known differences: DCMTK declares UTF-8 where a file has no
// character set, leaves a NUL at the end of values, and takes empty components off the end of names.

using namespace noctis;
using namespace noctis::test;

namespace {

using json_value = rapidjson::Value;

/// Returns the file as DCMTK reads it, in UTF-8 and without Pixel Data; nullptr where it can't.
std::unique_ptr<DcmFileFormat> read_by_dcmtk(const real_file& file) {
  auto dcmtk = std::make_unique<DcmFileFormat>();
  if (dcmtk->loadFile(file.path.c_str()).bad() || dcmtk->convertToUTF8().bad()) return nullptr;
  delete dcmtk->getDataset()->remove(DCM_PixelData);
  return dcmtk;
}

rapidjson::Document json_of(DcmDataset& data_set) {
  std::ostringstream out;
  DcmJsonFormatCompact format{OFFalse};
  rapidjson::Document result;
  if (data_set.writeJson(out, format).bad()) return result;
  const auto json = "{" + out.str() + "}";
  result.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  return result;
}

std::string rendered(const json_value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> out{buffer};
  value.Accept(out);
  return {buffer.GetString(), std::min<size_t>(buffer.GetSize(), 300)};
}

std::string text_without_end(const json_value& value) {
  auto text = text_of_value(value);
  text.erase(text.find_last_not_of(value.IsObject() ? "^" : std::string{'\0'}) + 1);
  return text;
}

bool is_same_value(const json_value& ours, const json_value& theirs) {
  if (!ours.IsNumber()) return text_without_end(ours) == text_without_end(theirs);
  const double number = theirs.IsNumber() ? theirs.GetDouble() : std::strtod(text_of_value(theirs).c_str(), nullptr);
  const bool is_same_single = static_cast<float>(number) == static_cast<float>(ours.GetDouble());
  return is_same_single || std::abs(number - ours.GetDouble()) <= 1e-7 * std::abs(number);
}

bool is_same(const json_value& ours, const json_value& theirs) {
  const auto a = ours.FindMember("Value");
  const auto b = theirs.FindMember("Value");
  if (a == ours.MemberEnd() || b == theirs.MemberEnd()) {
    const bool is_empty_name = a != ours.MemberEnd() && text_without_end(a->value[0]).empty();
    return ours == theirs || is_empty_name;
  }
  return ours["vr"] == theirs["vr"] &&
         std::equal(a->value.Begin(), a->value.End(), b->value.Begin(), b->value.End(), is_same_value);
}

/// Checks that `ours` has what `theirs` has; returns how many attributes were compared.
size_t compare(const json_value& ours, const json_value& theirs) {
  size_t count = 0;
  for (const auto& member : theirs.GetObject()) {
    const auto tag = tag_of_digits(member.name.GetString());
    const auto* mine = find_attribute(ours, tag);
    if (mine == nullptr && (tag == 0x00080005 || tag >> 16 == 0x0002 || is_pixel_data(tag))) continue;
    BOOST_TEST_REQUIRE(mine != nullptr, describe_tag(tag));
    if (vr_of(member.value, tag) != vr::SQ) {
      BOOST_TEST(is_same(*mine, member.value), describe_tag(tag) << ": " << rendered(*mine) << rendered(member.value));
      ++count;
      continue;
    }
    const auto items = items_of(ours, tag);
    const auto their_items = items_of(theirs, tag);
    BOOST_TEST_REQUIRE(items.size() == their_items.size(), describe_tag(tag));
    for (size_t i = 0; i < items.size(); ++i) count += compare(*items[i], *their_items[i]);
  }
  return count;
}

/// Returns what stands between "<" and ">" in `xml`, from its first attribute on.
std::string markup_of(const std::string& xml) {
  std::string result;
  for (auto at = xml.find("<DicomAttribute"); at != std::string::npos; at = xml.find('<', at + 1)) {
    const auto element = xml.substr(at, xml.find('>', at) - at);
    result += element.substr(0, element.find(" keyword=")) + ">";
  }
  return result;
}

/// Runs `check` on the JSON of every real file and what DCMTK reads in it.
template <class Check>
void for_each_file(Check check) {
  json_options options;
  options.inline_binary = options.inline_value = size_t{4} << 20;
  for (const auto& path : has_real_data() ? paths_under() : std::vector<std::filesystem::path>{}) {
    real_file file;
    // One has values of an odd length, which DCMTK pads.
    if (!load(path, file) || path.filename() == "nested_priv_SQ.dcm") continue;
    const auto theirs = read_by_dcmtk(file);
    const auto json = data_set_json(file.data_set(), file.data_set_size(), file.meta.transfer_syntax_uid, options);
    if (!theirs || !json) continue;
    BOOST_TEST_CONTEXT(path) check(*parse_json_object(*json), *theirs->getDataset());
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_conformance)

BOOST_AUTO_TEST_CASE(json_says_what_dcmtk_says) {
  size_t count = 0;
  for_each_file([&count](const json_value& ours, DcmDataset& data_set) { count += compare(ours, json_of(data_set)); });
  BOOST_TEST_MESSAGE(count << " attributes");
}

BOOST_AUTO_TEST_CASE(xml_has_the_elements_that_dcmtk_writes) {
  size_t same = 0;
  size_t different = 0;
  for_each_file([&](const json_value& ours, DcmDataset& data_set) {
    std::ostringstream out;
    if (data_set.writeXML(out, DCMTypes::XF_useNativeModel | DCMTypes::XF_encodeBase64).bad()) return;
    json_data_set declared{ours};
    declared.set(0x00080005, "ISO_IR 192");
    const auto a = markup_of(*native_model_xml(declared.str()));
    const auto b = markup_of(out.str());
    ++(a == b ? same : different);
  });
  // Empty phonetic names, private attributes without a creator, nested Pixel Data, an element of group 0002.
  BOOST_TEST(different <= 7);
  BOOST_TEST_MESSAGE(same << " files have the same elements");
}

BOOST_AUTO_TEST_SUITE_END()
