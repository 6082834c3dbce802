#include "dicom/describe.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>

#include <string>

using namespace noctis;
using namespace noctis::test;

BOOST_AUTO_TEST_SUITE(describe)

BOOST_AUTO_TEST_CASE(attributes_stand_in_their_groups_with_their_types) {
  data_set_builder b;
  b.text(0x00080005, "CS", "ISO_IR 100")
      .text(0x00080020, "DA", "20240131")
      .text(0x00080030, "TM", "1020")
      .text(0x00100010, "PN", "Buc^J\xE9r\xF4me")
      .text(0x00280030, "DS", "0.5\\0.25")
      .number16(0x00280010, 512)
      .text(0x00281050, "DS", "40")
      .text(0x00281051, "DS", "nonsense")
      .head(0x7FE00010, "OW", 1000)
      .raw("cut");
  const auto json = describe_data_set(b.data(), b.size(), explicit_little);
  BOOST_REQUIRE(json);
  BOOST_TEST(*json == R"({"patient":{"patient_name":"Buc^Jérôme"},"study":{"study_date":"2024-01-31",)"
                      R"("study_time":"10:20:00"},"series":{},"instance":{},"image":{"rows":512,)"
                      R"("pixel_spacing":[0.5,0.25]},"acquisition":{},"display":{"window_center":40}})");
}

BOOST_AUTO_TEST_CASE(a_broken_data_set_is_an_error) {
  const auto b = data_set_builder{}.head(0x00100020, "LO", 100);
  const auto json = describe_data_set(b.data(), b.size(), explicit_little);
  BOOST_REQUIRE(!json);
  BOOST_TEST((code_for(json) == errc::truncated_data_set));
}

BOOST_AUTO_TEST_SUITE_END()
