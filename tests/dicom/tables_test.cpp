#include "dicom/sop_class.hpp"
#include "dicom/transfer_syntax.hpp"
#include "dicom/uid.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <set>
#include <string>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(each_storage_sop_class_stands_once) {
  std::set<std::string_view> seen;
  for (const auto& one : storage_sop_classes()) {
    BOOST_TEST(valid_uid(one.uid), one.uid);
    BOOST_TEST(seen.insert(one.uid).second, one.uid);
  }
  BOOST_TEST(is_storage_sop_class("1.2.840.10008.5.1.4.1.1.2"));
  BOOST_TEST(!is_storage_sop_class("1.2.840.10008.1.1"));
  BOOST_TEST(!is_storage_sop_class(""));
}

BOOST_AUTO_TEST_CASE(every_storage_sop_class_that_dcmtk_knows_for_patients_is_there) {
  for (int i = 0; i < numberOfDcmAllStorageSOPClassUIDs; ++i)
    BOOST_TEST(is_storage_sop_class(dcmAllStorageSOPClassUIDs[i]), dcmAllStorageSOPClassUIDs[i]);
}

BOOST_AUTO_TEST_CASE(each_transfer_syntax_stands_once_and_is_a_uid) {
  std::set<std::string_view> seen;
  for (const auto& one : transfer_syntaxes()) {
    BOOST_TEST(valid_uid(one.uid), one.uid);
    BOOST_TEST(seen.insert(one.uid).second, one.uid);
    BOOST_TEST(find_transfer_syntax(one.uid) == &one);
  }
}

BOOST_AUTO_TEST_CASE(deflated_syntaxes_are_known_as_such) {
  for (const auto* uid : {"1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.4.205"})
    BOOST_TEST(encoding_of(uid)->deflated, uid);
  BOOST_TEST(!encoding_of("1.2.840.10008.1.2.4.201")->deflated);
  BOOST_TEST(encoding_of("1.2.840.10008.1.2")->implicit_vr);
  BOOST_TEST(encoding_of("1.2.840.10008.1.2.2")->big_endian);
  BOOST_TEST(!encoding_of("no uid"));
}

BOOST_AUTO_TEST_SUITE_END()
