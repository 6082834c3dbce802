#include "dicom/json/object.hpp"
#include "dicom/xml.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

namespace {

std::string body_of(const std::string& json) {
  const auto xml = native_model_xml(json);
  BOOST_REQUIRE(xml);
  const auto begin = xml->find("xml:space=\"preserve\">") + 21;
  return xml->substr(begin, xml->rfind("</NativeDicomModel>") - begin);
}

} // namespace

BOOST_AUTO_TEST_SUITE(xml)

BOOST_AUTO_TEST_CASE(values_are_numbered_and_null_ones_empty) {
  BOOST_TEST(*native_model_xml(R"({"00080008":{"vr":"CS","Value":["A",null,"B"]}})") ==
             R"(<?xml version="1.0" encoding="UTF-8"?>)"
             R"(<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">)"
             R"(<DicomAttribute tag="00080008" vr="CS" keyword="ImageType"><Value number="1">A</Value>)"
             R"(<Value number="2"></Value><Value number="3">B</Value></DicomAttribute></NativeDicomModel>)");
}

BOOST_AUTO_TEST_CASE(names_are_divided_into_groups_and_components) {
  BOOST_TEST(body_of(json_data_set{}.set(0x00100010, "Yamada^Tarou^^Dr=山田^太郎").str()) ==
             R"(<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1"><Alphabetic>)"
             R"(<FamilyName>Yamada</FamilyName><GivenName>Tarou</GivenName><NamePrefix>Dr</NamePrefix></Alphabetic>)"
             R"(<Ideographic><FamilyName>山田</FamilyName><GivenName>太郎</GivenName></Ideographic></PersonName>)"
             R"(</DicomAttribute>)");
}

BOOST_AUTO_TEST_CASE(sequences_binaries_and_private_attributes) {
  BOOST_TEST(body_of(R"({"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]}}]},)"
                     R"("00090010":{"vr":"LO","Value":["ACME"]},"00091001":{"vr":"OB","InlineBinary":"YWI="},)"
                     R"("7FE00010":{"vr":"OW","BulkDataURI":"/a?b&c"}})") ==
             R"(<DicomAttribute tag="00081140" vr="SQ" keyword="ReferencedImageSequence"><Item number="1">)"
             R"(<DicomAttribute tag="00081155" vr="UI" keyword="ReferencedSOPInstanceUID"><Value number="1">1.2)"
             R"(</Value></DicomAttribute></Item></DicomAttribute>)"
             R"(<DicomAttribute tag="00090010" vr="LO"><Value number="1">ACME</Value></DicomAttribute>)"
             R"(<DicomAttribute tag="00090001" vr="OB" privateCreator="ACME"><InlineBinary>YWI=</InlineBinary>)"
             R"(</DicomAttribute><DicomAttribute tag="7FE00010" vr="OW" keyword="PixelData">)"
             R"(<BulkData uri="/a?b&amp;c"/></DicomAttribute>)");
}

BOOST_AUTO_TEST_CASE(characters_that_xml_forbids_are_replaced) {
  BOOST_TEST(body_of(R"({"00100020":{"vr":"LO","Value":["<&\">\u0001\r\uFFFF"]}})") ==
             "<DicomAttribute tag=\"00100020\" vr=\"LO\" keyword=\"PatientID\"><Value number=\"1\">"
             "&lt;&amp;&quot;&gt;\uFFFD&#13;\uFFFD</Value></DicomAttribute>");
}

BOOST_AUTO_TEST_SUITE_END()
