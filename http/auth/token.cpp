#include "http/auth/token.hpp"

#include <jwt.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <new>
#include <strings.h>

namespace noctis {

namespace {

constexpr size_t longest_token = 4096;
constexpr auto issuer = "noctis";

using jwt_pointer = std::unique_ptr<jwt_t, decltype(&jwt_free)>;

const char* name_of(token_claims::kind kind) {
  switch (kind) {
  case token_claims::kind::access:
    return "access";
  case token_claims::kind::refresh:
    return "refresh";
  case token_claims::kind::browser:
    return "browser";
  }
  return "";
}

const unsigned char* bytes_of(const std::string& key) { return reinterpret_cast<const unsigned char*>(key.data()); }

std::string text_claim(jwt_t* jwt, const char* name) {
  const auto* text = jwt_get_grant(jwt, name);
  return text ? text : "";
}

} // namespace

std::string token_signer::sign(const token_claims& claims, int64_t now) const {
  jwt_t* made = nullptr;
  if (jwt_new(&made) != 0) throw std::bad_alloc();
  const jwt_pointer jwt(made, jwt_free);
  jwt_set_alg(jwt.get(), JWT_ALG_HS256, bytes_of(key_), static_cast<int>(key_.size()));
  jwt_add_grant(jwt.get(), "iss", issuer);
  jwt_add_grant(jwt.get(), "typ", name_of(claims.what));
  jwt_add_grant(jwt.get(), "sid", claims.session.c_str());
  if (claims.what == token_claims::kind::refresh)
    jwt_add_grant(jwt.get(), "secret", claims.secret.c_str());
  else
    jwt_add_grant(jwt.get(), "sub", std::to_string(claims.user).c_str());
  jwt_add_grant_int(jwt.get(), "iat", static_cast<long>(now));
  jwt_add_grant_int(jwt.get(), "exp", static_cast<long>(claims.expires));
  const std::unique_ptr<char, decltype(&std::free)> text(jwt_encode_str(jwt.get()), std::free);
  if (!text) throw std::bad_alloc();
  return text.get();
}

std::optional<token_claims> token_signer::verify(const std::string& token, token_claims::kind kind, int64_t now) const {
  if (token.empty() || token.size() > longest_token || token.find('\0') != std::string::npos || key_.empty())
    return std::nullopt;
  jwt_t* decoded = nullptr;
  if (jwt_decode(&decoded, token.c_str(), bytes_of(key_), static_cast<int>(key_.size())) != 0) return std::nullopt;
  const jwt_pointer jwt(decoded, jwt_free);
  if (jwt_get_alg(jwt.get()) != JWT_ALG_HS256 || text_claim(jwt.get(), "iss") != issuer ||
      text_claim(jwt.get(), "typ") != name_of(kind))
    return std::nullopt;
  token_claims claims;
  claims.what = kind;
  claims.session = text_claim(jwt.get(), "sid");
  claims.secret = text_claim(jwt.get(), "secret");
  claims.expires = jwt_get_grant_int(jwt.get(), "exp");
  const auto subject = text_claim(jwt.get(), "sub");
  std::from_chars(subject.data(), subject.data() + subject.size(), claims.user);
  if (claims.expires <= now || claims.session.empty()) return std::nullopt;
  return claims;
}

std::string token_signer::csrf_token(const std::string& session) const {
  const auto text = "csrf " + session;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes_of(text), text.size(), digest.data(), &length);
  constexpr auto digits = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < length; ++i) {
    hex += digits[digest[i] >> 4u];
    hex += digits[digest[i] & 15u];
  }
  return hex;
}

bool same_secret(const std::string& one, const std::string& other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string cookie_value(const std::string& header, const std::string& name) {
  for (size_t begin = 0; begin < header.size();) {
    const auto end = std::min(header.find(';', begin), header.size());
    begin = header.find_first_not_of(' ', begin);
    if (begin < end && header.compare(begin, name.size() + 1, name + "=") == 0)
      return header.substr(begin + name.size() + 1, end - begin - name.size() - 1);
    begin = end + 1;
  }
  return {};
}

std::string bearer_token(const std::string& authorization) {
  constexpr size_t length = 7; // of "Bearer "
  if (authorization.size() <= length || strncasecmp(authorization.c_str(), "Bearer ", length) != 0) return {};
  const auto start = authorization.find_first_not_of(' ', length);
  const auto token = start == std::string::npos ? std::string() : authorization.substr(start);
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; };
  return std::all_of(token.begin(), token.end(), allowed) ? token : std::string();
}

} // namespace noctis
