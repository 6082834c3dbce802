#include "actors/network/forward_order.hpp"
#include "tests/actors/support.hpp"

namespace noctis {

using namespace test;

BOOST_AUTO_TEST_SUITE(forward_orders)

BOOST_AUTO_TEST_CASE(an_order_travels_as_a_payload) {
  forward_order order;
  order.destination = "ARCHIVE";
  order.study_uid = "1.2.3";
  order.deidentify = "basic";
  order.rule = 7;
  const auto again = order_from_payload(to_payload(order));
  BOOST_REQUIRE_MESSAGE(again, reason_of(again));
  BOOST_TEST(again->destination == "ARCHIVE");
  BOOST_TEST(again->study_uid == "1.2.3");
  BOOST_TEST(again->series_uid.empty());
  BOOST_TEST(again->deidentify == "basic");
  BOOST_TEST(again->rule == 7);
}

BOOST_AUTO_TEST_CASE(an_order_of_nothing_or_to_nobody_is_refused) {
  for (const auto* payload :
       {"", "[]", "{}", R"({"destination":"A"})", R"({"study_uid":"1.2"})", R"({"destination":"A","study_uid":"x"})",
        R"({"destination":1,"study_uid":"1.2"})", R"({"destination":"A","series_uid":"1.2","rule":3})"})
    BOOST_TEST(code_of(order_from_payload(payload)) == errc::invalid_argument, payload);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
