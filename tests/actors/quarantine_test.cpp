#include "dicom/digest.hpp"
#include "tests/actors/storage_fixture.hpp"

namespace noctis {

using namespace test;

namespace {

quarantine_file bytes_aside(const std::string& text) {
  quarantine_file what;
  what.preamble = bytes_of("header ");
  what.bytes = bytes_of(text);
  return what;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(quarantines, storage_fixture)

BOOST_AUTO_TEST_CASE(bytes_are_put_aside) {
  const auto store = start();
  const auto kept = get<location>(store, bytes_aside("broken"));
  BOOST_TEST(storage::is_quarantined(kept.path));
  BOOST_TEST(kept.checksum == digest_of("header broken", 13));
  BOOST_TEST(content_of(base.path() / kept.path) == "header broken");
  BOOST_TEST(metric_of(store, "noctis_quarantine_bytes") == 13);
}

BOOST_AUTO_TEST_CASE(a_stored_file_is_moved_aside) {
  const auto store = start();
  const auto file = get<location>(store, whole("1.2.3.4", "data"));
  quarantine_file what;
  what.path = file.path;
  what.facility = 7;
  const auto kept = get<location>(store, what);
  BOOST_TEST(storage::is_quarantined(kept.path));
  BOOST_TEST(storage::facility_of(kept.path) == 7);
  BOOST_TEST(kept.length == file.length);
  BOOST_TEST(files() == std::vector<std::string>{kept.path}, boost::test_tools::per_element());
  BOOST_TEST(code_of(ask<location>(store, what)) == errc::storage_failure); // it is gone
  what.path = "../elsewhere.dcm";
  BOOST_TEST(code_of(ask<location>(store, what)) == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_stream_is_put_aside) {
  const auto store = start();
  quarantine_file what;
  what.stream = get<stream_id>(store, open_atom::value, bytes_of("header "));
  BOOST_REQUIRE(!tell(store, append_atom::value, what.stream, bytes_of("broken")));
  const auto kept = get<location>(store, what);
  BOOST_TEST(content_of(base.path() / kept.path) == "header broken");
  BOOST_TEST(files().size() == 1u);
  BOOST_TEST(get<storer_status>(store, status_atom::value).open_streams == 0u);
  BOOST_TEST(code_of(ask<location>(store, what)) == errc::not_found);
}

BOOST_AUTO_TEST_CASE(the_quota_bounds_it_until_something_is_removed) {
  options.quarantine_quota = 20;
  const auto store = start();
  const auto first = get<location>(store, bytes_aside(std::string(30, 'x')));
  BOOST_TEST(code_of(ask<location>(store, bytes_aside("more"))) == errc::quota_exceeded);
  quarantine_file stream;
  stream.stream = get<stream_id>(store, open_atom::value, bytes_of("header "));
  BOOST_TEST(code_of(ask<location>(store, stream)) == errc::quota_exceeded);
  BOOST_TEST(eventually([&] { return files().size() == 1; }));
  BOOST_REQUIRE(!tell(store, remove_atom::value, first));
  BOOST_TEST(metric_of(store, "noctis_quarantine_bytes") == 0);
  BOOST_TEST(ask<location>(store, bytes_aside("more")).engaged());
}

BOOST_AUTO_TEST_CASE(what_lies_there_counts_after_a_restart) {
  write_file(base.path() / "quarantine/2026010100/a.dcm", std::string(40, 'x'));
  options.quarantine_quota = 40;
  const auto store = start();
  BOOST_TEST(metric_of(store, "noctis_quarantine_bytes") == 40);
  BOOST_TEST(code_of(ask<location>(store, bytes_aside("more"))) == errc::quota_exceeded);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
