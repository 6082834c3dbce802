#include "actors/association/service_classes.hpp"
#include "dicom/sop_class.hpp"
#include "dicom/transfer_syntax.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <set>
#include <string>

using namespace noctis;

namespace {

/// The rows of the table below a heading of the conformance statement, as "name UID".
std::set<std::string> table_below(const std::string& heading) {
  std::ifstream document(NOCTIS_CONFORMANCE_STATEMENT);
  BOOST_REQUIRE(document);
  std::set<std::string> rows;
  auto within = false;
  for (std::string line; std::getline(document, line);) {
    if (line.rfind('#', 0) == 0) within = line == "#### " + heading;
    if (!within || line.rfind("| ", 0) != 0 || line.find("---") != std::string::npos) continue;
    const auto bar = line.find(" | ");
    const auto uid = line.substr(bar + 3, line.size() - bar - 5);
    if (uid != "UID") rows.insert(line.substr(2, bar - 2) + " " + uid);
  }
  return rows;
}

template <class Table>
std::set<std::string> rows_of(const Table& table) {
  std::set<std::string> rows;
  for (const auto& one : table) rows.insert(std::string(one.name) + " " + std::string(one.uid));
  return rows;
}

} // namespace

BOOST_AUTO_TEST_SUITE(conformance_statement)

BOOST_AUTO_TEST_CASE(it_lists_the_services_that_are_negotiated) {
  auto services = rows_of(service_classes());
  services.insert("Verification 1.2.840.10008.1.1");
  BOOST_TEST(table_below("Services") == services, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_lists_the_storage_classes_that_are_accepted) {
  std::set<std::string> classes;
  for (const auto& one : storage_sop_classes())
    classes.insert(std::string(one.name) + (one.retired ? " (retired) " : " ") + std::string(one.uid));
  BOOST_TEST(table_below("Storage") == classes, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_lists_the_transfer_syntaxes_that_are_accepted) {
  BOOST_TEST(table_below("Transfer syntaxes") == rows_of(transfer_syntaxes()), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
