#include "messages/errors.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/exit_reason.hpp>
#include <caf/sec.hpp>

#include <set>
#include <vector>

namespace noctis {

namespace {

std::vector<errc> every_errc() {
  std::vector<errc> all;
  for (int i = 0; i <= static_cast<int>(errc::internal); ++i) all.push_back(static_cast<errc>(i));
  return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(every_code_has_a_name_of_its_own) {
  std::set<std::string> names;
  for (const auto code : every_errc()) {
    const auto name = to_string(code);
    BOOST_CHECK_NE(name, "unknown");
    BOOST_CHECK(names.insert(name).second);
    BOOST_CHECK(errc_from_string(name) == code);
  }
  BOOST_CHECK_EQUAL(to_string(static_cast<errc>(255)), "unknown");
  BOOST_CHECK(errc_from_string("no such name") == errc::internal);
}

BOOST_AUTO_TEST_CASE(every_failure_has_a_status_of_storage_and_of_http) {
  const std::set<uint16_t> dimse{0xA700, 0xA900, 0xC000};
  for (const auto code : every_errc()) {
    if (code == errc::none) continue;
    BOOST_CHECK_MESSAGE(dimse.count(dimse_status(code)) == 1, to_string(code));
    BOOST_CHECK_MESSAGE(http_status(code) >= 400 && http_status(code) < 600, to_string(code));
  }
  BOOST_CHECK_EQUAL(dimse_status(errc::none), 0x0000);
  BOOST_CHECK_EQUAL(http_status(errc::none), 200);
}

BOOST_AUTO_TEST_CASE(statuses_are_those_of_the_standard) {
  BOOST_CHECK_EQUAL(dimse_status(errc::disk_full), 0xA700);
  BOOST_CHECK_EQUAL(dimse_status(errc::index_unavailable), 0xA700);
  BOOST_CHECK_EQUAL(dimse_status(errc::overloaded), 0xA700);
  BOOST_CHECK_EQUAL(dimse_status(errc::in_doubt), 0xA700);
  BOOST_CHECK_EQUAL(dimse_status(errc::sop_class_mismatch), 0xA900);
  BOOST_CHECK_EQUAL(dimse_status(errc::malformed_data_set), 0xC000);
  BOOST_CHECK_EQUAL(dimse_status(errc::instance_conflict), 0xC000);
  BOOST_CHECK_EQUAL(http_status(errc::not_found), 404);
  BOOST_CHECK_EQUAL(http_status(errc::rate_limited), 429);
  BOOST_CHECK_EQUAL(http_status(errc::disk_full), 507);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_no_code_is_still_answered) {
  BOOST_CHECK_EQUAL(dimse_status(static_cast<errc>(200)), 0xC000);
  BOOST_CHECK_EQUAL(http_status(static_cast<errc>(200)), 500);
}

BOOST_AUTO_TEST_CASE(every_error_renders_with_its_sentence) {
  for (const auto code : every_errc()) {
    const auto number = static_cast<uint8_t>(code);
    BOOST_CHECK_EQUAL(render_error(number, caf::atom("noctis"), caf::make_message(std::string{"why"})),
                      to_string(code) + ": why");
    BOOST_CHECK_EQUAL(render_error(number, caf::atom("noctis"), caf::message{}), to_string(code));
  }
}

BOOST_AUTO_TEST_CASE(our_errors_tell_code_and_reason) {
  const auto error = failure(errc::quota_exceeded, "the quarantine is full");
  BOOST_CHECK(error);
  BOOST_CHECK(code_of(error) == errc::quota_exceeded);
  BOOST_CHECK_EQUAL(reason_of(error), "the quarantine is full");
  const caf::error bare{errc::disk_full};
  BOOST_CHECK(code_of(bare) == errc::disk_full);
  BOOST_CHECK_EQUAL(reason_of(bare), "disk_full");
  BOOST_CHECK(code_of({}) == errc::none);
  BOOST_CHECK_EQUAL(reason_of({}), "");
}

BOOST_AUTO_TEST_CASE(errors_of_caf_become_ours) {
  BOOST_CHECK(code_of(caf::make_error(caf::sec::request_timeout)) == errc::timeout);
  BOOST_CHECK(code_of(caf::make_error(caf::sec::request_receiver_down)) == errc::shutting_down);
  BOOST_CHECK(code_of(caf::make_error(caf::sec::remote_linking_failed)) == errc::shutting_down);
  BOOST_CHECK(code_of(caf::make_error(caf::sec::unexpected_message)) == errc::internal);
  BOOST_CHECK(code_of(caf::make_error(caf::exit_reason::kill)) == errc::internal);
  const auto reason = reason_of(caf::make_error(caf::sec::request_timeout));
  BOOST_CHECK_EQUAL(reason.compare(0, 7, "timeout"), 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
