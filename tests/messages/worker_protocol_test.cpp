#include "messages/errors.hpp"
#include "messages/worker_protocol.hpp"

#include <boost/test/unit_test.hpp>

namespace noctis {

BOOST_AUTO_TEST_SUITE(worker_protocol)

BOOST_AUTO_TEST_CASE(heads_are_read_as_they_are_written) {
  const auto bytes = encoded_head({worker_frame_kind::instance, 0x0102'0304});
  BOOST_TEST(bytes[0] == 'I');
  BOOST_TEST(bytes[1] == 4);
  BOOST_TEST(bytes[4] == 1);
  const auto head = read_worker_head(bytes, true);
  BOOST_REQUIRE(head);
  BOOST_TEST((head->kind == worker_frame_kind::instance));
  BOOST_TEST(head->length == 0x0102'0304);
}

BOOST_AUTO_TEST_CASE(frames_go_one_way_and_have_their_length) {
  const auto code = [](worker_frame_kind kind, uint64_t length, bool to_worker) {
    const auto head = read_worker_head(encoded_head({kind, length}), to_worker);
    return head ? errc::none : code_of(head.error());
  };
  using kinds = worker_frame_kind;
  BOOST_TEST((code(kinds::task, 10, true) == errc::none));
  BOOST_TEST((code(kinds::task, 10, false) == errc::invalid_argument));
  BOOST_TEST((code(kinds::object, 10, true) == errc::invalid_argument));
  BOOST_TEST((code(static_cast<kinds>('x'), 0, true) == errc::invalid_argument));
  BOOST_TEST((code(kinds::end, 1, true) == errc::limit_exceeded));
  BOOST_TEST((code(kinds::result, most_worker_json_bytes + 1, false) == errc::limit_exceeded));
  BOOST_TEST((code(kinds::object, most_worker_file_bytes, false) == errc::none));
  BOOST_TEST((code(kinds::object, UINT64_MAX, false) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(failures_keep_code_and_reason) {
  const auto error = failure_from_text(failure_text(failure(errc::timeout, "too \"slow\"\n")));
  BOOST_TEST((code_of(error) == errc::timeout));
  BOOST_TEST(reason_of(error) == "too \"slow\"\n");
  BOOST_TEST((code_of(failure_from_text("nonsense")) == errc::internal));
  BOOST_TEST((code_of(failure_from_text(R"({"code":"none","reason":3})")) == errc::internal));
}

BOOST_AUTO_TEST_CASE(progress_is_a_share) {
  const auto progress = progress_from_text(progress_text({0.25, "ct-head"}));
  BOOST_TEST(progress.share == 0.25);
  BOOST_TEST(progress.at == "ct-head");
  BOOST_TEST(progress_from_text(R"({"share":17,"at":1})").share == 1);
  BOOST_TEST(progress_from_text("[]").share == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
