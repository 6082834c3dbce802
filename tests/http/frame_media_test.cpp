#include "http/dicom_web/frame_media.hpp"
#include "http/dicom_web/instance_parts.hpp"
#include "http/request/problem.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

namespace {

constexpr auto implicit = "1.2.840.10008.1.2";
constexpr auto explicit_little = "1.2.840.10008.1.2.1";
constexpr auto jpeg_ls = "1.2.840.10008.1.2.4.80";
constexpr auto htj2k_rpcl = "1.2.840.10008.1.2.4.202";
constexpr auto mpeg = "1.2.840.10008.1.2.4.102";

/// "multipart type syntax" of what a client gets, or "406".
std::string form(const std::string& accept, const std::string& stored, bool lone = true) {
  try {
    const auto chosen = choose_frame_form(parse_accept(accept), stored, lone);
    return (chosen.multipart ? "multipart " : "") + chosen.type + " " + chosen.transfer_syntax;
  } catch (const refusal& e) {
    return std::to_string(e.what_is_wrong().status);
  }
}

std::string text(const char* type, const char* syntax) { return std::string(type) + " " + syntax; }

} // namespace

BOOST_AUTO_TEST_SUITE(frame_media)

BOOST_AUTO_TEST_CASE(without_a_wish_frames_come_as_they_are_kept) {
  BOOST_TEST(form("", implicit) == text("multipart application/octet-stream", explicit_little));
  BOOST_TEST(form("*/*", jpeg_ls) == text("multipart image/jls", jpeg_ls));
  BOOST_TEST(form("multipart/related", mpeg) == text("multipart video/mp4", mpeg));
}

BOOST_AUTO_TEST_CASE(octets_of_any_syntax_are_the_stored_ones) {
  const auto* const any = R"(multipart/related; type="application/octet-stream"; transfer-syntax=*)";
  BOOST_TEST(form(any, jpeg_ls) == text("multipart application/octet-stream", jpeg_ls));
  BOOST_TEST(form(any, implicit) == text("multipart application/octet-stream", explicit_little));
}

BOOST_AUTO_TEST_CASE(octets_without_a_syntax_are_plain) {
  BOOST_TEST(form("application/octet-stream", jpeg_ls) == text("application/octet-stream", explicit_little));
  BOOST_TEST(form("application/octet-stream", jpeg_ls, false) == "406");
}

BOOST_AUTO_TEST_CASE(a_named_syntax_is_made) {
  const auto wanted = std::string("multipart/related; type=image/jphc; transfer-syntax=") + htj2k_rpcl;
  BOOST_TEST(form(wanted, jpeg_ls) == text("multipart image/jphc", htj2k_rpcl));
  BOOST_TEST(form("image/jls", implicit) == text("image/jls", jpeg_ls));
  BOOST_TEST(form("image/jls", mpeg) == "406");
  BOOST_TEST(form("image/jls; transfer-syntax=1.2.3", implicit) == "406");
  BOOST_TEST(form("text/html", implicit) == "406");
}

BOOST_AUTO_TEST_CASE(the_stored_form_is_preferred_to_one_that_must_be_made) {
  BOOST_TEST(form("image/jphc, image/jls;q=0.5", jpeg_ls) == text("image/jls", jpeg_ls));
}

BOOST_AUTO_TEST_CASE(instances_keep_their_syntax_where_they_may) {
  BOOST_TEST(syntax_to_send(jpeg_ls, {}) == jpeg_ls);
  BOOST_TEST(syntax_to_send(jpeg_ls, {explicit_little, jpeg_ls}) == jpeg_ls);
  BOOST_TEST(syntax_to_send(jpeg_ls, {"1.2.3", explicit_little}) == explicit_little);
  BOOST_TEST(syntax_to_send(mpeg, {explicit_little}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
