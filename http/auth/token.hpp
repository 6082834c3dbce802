#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace noctis {

/// What an access or a refresh token says.
struct token_claims {
  enum class kind { access, refresh };
  kind what = kind::access;
  int64_t user = 0; ///< access tokens: "sub"
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

private:
  std::string key_;
};

/// Returns the token of an "Authorization: Bearer …" value, "" where it is none.
std::string bearer_token(const std::string& authorization);

} // namespace noctis
