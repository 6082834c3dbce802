#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;
using noctis::test::part10;

namespace {

struct with_entry : facade_fixture {
  with_entry() {
    quarantine_entry entry;
    entry.id = 3;
    entry.received_at = 0;
    entry.reason = "patient_conflict";
    entry.detail = "the study is for <another> patient";
    entry.where = {"a", "q3", 0, bytes.size(), test::checksum(bytes)};
    known->files["q3"] = bytes;
    known->quarantine.push_back(entry);
  }
  std::string bytes = part10(6000000);
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(quarantine, with_entry)

BOOST_AUTO_TEST_CASE(entries_are_listed_with_their_reasons) {
  const auto got = json(user().Get("/api/quarantine/?page_size=10"));
  BOOST_TEST(got["count"].GetInt() == 1);
  BOOST_TEST(got["results"][0]["reason"].GetString() == "patient_conflict");
  BOOST_TEST(got["results"][0]["received_at"].GetString() == "1970-01-01T00:00:00Z");
  BOOST_TEST((user().Get("/api/quarantine/3/file/")->body == bytes));
}

BOOST_AUTO_TEST_CASE(a_retry_that_succeeds_forgets_the_entry) {
  known->refuse_with = failure(errc::patient_conflict, "still another patient");
  const auto refused = user().Post("/api/quarantine/3/retry/");
  BOOST_TEST(refused->status == 409);
  BOOST_TEST(json(refused)["detail"].GetString() == "It is refused again: still another patient");
  BOOST_TEST(known->quarantine.size() == 1u);
  known->refuse_with = caf::none;
  const auto kept = user().Post("/api/quarantine/3/retry/");
  BOOST_TEST(kept->status == 200);
  BOOST_TEST((known->kept.back() == bytes));
  BOOST_TEST(known->quarantine.empty());
  BOOST_TEST(known->files.count("q3") == 0u);
  BOOST_TEST(user().Post("/api/quarantine/3/retry/")->status == 404);
}

BOOST_AUTO_TEST_CASE(a_deleted_entry_is_gone_with_its_bytes) {
  BOOST_TEST(user().Delete("/api/quarantine/3/")->status == 204);
  BOOST_TEST(known->quarantine.empty());
  BOOST_TEST(known->files.count("q3") == 0u);
  BOOST_TEST(user().Delete("/api/quarantine/3/")->status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
