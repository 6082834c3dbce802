#pragma once

#include <memory>
#include <string>

namespace noctis {

struct client_answer {
  int status = 0; ///< 0: no answer, `body` tells why
  std::string body;
};

/// A client of a node's own REST interface, for one thread.
class api_client {
public:
  /// `base_url`: http://host:port or https://…, whose certificate is not checked, since it is this node's own.
  api_client(const std::string& base_url, const std::string& bearer);
  ~api_client();

  client_answer get(const std::string& path);
  client_answer post(const std::string& path);
  client_answer remove(const std::string& path);

  /// Sends the file at `path` to the upload route as a part of that name.
  client_answer upload(const std::string& path);

private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

} // namespace noctis
