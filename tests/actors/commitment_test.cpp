#include "actors/network/commitment.hpp"
#include "dicom/json/json.hpp"
#include "tests/actors/support.hpp"

namespace noctis {

using namespace test;

namespace {

constexpr const char* implicit_little = "1.2.840.10008.1.2";

std::string action(const std::string& transaction, const std::string& references) {
  return R"({"00081195":{"vr":"UI","Value":[")" + transaction + R"("]},"00081199":{"vr":"SQ","Value":[)" + references +
         "]}}";
}

constexpr const char* reference =
    R"({"00081150":{"vr":"UI","Value":["1.2.3"]},"00081155":{"vr":"UI","Value":["1.2.3.4"]}})";

} // namespace

BOOST_AUTO_TEST_SUITE(commitments)

BOOST_AUTO_TEST_CASE(a_request_is_read_and_travels_as_a_payload) {
  auto request = read_commitment(action("1.2", reference));
  BOOST_REQUIRE_MESSAGE(request, reason_of(request));
  request->calling_aet = "CT";
  request->facility = 7;
  const auto again = commitment_from_payload(to_payload(*request));
  BOOST_REQUIRE_MESSAGE(again, reason_of(again));
  BOOST_TEST(again->transaction_uid == "1.2");
  BOOST_TEST(again->calling_aet == "CT");
  BOOST_TEST(again->facility == 7);
  BOOST_REQUIRE(again->references.size() == 1u);
  BOOST_TEST(again->references.front().sop_class_uid == "1.2.3");
  BOOST_TEST(again->references.front().sop_instance_uid == "1.2.3.4");
}

BOOST_AUTO_TEST_CASE(what_lacks_something_is_refused_by_name) {
  BOOST_TEST(reason_of(read_commitment("{}")) == "TransactionUID is missing");
  BOOST_TEST(reason_of(read_commitment(action("1.2", ""))) == "ReferencedSOPSequence has no item");
  BOOST_TEST(code_of(read_commitment(action("x", reference))) == errc::invalid_identifier);
  for (const auto* payload : {"", "[]", "{}", R"({"transaction_uid":1})"})
    BOOST_TEST(code_of(commitment_from_payload(payload)) == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_report_lists_what_is_kept_and_why_the_rest_is_not) {
  const commitment_request request{"1.2", "CT", 1, {}};
  const auto all = report_of(request, {{{"1.2.3", "1.2.3.4"}}, {}, {}}, implicit_little);
  BOOST_REQUIRE_MESSAGE(all, reason_of(all));
  BOOST_TEST(all->type == 1);
  const auto some = report_of(request, {{{"1.2.3", "1.2.3.4"}}, {{{"1.2.3", "1.2.3.5"}, 0x0112}}, {}}, implicit_little);
  BOOST_REQUIRE_MESSAGE(some, reason_of(some));
  BOOST_TEST(some->type == 2);
  const auto json = data_set_json(some->information.data(), some->information.size(), implicit_little);
  BOOST_REQUIRE_MESSAGE(json, reason_of(json));
  BOOST_TEST(json->find(R"("00081197":{"vr":"US","Value":[274]})") != std::string::npos, *json);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
