#include "dicom/deidentification/deidentify.hpp"
#include "dicom/deidentification/table.hpp"
#include "dicom/part10.hpp"
#include "dicom/scanner.hpp"
#include "dicom/text.hpp"
#include "dicom/vr.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/dicom/scan.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

using namespace noctis;
using namespace noctis::test;
using namespace std::string_view_literals;

namespace {

constexpr const char* ct = "1.2.840.10008.5.1.4.1.1.2";

std::vector<uint8_t> file_of(const data_set_builder& data_set, const char* transfer_syntax = explicit_little) {
  auto file = part10_preamble(ct, "1.2.3.4", transfer_syntax, "SECRETSOURCE");
  file.insert(file.end(), data_set.bytes().begin(), data_set.bytes().end());
  return file;
}

deidentification with(const char* profile) {
  deidentification how;
  how.profile = *parse_profile(profile);
  how.secret = "a secret of the tests";
  how.allows_burned_in = true;
  return how;
}

/// A de-identified file.
struct outcome {
  std::vector<uint8_t> bytes;
  part10_meta meta;
  header_scanner scanned{explicit_little};

  [[nodiscard]] std::string operator[](tag_number tag) const {
    const auto* kept = scanned.find(tag);
    return kept == nullptr ? "absent" : std::string{trimmed(kept->bytes)};
  }
  [[nodiscard]] bool holds(std::string_view text) const {
    return std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end();
  }
};

outcome read(std::vector<uint8_t> file, std::vector<tag_number> tags) {
  outcome result;
  result.bytes = std::move(file);
  const auto reading = read_part10_meta(result.bytes.data(), result.bytes.size(), true);
  BOOST_REQUIRE_MESSAGE(reading, reason_for(reading));
  result.meta = reading->meta;
  std::sort(tags.begin(), tags.end());
  scan_limits limits;
  limits.kept_total = size_t{10} << 20;
  result.scanned = header_scanner{result.meta.transfer_syntax_uid, tags, limits};
  const auto err = scan(result.scanned, result.bytes.data() + result.meta.data_set_offset,
                        result.bytes.size() - result.meta.data_set_offset);
  BOOST_REQUIRE_MESSAGE(!err, reason_of(err));
  return result;
}

outcome deidentified(const data_set_builder& b, const char* profile, const std::vector<tag_number>& tags = {},
                     const char* transfer_syntax = explicit_little) {
  const auto file = file_of(b, transfer_syntax);
  auto result = deidentify(file.data(), file.size(), with(profile));
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  return read(std::move(*result), tags);
}

/// Returns a value that would give somebody away.
std::string telling_value(tag_number tag, vr representation) {
  switch (representation) {
  case vr::UI:
    return "1.2.77." + std::to_string(tag);
  case vr::DA:
    return "19760512";
  case vr::DT:
    return "19760512101112";
  case vr::TM:
    return "101112";
  case vr::AS:
    return "047Y";
  case vr::DS:
  case vr::IS:
    return "47";
  default:
    return "SECRET" + tag_digits(tag);
  }
}

/// Writes an element for a row of the table; a sequence with a name in its item.
void write_row(data_set_builder& b, const deidentification_row& row) {
  auto representation = dictionary_vr(row.tag);
  if (representation == vr::UN) representation = vr::LO;
  if (representation == vr::SQ) {
    b.head(row.tag, "SQ", undefined_length).item().text(0x00100010, "PN", "SECRETNAME").end_item().end_sequence();
    return;
  }
  auto value = telling_value(row.tag, representation);
  if (value.size() % 2 != 0) value += ' ';
  b.text(row.tag, letters_of(representation), value);
}

std::vector<deidentification_row> top_level_rows() {
  std::vector<deidentification_row> result;
  for (const auto& row : deidentification_rows()) {
    const auto group = row.tag >> 16;
    if (group > 0x0008 || row.tag >= 0x00080012) result.push_back(row);
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.tag < b.tag; });
  return result;
}

constexpr tag_number study_uid = 0x0020000D;
constexpr tag_number study_date = 0x00080020;
constexpr tag_number series_description = 0x0008103E;

} // namespace

BOOST_AUTO_TEST_SUITE(deidentify_files)

BOOST_AUTO_TEST_CASE(every_row_of_the_table_acts) {
  data_set_builder b;
  std::vector<tag_number> tags;
  for (const auto& row : top_level_rows()) {
    write_row(b, row);
    tags.push_back(row.tag);
  }
  const auto result = deidentified(b, "basic", tags);
  for (const char* text : {"SECRET", "1.2.77.", "1.2.3.4", "1976", "047Y"}) BOOST_TEST(!result.holds(text), text);
  for (const auto& row : top_level_rows()) {
    const auto value = result[row.tag];
    const auto representation = dictionary_vr(row.tag);
    BOOST_TEST_CONTEXT(describe_tag(row.tag)) {
      if (row.action == deidentification_action::remove) BOOST_TEST(value == "absent");
      if (representation == vr::SQ) continue;
      if (row.action == deidentification_action::empty && row.tag != 0x00100010) BOOST_TEST(value == "");
      if (row.action == deidentification_action::dummy) BOOST_TEST(value != "absent");
      if (row.action == deidentification_action::new_uid)
        BOOST_TEST(value == deidentified_uid(telling_value(row.tag, vr::UI), with("basic").secret));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_option_keeps_or_cleans_its_rows) {
  data_set_builder b;
  std::vector<tag_number> tags;
  for (const auto& row : top_level_rows()) {
    write_row(b, row);
    tags.push_back(row.tag);
  }
  for (const char* option : {"uids", "device", "institution", "patient", "dates"}) {
    const auto profile = std::string{"basic+"} + option;
    const auto result = deidentified(b, profile.c_str(), tags);
    const auto bit = parse_profile(profile)->options;
    size_t kept = 0;
    for (const auto& row : top_level_rows()) {
      const auto representation = dictionary_vr(row.tag);
      if ((row.keeping & bit) == 0 || representation == vr::SQ) continue;
      const auto expected = telling_value(row.tag, representation == vr::UN ? vr::LO : representation);
      BOOST_TEST(result[row.tag] == expected, option << " " << describe_tag(row.tag));
      ++kept;
    }
    BOOST_TEST(kept > 5, option);
  }
}

BOOST_AUTO_TEST_CASE(uids_are_replaced_alike_in_all_that_refers_to_them) {
  const auto result = deidentified(data_set_builder{}
                                       .identity("1.2.3.4")
                                       .head(0x00081140, "SQ", undefined_length)
                                       .item()
                                       .text(0x00081150, "UI", "1.2.840.10008.5.1.4.1.1.2\0"sv)
                                       .text(0x00081155, "UI", "1.2.3.4\0"sv)
                                       .end_item()
                                       .end_sequence(),
                                   "basic", {0x00080016, 0x00080018, study_uid});
  const auto uid = deidentified_uid("1.2.3.4", with("basic").secret);
  BOOST_TEST(result[0x00080018] == uid);
  BOOST_TEST(result.meta.sop_instance_uid == uid);
  BOOST_TEST(result[0x00080016] == "1.2.840.10008.5.1.4.1.1.7");
  BOOST_TEST(result.holds(ct));
  const auto again = std::string_view{reinterpret_cast<const char*>(result.bytes.data()), result.bytes.size()};
  size_t count = 0;
  for (auto at = again.find(uid); at != std::string_view::npos; at = again.find(uid, at + 1)) ++count;
  BOOST_TEST(count == 3);
  BOOST_TEST(deidentified_uid("1.2.3.4", "another") != uid);
  BOOST_TEST(uid.size() <= 44);
}

BOOST_AUTO_TEST_CASE(pseudonyms_and_shifted_dates_are_the_same_for_all_of_a_patient) {
  const auto instance = [](const char* uid, const char* date) {
    return data_set_builder{}
        .text(0x00080018, "UI", uid)
        .text(study_date, "DA", date)
        .text(0x00080030, "TM", "1011")
        .text(0x00100010, "PN", "Doe^John")
        .text(0x00100020, "LO", "P1")
        .text(0x00100030, "DA", "19700101");
  };
  const std::vector<tag_number> tags{study_date, 0x00080030, 0x00100010, 0x00100020, 0x00100030, 0x00280303};
  const auto one = deidentified(instance("1.2", "20200301"), "basic+modified-dates", tags);
  const auto two = deidentified(instance("1.4", "20200302"), "basic+modified-dates", tags);
  BOOST_TEST(one[0x00100020] == two[0x00100020]);
  BOOST_TEST(one[0x00100010] == one[0x00100020]);
  BOOST_TEST(one[0x00100020].size() == 16);
  BOOST_TEST(one[0x00100030] == "");
  BOOST_TEST(one[0x00080030] == "1011");
  BOOST_TEST(one[0x00280303] == "MODIFIED");
  BOOST_TEST(one[study_date] < "20200301");
  BOOST_TEST(one[study_date] >= "2010");
  BOOST_TEST(normalized_date(one[study_date]) == one[study_date]);
  BOOST_TEST(one[study_date] < two[study_date]);
}

BOOST_AUTO_TEST_CASE(cleaned_texts_lose_the_words_that_identify) {
  const auto result = deidentified(data_set_builder{}
                                       .text(0x00080005, "CS", "ISO_IR 100")
                                       .text(0x00080090, "PN", "M\xFCller^Eva ")
                                       .text(series_description, "LO", "Thorax DOE, for Dr muller 12.5.1976")
                                       .text(0x00100010, "PN", "Doe^John")
                                       .text(0x00100020, "LO", "P77"),
                                   "basic+descriptors", {series_description});
  BOOST_TEST(result[series_description] == "Thorax , for Dr  12.5.");
}

BOOST_AUTO_TEST_CASE(private_attributes_go_but_for_safe_ones_when_wanted) {
  const auto b = data_set_builder{}
                     .text(0x00190010, "LO", "SIEMENS MR HEADER ")
                     .text(0x00190011, "LO", "ACME")
                     .text(0x0019100C, "IS", "50")
                     .text(0x00191012, "LO", "SECRET")
                     .text(0x0019110C, "IS", "51")
                     .text(0x00220001, "LO", "SECRET");
  const std::vector<tag_number> tags{0x00190010, 0x00190011, 0x0019100C, 0x00191012, 0x0019110C};
  const auto basic = deidentified(b, "basic", tags);
  for (const auto tag : tags) BOOST_TEST(basic[tag] == "absent");
  const auto safe = deidentified(b, "basic+safe-private", tags);
  BOOST_TEST(safe[0x00190010] == "SIEMENS MR HEADER");
  BOOST_TEST(safe[0x0019100C] == "50");
  for (const auto tag : {0x00190011U, 0x00191012U, 0x0019110CU}) BOOST_TEST(safe[tag] == "absent");
}

BOOST_AUTO_TEST_CASE(a_file_says_how_it_was_deidentified) {
  const auto result =
      deidentified(data_set_builder{}.text(0x00080060, "CS", "CT").text(0x00120062, "CS", "NO").number16(0x00280010, 1),
                   "basic+dates", {0x00120062, 0x00120063, 0x00280303});
  BOOST_TEST(result[0x00120062] == "YES");
  BOOST_TEST(result[0x00280303] == "UNMODIFIED");
  BOOST_TEST(result.holds("113100"));
  BOOST_TEST(result.holds("113106"));
  BOOST_TEST(!result.holds("113107"));
  BOOST_TEST(!result.holds("SECRETSOURCE"));
}

BOOST_AUTO_TEST_CASE(images_that_may_show_names_are_refused) {
  auto how = with("basic");
  how.allows_burned_in = false;
  const auto reason = [&how](const char* modality, const char* burned_in) {
    data_set_builder b;
    b.text(0x00080060, "CS", modality);
    if (*burned_in != 0) b.text(0x00280301, "CS", burned_in);
    b.text(tags::pixel_data, "OW", "xx");
    const auto file = file_of(b);
    return reason_for(deidentify(file.data(), file.size(), how));
  };
  BOOST_TEST(reason("CT", "") == "");
  BOOST_TEST(reason("US", "NO") == "");
  BOOST_TEST(reason("CT", "YES ") == "BurnedInAnnotation (0028,0301) is YES: the image shows who the patient is");
  BOOST_TEST(reason("US", "").find("an image of modality \"US\" often shows who the patient is") == 0);
  how.allows_burned_in = true;
  BOOST_TEST(reason("US", "YES ") == "");
  how.secret = "";
  BOOST_TEST(reason("CT", "") == "de-identification needs a secret");
}

BOOST_AUTO_TEST_CASE(profiles_are_read_and_written) {
  for (const char* name : {"basic", "basic+dates",
                           "basic+uids+device+institution+patient+modified-dates+descriptors+"
                           "structured-content+graphics+safe-private"}) {
    const auto profile = parse_profile(name);
    BOOST_REQUIRE_MESSAGE(profile, reason_for(profile));
    BOOST_TEST(to_string(*profile) == name);
  }
  BOOST_TEST(reason_for(parse_profile("")) == "\"\" is no de-identification profile: it begins with \"basic\"");
  BOOST_TEST(reason_for(parse_profile("basic+x")) == "\"x\" is no option of a de-identification profile");
  BOOST_TEST(reason_for(parse_profile("basic+")) == "\"\" is no option of a de-identification profile");
  BOOST_TEST(reason_for(parse_profile("basic+dates+modified-dates")) ==
             "a de-identification profile has either dates or modified-dates");
}

BOOST_AUTO_TEST_CASE(deflated_and_big_endian_files_stay_so) {
  data_set_builder big{explicit_big};
  big.text(0x00100020, "LO", "SECRET").number16(0x00280010, 513);
  const auto result = deidentified(big, "basic", {0x00120062, 0x00280010}, explicit_big);
  BOOST_TEST(result.meta.transfer_syntax_uid == explicit_big);
  BOOST_TEST(!result.holds("SECRET"));
  BOOST_TEST(result[0x00120062] == "YES");
  BOOST_TEST(result[0x00280010] == "\x02\x01");
}

BOOST_AUTO_TEST_CASE(damaged_files_are_refused_or_deidentified) {
  data_set_builder b;
  b.identity().text(0x00100010, "PN", "Doe^John").head(0x00081140, "SQ", undefined_length).item();
  b.text(0x00081155, "UI", "1.2.3.4.").end_item().end_sequence().head(tags::pixel_data, "OB", undefined_length);
  b.item(0).item(4).raw("abcd").end_sequence();
  const auto sound = file_of(b, jpeg_baseline);
  std::mt19937 random{7};
  size_t done = 0;
  for (int i = 0; i < 5000; ++i) {
    auto damaged = sound;
    for (int k = 0; k < 1 + i % 3; ++k)
      damaged[132 + random() % (damaged.size() - 132)] = static_cast<uint8_t>(random());
    if (i % 5 == 0) damaged.resize(random() % damaged.size());
    if (deidentify(damaged.data(), damaged.size(), with("basic+descriptors+safe-private"))) ++done;
  }
  BOOST_TEST(done > 100);
}

BOOST_AUTO_TEST_CASE(real_files_keep_their_pixels_and_lose_their_names) {
  if (!has_real_data()) return;
  const std::vector<tag_number> naming{0x00080050, 0x00080080, 0x00080090, 0x00081070, 0x00100010,
                                       0x00100020, 0x00100030, 0x0020000D, 0x0020000E};
  size_t count = 0;
  for (const auto& path : paths_under()) {
    real_file file;
    // One has the header of Pixel Data in implicit VR, which its transfer syntax does not allow.
    if (!load(path, file) || path.filename() == "SC_rgb_jpeg.dcm") continue;
    header_scanner before{file.meta.transfer_syntax_uid, naming};
    if (scan(before, file.data_set(), file.data_set_size())) continue;
    auto result = deidentify(file.bytes.data(), file.bytes.size(), with("basic"));
    BOOST_TEST_CONTEXT(path) {
      BOOST_REQUIRE_MESSAGE(result, reason_for(result));
      const auto after = read(std::move(*result), naming);
      ++count;
      BOOST_TEST(after.meta.transfer_syntax_uid == file.meta.transfer_syntax_uid);
      const auto* const begin = after.bytes.data() + after.meta.data_set_offset;
      const auto size = after.bytes.size() - after.meta.data_set_offset;
      const auto header = after.scanned.pixel_data_offset().value_or(size);
      const std::string_view text{reinterpret_cast<const char*>(begin), header};
      for (const auto& kept : before.kept()) {
        const auto name = trimmed(kept.bytes);
        // Some are called like their manufacturer, and like what says that dates are removed.
        if (name.size() < 6 || name == after[kept.tag] || name == "TOSHIBA" || name == "REMOVED") continue;
        BOOST_TEST(text.find(name) == std::string_view::npos, describe_tag(kept.tag) << " " << name);
      }
      const auto pixels = before.pixel_data_offset();
      BOOST_TEST((!pixels == !after.scanned.pixel_data_offset()));
      if (!pixels) continue;
      const auto compared = std::min<size_t>(file.data_set_size() - *pixels, size - header);
      BOOST_TEST(std::equal(begin + header, begin + header + compared, file.data_set() + *pixels));
    }
  }
  BOOST_TEST_MESSAGE(count << " files");
}

BOOST_AUTO_TEST_SUITE_END()
