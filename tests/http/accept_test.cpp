#include "http/accept.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(accept)

BOOST_AUTO_TEST_CASE(instances_come_as_multipart_unless_a_lone_one_may_not) {
  using form = retrieval::form;
  BOOST_TEST((choose_retrieval("", false).as == form::multipart));
  BOOST_TEST((choose_retrieval("*/*", true).as == form::multipart));
  BOOST_TEST((choose_retrieval(R"(multipart/related; type="application/dicom")", false).as == form::multipart));
  BOOST_TEST(
      (choose_retrieval("multipart/related; type=application/dicom; transfer-syntax=*", false).transfer_syntax == "*"));
  BOOST_TEST((choose_retrieval("application/dicom", true).as == form::single));
  BOOST_TEST((choose_retrieval("application/dicom", false).as == form::none));
  BOOST_TEST((choose_retrieval("application/dicom+json", true).as == form::none));
  BOOST_TEST((choose_retrieval(R"(multipart/related; type="image/jpeg")", false).as == form::none));
  BOOST_TEST(
      (choose_retrieval(R"(application/dicom;q=0.9, multipart/related;type="application/dicom";q=0.1)", true).as ==
       form::single));
  BOOST_TEST((choose_retrieval("*/*;q=0", true).as == form::none));
}

BOOST_AUTO_TEST_SUITE_END()
