#include "schema/repositories/find/find.hpp"
#include "tests/schema/catalogue.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

/// A study whose header says more than the columns hold.
index_entry told_more() {
  auto result = entry(1, 1, 1);
  result.header.study.kept = R"({"00101010":{"vr":"AS","Value":["053Y"]},"00081060":{"vr":"PN","Value":[)"
                             R"({"Alphabetic":"Reader^Rita","Ideographic":"読^者"}]}})";
  result.header.series.kept =
      R"({"00400244":{"vr":"DA","Value":["20240131"]},"00400245":{"vr":"TM","Value":["101500"]},)"
      R"("00400275":{"vr":"SQ","Value":[{"00400009":{"vr":"SH","Value":["SPS7"]}}]}})";
  auto& instance = result.header.instance;
  instance.image_type = "ORIGINAL\\PRIMARY\\AXIAL";
  instance.acquisition = 4;
  instance.content_date = "20240131";
  instance.content_time = "101112.5";
  instance.acquisition_time = "101110";
  instance.kept = R"({"00200062":{"vr":"CS","Value":["L"]}})";
  return result;
}

struct kept_catalogue : catalogue {
  find_repository matches{reader};

  std::vector<std::string> found(query_level level, std::vector<match_key> keys, std::vector<uint32_t> returned = {},
                                 bool all = false) {
    find_request request;
    request.who = everyone;
    request.level = level;
    request.keys = std::move(keys);
    request.returned = std::move(returned);
    request.returns_all = all;
    return matches.find(request).matches;
  }

  size_t count(query_level level, const std::vector<match_key>& keys) { return found(level, keys).size(); }
};

bool contains(const std::vector<std::string>& matches, const std::string& part) {
  BOOST_TEST_MESSAGE(matches.front());
  return matches.front().find(part) != std::string::npos;
}

constexpr auto study = query_level::study;
constexpr auto series = query_level::series;
constexpr auto instance = query_level::instance;

} // namespace

BOOST_FIXTURE_TEST_SUITE(kept, kept_catalogue)

BOOST_AUTO_TEST_CASE(what_has_no_column_is_matched_too) {
  add(told_more());
  add(entry(2, 2, 2));
  BOOST_TEST(count(study, {{{0x00101010}, {"053Y"}}}) == 1u);
  BOOST_TEST(count(study, {{{0x00101010}, {"05?Y"}}}) == 1u);
  BOOST_TEST(count(study, {{{0x00101010}, {"054Y"}}}) == 0u);
  BOOST_TEST(count(study, {{{0x00081060}, {"reader^*"}}}) == 1u);
  BOOST_TEST(count(study, {{{0x00081060}, {"読*"}}}) == 1u);
  BOOST_TEST(count(study, {{{0x00081060}, {"rita"}}}) == 0u);
  BOOST_TEST(count(series, {{{0x00400244}, {"20240101-20240201"}}}) == 1u);
  BOOST_TEST(count(series, {{{0x00400244}, {"20240130-20240131"}}, {{0x00400245}, {"1200-1100"}}}) == 1u);
  BOOST_TEST(count(series, {{{0x00400244}, {"20240130-20240131"}}, {{0x00400245}, {"1200-1000"}}}) == 0u);
  BOOST_TEST(count(series, {{{0x00400275, 0x00400009}, {"SPS7"}}}) == 1u);
  BOOST_TEST(count(series, {{{0x00400275, 0x00400009}, {"SPS*"}}}) == 1u);
  BOOST_TEST(count(series, {{{0x00400275, 0x00400009}, {"SPS8"}}}) == 0u);
  BOOST_TEST(count(study, {{{0x00400275, 0x00400009}, {"SPS7"}}}) == 1u);
  BOOST_TEST(count(instance, {{{0x00200062}, {"L"}}}) == 1u);
  BOOST_TEST(count(instance, {{{0x00080008}, {"ORIGINAL\\PRIMARY\\AXIAL"}}}) == 1u);
  BOOST_TEST(count(instance, {{{0x00080008}, {"*AXIAL"}}}) == 1u);
  BOOST_TEST(count(instance, {{{0x00080023}, {"20240131"}}, {{0x00080033}, {"1011"}}}) == 1u);
  BOOST_TEST(count(instance, {{{0x00080032}, {"101110"}}}) == 1u);
  BOOST_TEST(count(instance, {{{0x00080022}, {"20240131"}}}) == 0u);
  BOOST_TEST(count(instance, {{{0x00200012}, {"4"}}}) == 1u);
}

BOOST_AUTO_TEST_CASE(what_has_no_column_is_answered_when_asked_for) {
  add(told_more());
  BOOST_TEST(!contains(found(study, {}), "00101010"));
  BOOST_TEST(contains(found(study, {}, {0x00101010}), R"("00101010":{"vr": "AS", "Value": ["053Y"]},"0020000D")"));
  BOOST_TEST(contains(found(study, {}, {0x00101020}), R"("00101020":{"vr":"DS"})"));
  BOOST_TEST(contains(found(series, {}),
                      R"("00400275":{"vr": "SQ", "Value": [{"00400009": {"vr": "SH", "Value": ["SPS7"]}}]})"));
  const auto all = found(instance, {}, {}, true);
  BOOST_TEST(
      contains(all, R"("00081060":{"vr": "PN", "Value": [{"Alphabetic": "Reader^Rita", "Ideographic": "読^者"}]})"));
  BOOST_TEST(contains(all, R"("00080008":{"vr":"CS","Value":["ORIGINAL","PRIMARY","AXIAL"]})"));
  BOOST_TEST(contains(all, R"("00080033":{"vr":"TM","Value":["101112.5"]})"));
  BOOST_TEST(contains(all, R"("00200012":{"vr":"IS","Value":[4]})"));
  BOOST_TEST(contains(all, R"("00200062":{"vr": "CS", "Value": ["L"]})"));
  BOOST_TEST(!contains(all, R"("00080022")"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_kept_is_left_out) {
  auto wrong = entry(1, 1, 1);
  wrong.header.study.kept = R"({"00104000":{"vr":"LT","Value":["\u0000"]}})";
  wrong.header.series.kept = R"({"00081090":{"vr":"LO","Value":[")" + std::string(70'000, 'x') + R"("]}})";
  add(wrong);
  BOOST_TEST(ask("select attributes from studies") == "{}");
  BOOST_TEST(ask("select attributes from series") == "{}");
}

BOOST_AUTO_TEST_SUITE_END()
