#include "actors/storage/reader.hpp"
#include "tests/actors/support.hpp"

namespace noctis {

using namespace test;

namespace {

struct reader_fixture : actor_fixture {
  temporary_directory base;
  reader_actor reads = keep(system.spawn<caf::detached>(reader, base.path() / "store"));

  reader_fixture() {
    write_file(base.path() / "store/a/file.dcm", "0123456789");
    write_file(base.path() / "secret", "secret");
  }

  caf::expected<blob> read(const std::string& path, uint64_t offset, uint64_t length) {
    return ask<blob>(reads, read_range{path, offset, length});
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(readers, reader_fixture)

BOOST_AUTO_TEST_CASE(a_range_is_answered_up_to_the_end_of_the_file) {
  const auto text = [this](uint64_t offset, uint64_t length) {
    auto bytes = read("a/file.dcm", offset, length);
    BOOST_REQUIRE_MESSAGE(bytes, reason_of(bytes));
    return text_of(*bytes);
  };
  BOOST_TEST(text(0, 10) == "0123456789");
  BOOST_TEST(text(3, 4) == "3456");
  BOOST_TEST(text(8, 100) == "89");
  BOOST_TEST(text(10, 1) == "");
  BOOST_TEST(text(100, 1) == "");
  BOOST_TEST(text(0, 0) == "");
  BOOST_TEST(text(0, max_message_bytes) == "0123456789");
}

BOOST_AUTO_TEST_CASE(no_path_leads_out_of_the_store) {
  const auto absolute = (base.path() / "secret").string();
  for (const auto& path : {std::string{"../secret"}, std::string{"a/../../secret"}, absolute, std::string{}})
    BOOST_TEST(code_of(read(path, 0, 6)) == errc::invalid_argument, path);
}

BOOST_AUTO_TEST_CASE(a_range_that_cannot_be_is_an_error) {
  BOOST_TEST(code_of(read("a/absent.dcm", 0, 1)) == errc::not_found);
  BOOST_TEST(code_of(read("a", 0, 1)) == errc::storage_failure); // a directory
  BOOST_TEST(code_of(read("a/file.dcm", 0, max_message_bytes + 1)) == errc::invalid_argument);
  BOOST_TEST(code_of(read("a/file.dcm", uint64_t{1} << 63, 1)) == errc::storage_failure);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
