#include "http/request/accept.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(accept)

namespace {

const std::vector<media_offer> instance{{"multipart/related", "application/dicom"}, {"application/dicom", ""}};

/// The index of the offer that `header` gets; -1 for none.
int chosen(const std::string& header, const std::vector<media_offer>& offers = instance) {
  const auto choice = choose_media(parse_accept(header), offers);
  return choice ? static_cast<int>(choice->offer) : -1;
}

std::vector<std::string> syntaxes(const std::string& header) {
  return choose_media(parse_accept(header), instance)->transfer_syntaxes;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_preferred_offer_is_chosen) {
  BOOST_TEST(chosen("") == 0);
  BOOST_TEST(chosen("*/*") == 0);
  BOOST_TEST(chosen(R"(multipart/related; type="application/dicom")") == 0);
  BOOST_TEST(chosen("multipart/related") == 0);
  BOOST_TEST(chosen("application/dicom") == 1);
  BOOST_TEST(chosen("APPLICATION/*") == 1);
  BOOST_TEST(chosen("application/dicom+json") == -1);
  BOOST_TEST(chosen(R"(multipart/related; type="image/jpeg")") == -1);
  BOOST_TEST(chosen(R"(application/dicom;q=0.9, multipart/related;type="application/dicom";q=0.1)") == 1);
  BOOST_TEST(chosen("*/*;q=0") == -1);
  BOOST_TEST(chosen("text/html, */*;q=0.1") == 0);
  BOOST_TEST(chosen(";;;, ,") == -1);
}

BOOST_AUTO_TEST_CASE(transfer_syntaxes_of_all_ranges_that_suit_are_welcome) {
  BOOST_TEST(syntaxes("multipart/related; type=application/dicom; transfer-syntax=*").empty());
  BOOST_TEST(syntaxes("application/dicom").empty());
  const std::vector<std::string> two{"1.2.4", "1.2.5"};
  BOOST_TEST(
      (syntaxes("application/dicom; transfer-syntax=1.2.5;q=0.5, application/dicom; transfer-syntax=1.2.4") == two));
  BOOST_TEST(syntaxes("application/dicom; transfer-syntax=1.2.5, application/dicom;q=0.1").empty());
}

BOOST_AUTO_TEST_CASE(a_content_type_is_read_without_fear) {
  BOOST_TEST(parse_content_type("Application/DICOM; x=y").type == "application/dicom");
  BOOST_TEST(parse_content_type("").type == "");
  BOOST_TEST(parse_content_type(";;,").type == "");
}

BOOST_AUTO_TEST_CASE(offers_are_listed_as_a_sentence) {
  BOOST_TEST(list_of(instance) == R"(multipart/related; type="application/dicom" or application/dicom)");
}

BOOST_AUTO_TEST_SUITE_END()
