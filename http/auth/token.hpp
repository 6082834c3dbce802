#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace noctis {

/// What an access token, a refresh token or a browser's cookie says.
struct token_claims {
  enum class kind { access, refresh, browser };
  kind what = kind::access;
  int64_t user = 0; ///< not in refresh tokens: "sub"
  std::string session;
  std::string secret;  ///< refresh tokens only
  int64_t expires = 0; ///< s since the epoch
};

/// Signs and checks JSON Web Tokens with HMAC-SHA-256 (RFC 7519).
class token_signer {
public:
  explicit token_signer(std::string key) : key_(std::move(key)) {}

  /// Returns the token, issued at `now` (s since the epoch).
  [[nodiscard]] std::string sign(const token_claims& claims, int64_t now) const;

  /// Returns what a token of this kind says when its signature, algorithm, issuer and expiry are right.
  [[nodiscard]] std::optional<token_claims> verify(const std::string& token, token_claims::kind kind,
                                                   int64_t now) const;

  /// Returns what a page of a browser's session proves itself with: 64 hex digits that only this key makes.
  [[nodiscard]] std::string csrf_token(const std::string& session) const;

private:
  std::string key_;
};

/// Whether two secrets are the same, without telling by the time it takes where they differ.
bool same_secret(const std::string& one, const std::string& other);

/// Returns the value of the first cookie with this name in a Cookie header, "" where there is none.
std::string cookie_value(const std::string& header, const std::string& name);

/// Returns the token of an "Authorization: Bearer …" value, "" where it is none.
std::string bearer_token(const std::string& authorization);

} // namespace noctis
