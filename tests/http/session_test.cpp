#include "http/auth/token.hpp"
#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;

namespace {

constexpr auto json_type = "application/json";

httplib::Result ask_me(const facade_fixture& f, const std::string& authorization) {
  return f.client().Get("/api/auth/me/", {{"Authorization", authorization}});
}

struct limited : facade_fixture {
  static http_options options() {
    auto result = default_options();
    result.login_limit = 3;
    return result;
  }
  limited() : facade_fixture(options()) {}
};

} // namespace

BOOST_AUTO_TEST_SUITE(session)

BOOST_AUTO_TEST_CASE(tokens_say_only_what_was_signed) {
  const token_signer signer("key");
  const auto token = signer.sign({token_claims::kind::access, 7, "abc", "", 2000}, 1000);
  const auto claims = signer.verify(token, token_claims::kind::access, 1999);
  BOOST_REQUIRE(claims);
  BOOST_TEST(claims->session == "abc");
  BOOST_TEST(claims->user == 7);
  BOOST_TEST(!signer.verify(token, token_claims::kind::access, 2000));
  BOOST_TEST(!signer.verify(token, token_claims::kind::refresh, 1500));
  BOOST_TEST(!token_signer("other").verify(token, token_claims::kind::access, 1500));
  for (size_t i = 0; i + 1 < token.size(); ++i) {
    auto tampered = token;
    tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
    BOOST_TEST(!signer.verify(tampered, token_claims::kind::access, 1500), "byte " << i);
  }
}

BOOST_AUTO_TEST_CASE(unsigned_tokens_are_nothing) {
  const token_signer signer("key");
  // {"alg":"none","typ":"JWT"} . {"exp":9999999999,"iss":"noctis","sid":"abc","sub":"1","typ":"access"}
  const std::string head = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.";
  const std::string body =
      "eyJleHAiOjk5OTk5OTk5OTksImlzcyI6Im5vY3RpcyIsInNpZCI6ImFiYyIsInN1YiI6IjEiLCJ0eXAiOiJhY2Nlc3MifQ";
  for (const auto& token : {head + body, head + body + ".", head + body + ".x", std::string(), std::string("a.b.c"),
                            std::string(".."), std::string(5000, 'a'), head})
    BOOST_TEST(!signer.verify(token, token_claims::kind::access, 0));
  BOOST_TEST(bearer_token("Bearer abc.d-_") == "abc.d-_");
  BOOST_TEST(bearer_token("bearer  abc") == "abc");
  for (const auto* none : {"", "Bearer", "Bearer ", "Bearer    ", "Basic abc", "Bearer a b", "Bearer \xFF"})
    BOOST_TEST(bearer_token(none) == "");
}

BOOST_FIXTURE_TEST_CASE(a_login_answers_tokens_and_the_user, facade_fixture) {
  const auto answer = client().Post("/api/auth/token/", R"({"username":"ada","password":"right"})", json_type);
  const auto got = json(answer);
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(answer->get_header_value("Cache-Control") == "no-store");
  BOOST_TEST(got["token_type"].GetString() == "Bearer");
  BOOST_TEST(got["expires_in"].GetInt() == 900);
  BOOST_TEST(got["user"]["username"].GetString() == "ada");
  BOOST_TEST(got["user"]["facilities"][0]["name"].GetString() == "Default");
  BOOST_TEST(got["user"]["permissions"].Size() == permission_names().size());
  const auto me = ask_me(*this, std::string("Bearer ") + got["access"].GetString());
  BOOST_TEST(json(me)["role"].GetString() == "admin");
  BOOST_TEST(ask_me(*this, std::string("Bearer ") + got["refresh"].GetString())->status == 401);
}

BOOST_FIXTURE_TEST_CASE(wrong_logins_say_the_same, facade_fixture) {
  const auto wrong = client().Post("/api/auth/token/", R"({"username":"ada","password":"x"})", json_type);
  const auto unknown = client().Post("/api/auth/token/", R"({"username":"eve","password":"x"})", json_type);
  BOOST_TEST(wrong->status == 401);
  BOOST_TEST(unknown->status == 401);
  BOOST_TEST(json(wrong)["detail"].GetString() == "No active account found with the given credentials");
  BOOST_TEST((json(wrong)["detail"] == json(unknown)["detail"]));
  BOOST_TEST(wrong->get_header_value("Content-Type") == "application/problem+json");
}

BOOST_FIXTURE_TEST_CASE(bad_bodies_are_named, facade_fixture) {
  auto http = client();
  const auto post = [&](const std::string& body, const char* type = json_type) {
    return http.Post("/api/auth/token/", body, type);
  };
  const auto missing = post("{\"username\":7}");
  BOOST_TEST(missing->status == 400);
  BOOST_TEST(json(missing)["errors"]["password"][0].GetString() == "This field is required.");
  BOOST_TEST(json(missing)["errors"]["username"][0].GetString() == "Not a valid string.");
  const auto broken = post("{\"username\": }");
  BOOST_TEST(broken->status == 400);
  BOOST_TEST(std::string(json(broken)["detail"].GetString()).find("byte 13") != std::string::npos);
  BOOST_TEST(post("[]")->status == 400);
  BOOST_TEST(post("")->status == 400);
  BOOST_TEST(post("{\"username\":\"\xFF\"}")->status == 400);
  BOOST_TEST(post("{\"username\":\"a\\u0000b\",\"password\":\"x\"}")->status == 400);
  BOOST_TEST(post(std::string(60000, '['))->status == 400);
  BOOST_TEST(post("{}", "text/plain")->status == 415);
  BOOST_TEST(post(std::string(70000, ' '))->status == 413);
}

BOOST_FIXTURE_TEST_CASE(a_refresh_token_works_once, facade_fixture) {
  const auto login = json(client().Post("/api/auth/token/", R"({"username":"ada","password":"right"})", json_type));
  const auto body = std::string(R"({"refresh":")") + login["refresh"].GetString() + "\"}";
  const auto again = client().Post("/api/auth/token/refresh/", body, json_type);
  BOOST_TEST(again->status == 200);
  const auto fresh = json(again);
  BOOST_TEST((fresh["refresh"] != login["refresh"]));
  BOOST_TEST(client().Post("/api/auth/token/refresh/", body, json_type)->status == 401);
  BOOST_TEST(ask_me(*this, std::string("Bearer ") + fresh["access"].GetString())->status == 401);
  BOOST_TEST(client().Post("/api/auth/token/refresh/", R"({"refresh":"x"})", json_type)->status == 401);
}

BOOST_FIXTURE_TEST_CASE(logging_out_ends_the_session_at_once, facade_fixture) {
  auto http = user();
  BOOST_TEST(http.Get("/api/auth/me/")->status == 200);
  BOOST_TEST(http.Post("/api/auth/logout/")->status == 204);
  BOOST_TEST(http.Get("/api/auth/me/")->status == 401);
}

BOOST_FIXTURE_TEST_CASE(without_redis_logins_are_limited_here, limited) {
  auto http = client();
  const auto attempt = [&](const std::string& from) {
    return http.Post("/api/auth/token/", {{"X-Forwarded-For", from}}, R"({"username":"eve","password":"x"})",
                     json_type);
  };
  for (int i = 0; i < 3; ++i) BOOST_TEST(attempt("10.0.0.1")->status == 401);
  const auto limit = attempt("10.0.0.1");
  BOOST_TEST(limit->status == 429);
  BOOST_TEST(std::stoi(limit->get_header_value("Retry-After")) > 0);
  BOOST_TEST(attempt("10.0.0.2")->status == 401, "one address does not lock a user out for others");
  const auto other = http.Post("/api/auth/token/", {{"X-Forwarded-For", "10.0.0.3"}},
                               R"({"username":"ada","password":"right"})", json_type);
  BOOST_TEST(other->status == 200);
}

BOOST_FIXTURE_TEST_CASE(permissions_are_asked_for, facade_fixture) {
  const auto login = json(client().Post("/api/auth/token/", R"({"username":"vic","password":"right"})", json_type));
  auto http = client();
  http.set_bearer_token_auth(login["access"].GetString());
  BOOST_TEST(http.Get("/api/studies/")->status == 200);
  const auto denied = http.Get("/api/quarantine/");
  BOOST_TEST(denied->status == 403);
  BOOST_TEST(std::string(json(denied)["detail"].GetString()).find("system.manage") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
