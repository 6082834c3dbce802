#include "http/auth/token.hpp"
#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;

namespace {

constexpr auto json_type = "application/json";
constexpr auto credentials = R"({"username":"ada","password":"right"})";

/// A browser that has logged in.
struct browser : facade_fixture {
  httplib::Client http = client();
  std::string set_cookie;
  std::string cookie;
  std::string csrf;

  browser() {
    const auto answer = http.Post("/api/auth/session/", credentials, json_type);
    BOOST_REQUIRE(answer->status == 200);
    set_cookie = answer->get_header_value("Set-Cookie");
    cookie = set_cookie.substr(0, set_cookie.find(';'));
    csrf = json(answer)["csrf_token"].GetString();
  }

  [[nodiscard]] httplib::Headers headers(const std::string& token = "") const {
    httplib::Headers result{{"Cookie", "theme=dark; " + cookie}};
    if (!token.empty()) result.emplace("X-CSRF-Token", token);
    return result;
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(browser_session)

BOOST_AUTO_TEST_CASE(cookies_are_found_among_others) {
  BOOST_TEST(cookie_value("a=1; noctis_session=x.y-_; b=2", "noctis_session") == "x.y-_");
  BOOST_TEST(cookie_value("noctis_session=x", "noctis_session") == "x");
  for (const auto* none : {"", ";", "noctis_session", "xnoctis_session=1", "a=noctis_session=1", "; ;  "})
    BOOST_TEST(cookie_value(none, "noctis_session") == "");
}

BOOST_AUTO_TEST_CASE(csrf_tokens_belong_to_a_session_and_a_key) {
  const token_signer signer("key");
  BOOST_TEST(signer.csrf_token("a").size() == 64u);
  BOOST_TEST(signer.csrf_token("a") == signer.csrf_token("a"));
  BOOST_TEST(signer.csrf_token("a") != signer.csrf_token("b"));
  BOOST_TEST(signer.csrf_token("a") != token_signer("other").csrf_token("a"));
  BOOST_TEST(same_secret("ab", "ab"));
  BOOST_TEST(!same_secret("ab", "ac"));
  BOOST_TEST(!same_secret("ab", "abc"));
}

BOOST_FIXTURE_TEST_CASE(the_cookie_is_kept_from_scripts_and_other_sites, browser) {
  BOOST_TEST(set_cookie.find("; HttpOnly") != std::string::npos);
  BOOST_TEST(set_cookie.find("; SameSite=Strict") != std::string::npos);
  BOOST_TEST(set_cookie.find("; Path=/") != std::string::npos);
  BOOST_TEST(set_cookie.find("Secure") == std::string::npos);
  const auto answer = http.Post("/api/auth/session/", {{"X-Forwarded-Proto", "https"}}, credentials, json_type);
  BOOST_TEST(answer->get_header_value("Set-Cookie").find("; Secure") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_cookie_stands_for_a_token, browser) {
  const auto me = json(http.Get("/api/auth/me/", headers()));
  BOOST_TEST(me["username"].GetString() == "ada");
  const auto session = json(http.Get("/api/auth/session/", headers()));
  BOOST_TEST((session["user"] == me));
  BOOST_TEST(session["csrf_token"].GetString() == csrf);
  BOOST_TEST(session["idle_timeout"].GetInt() == 1800);
  BOOST_TEST(session["expires_in"].GetInt64() > 0);
  BOOST_TEST(http.Get("/api/auth/session/")->status == 401);
  BOOST_TEST(http.Get("/api/auth/session/", {{"Cookie", cookie + "x"}})->status == 401);
  BOOST_TEST(http.Get("/api/auth/me/", {{"Cookie", cookie}, {"Authorization", "Bearer x"}})->status == 401);
}

BOOST_FIXTURE_TEST_CASE(no_kind_of_token_passes_for_another, browser) {
  const auto as_bearer = "Bearer " + cookie.substr(cookie.find('=') + 1);
  BOOST_TEST(http.Get("/api/auth/me/", {{"Authorization", as_bearer}})->status == 401);
  const auto access = access_token();
  BOOST_TEST(http.Get("/api/auth/me/", {{"Cookie", "noctis_session=" + access}})->status == 401);
  const auto session = http.Get("/api/auth/session/", {{"Authorization", "Bearer " + access}});
  BOOST_TEST(session->status == 401);
}

BOOST_FIXTURE_TEST_CASE(changes_need_the_csrf_token, browser) {
  const auto change = [&](const std::string& token) {
    return http.Patch("/api/studies/1/", headers(token), R"({"priority":"stat"})", json_type)->status;
  };
  BOOST_TEST(change("") == 403);
  BOOST_TEST(change(std::string(64, '0')) == 403);
  BOOST_TEST(change(csrf) == 200);
  BOOST_TEST(http.Delete("/api/auth/session/", headers())->status == 403);
  BOOST_TEST(http.Get("/api/auth/me/", headers())->status == 200);
}

BOOST_FIXTURE_TEST_CASE(logging_out_kills_session_and_cookie, browser) {
  const auto answer = http.Delete("/api/auth/session/", headers(csrf));
  BOOST_TEST(answer->status == 204);
  BOOST_TEST(answer->get_header_value("Set-Cookie").find("noctis_session=;") == 0u);
  BOOST_TEST(answer->get_header_value("Set-Cookie").find("Max-Age=0") != std::string::npos);
  BOOST_TEST(http.Get("/api/auth/me/", headers())->status == 401);
}

BOOST_FIXTURE_TEST_CASE(requests_in_the_background_are_no_activity, browser) {
  http.Get("/api/auth/me/", headers());
  BOOST_TEST(known->background == 0);
  auto quiet = headers();
  quiet.emplace("X-Background", "1");
  http.Get("/api/auth/me/", quiet);
  BOOST_TEST(known->background == 1);
}

BOOST_AUTO_TEST_SUITE_END()
