#include "actors/accounts/passwords.hpp"
#include "nodes/configuration.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace noctis {

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream file{path};
  if (!file) throw configuration_error("cannot read " + path.string() + ": " + std::strerror(errno));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The NAME=VALUE lines that the start script left for programs started by hand.
std::map<std::string, std::string> read_variables(const fs::path& path) {
  std::map<std::string, std::string> result;
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);) {
    const auto equals = line.find('=');
    if (equals != std::string::npos && line.front() != '#') result[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return result;
}

/// Returns the key in `path`, made if there is none yet. Only its owner can read it.
std::string kept_secret(const fs::path& path) {
  constexpr size_t secret_bytes = 32;
  if (!fs::exists(path)) {
    const auto fresh = random_hex(secret_bytes);
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    // Another process may have been quicker.
    if (fd < 0 && errno != EEXIST) {
      throw configuration_error("cannot make " + path.string() + ": " + std::strerror(errno));
    }
    if (fd >= 0) {
      const bool written = ::write(fd, fresh.data(), fresh.size()) == static_cast<ssize_t>(fresh.size());
      ::close(fd);
      if (!written) throw configuration_error("cannot write " + path.string());
    }
  }
  auto secret = read_file(path);
  secret.erase(secret.find_last_not_of(" \t\r\n") + 1);
  if (secret.empty()) throw configuration_error(path.string() + " is empty: remove it, and a new key is made");
  return secret;
}

/// The directory of the program that runs.
fs::path program_directory() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

} // namespace

configuration load_configuration(const std::string& path) {
  const auto* data = std::getenv("NOCTIS_DATA");
  const auto variables = read_variables(fs::path{data && *data ? data : "./var"} / "run" / "environment");
  const environment env = [&](const std::string& name) -> const char* {
    if (const auto* value = std::getenv(name.c_str()); value && *value) return value;
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
  const auto* named = env("NOCTIS_CONFIG");
  const auto beside_data = fs::path{data && *data ? data : "./var"} / "config.json";
  const fs::path file = !path.empty()             ? fs::path{path}
                        : named                   ? fs::path{named}
                        : fs::exists(beside_data) ? beside_data
                                                  : fs::path{"config.json"};
  const bool must_exist = !path.empty() || named;
  auto result = read_configuration(must_exist || fs::exists(file) ? read_file(file) : std::string{}, env);
  std::error_code error;
  fs::create_directories(result.data, error);
  if (error) throw configuration_error("cannot make NOCTIS_DATA " + result.data.string() + ": " + error.message());
  if (result.http_web_root.empty()) result.http_web_root = program_directory() / ".." / "web";
  result.http_web_root = fs::absolute(result.http_web_root).lexically_normal();
  if (result.http_secret_key.empty()) result.http_secret_key = kept_secret(result.data / "secret-key");
  return result;
}

} // namespace noctis
