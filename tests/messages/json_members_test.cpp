#include "messages/errors.hpp"
#include "messages/json_members.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

namespace {

constexpr auto optional = json_members::presence::optional;

template <class Read>
std::string refusal(std::string_view text, Read read) {
  json_members members{text, "the order"};
  read(members);
  if (members.error()) BOOST_TEST((code_of(members.error()) == errc::invalid_argument));
  return members.error() ? reason_of(members.error()) : std::string{};
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_members_)

BOOST_AUTO_TEST_CASE(members_are_read_by_their_types) {
  json_members members{R"({"a":"x\u0000y","b":-5,"c":2.5,"d":true,"e":[1],"f":{},"g":null})", "the order"};
  std::string text;
  std::string absent = "as before";
  int16_t whole = 0;
  double real = 0;
  bool flag = false;
  members.text("a", text);
  members.whole("b", whole);
  members.real("c", real);
  members.flag("d", flag);
  BOOST_TEST(members.array("e")->Size() == 1);
  BOOST_TEST(members.object("f")->ObjectEmpty());
  members.text("g", absent, optional);
  members.text("h", absent, optional);
  BOOST_TEST(!members.error());
  BOOST_TEST(text == (std::string{'x', '\0', 'y'}));
  BOOST_TEST(absent == "as before");
  BOOST_TEST(whole == -5);
  BOOST_TEST(real == 2.5);
  BOOST_TEST(flag);
}

BOOST_AUTO_TEST_CASE(the_first_that_is_wrong_is_named) {
  const auto read = [](json_members& members) {
    std::string text;
    uint8_t whole = 0;
    members.whole("edge", whole, optional);
    members.text("name", text);
  };
  BOOST_TEST(refusal("[]", read) == "the order is no JSON object");
  BOOST_TEST(refusal("{", read) == "the order is no JSON object");
  BOOST_TEST(refusal("{}", read) == "the order: name must be a string");
  BOOST_TEST(refusal(R"({"name":null})", read) == "the order: name must be a string");
  for (const auto* edge : {"256", "-1", "1.5", "\"1\"", "1e3"})
    BOOST_TEST(refusal(std::string{R"({"edge":)"} + edge + "}", read) ==
               "the order: edge must be a whole number that is possible here");
  BOOST_TEST(refusal(R"({"name":"x","edge":255})", read) == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_read_of_what_is_no_object) {
  const rapidjson::Value seven{7};
  json_members members{seven, "the order"};
  BOOST_TEST((members.array("a", optional) == nullptr));
  BOOST_TEST(reason_of(members.error()) == "the order is no JSON object");
}

BOOST_AUTO_TEST_CASE(lists_of_texts_hold_nothing_else) {
  json_members members{R"({"a":["x",""],"b":["x",1],"c":[]})", "the order"};
  BOOST_TEST(texts_in(*members.array("a")) == (std::vector<std::string>{"x", ""}), boost::test_tools::per_element());
  BOOST_TEST(texts_in(*members.array("b")).empty());
  BOOST_TEST(texts_in(*members.array("c")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
