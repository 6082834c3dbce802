#include "dicom/objects/encapsulated_pdf.hpp"
#include "tests/dicom/objects/support.hpp"

#include <algorithm>

using namespace noctis;
using namespace noctis::test;

namespace {

encapsulated_pdf pdf_of_report() {
  encapsulated_pdf what;
  what.identity = identity(5);
  what.title = "Bericht über den Kopf";
  what.description = "Report";
  what.verified = true;
  what.sources = {{"", identity(3).series_uid, "1.2.840.10008.5.1.4.1.1.88.11", identity(3).sop_instance_uid}};
  return what;
}

std::vector<uint8_t> small_pdf() {
  const std::string text = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>"
                           "endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
  return {text.begin(), text.end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(made_objects)

BOOST_AUTO_TEST_CASE(a_pdf_is_encapsulated_byte_by_byte) {
  for (const bool is_odd : {false, true}) {
    auto pdf = small_pdf();
    if ((pdf.size() % 2 == 1) != is_odd) pdf.push_back('\n');
    const auto file = read_back("pdf.dcm", write_encapsulated_pdf(subject(), pdf_of_report(), pdf));
    auto& data_set = *file->getDataset();
    const Uint8* bytes = nullptr;
    unsigned long count = 0;
    BOOST_REQUIRE(data_set.findAndGetUint8Array(DCM_EncapsulatedDocument, bytes, &count).good());
    BOOST_TEST(count == pdf.size() + (is_odd ? 1 : 0));
    BOOST_CHECK(std::equal(pdf.begin(), pdf.end(), bytes));
    BOOST_TEST(text(data_set, DCM_DocumentTitle) == "Bericht über den Kopf");
  }
  check_refused(write_encapsulated_pdf(subject(), pdf_of_report(), {}));
  check_refused(write_encapsulated_pdf(subject(), pdf_of_report(), {'P', 'K', 3, 4, 5, 6, 7}));
}

BOOST_AUTO_TEST_SUITE_END()
