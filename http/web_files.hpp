#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace noctis {

/// One file of the web application, in the forms in which the build left it.
struct web_file {
  std::string type; ///< media type
  std::string tag;  ///< what stands for its content
  struct form {
    std::string path; ///< "": there is none
    uint64_t size = 0;
  };
  form plain;
  form gzip;
  form brotli;
};

/// The files of the web application by their path below the web root: "worklist/index.html", "assets/app-1234.js". The
/// names come from a walk of the directory, never from a request. A build that takes the directory's place is noticed.
class web_files {
public:
  static constexpr size_t most_files = 5000;
  static constexpr uint64_t largest_file = uint64_t{64} << 20u;

  using table = std::map<std::string, web_file>;

  /// `root`: "" for none.
  explicit web_files(std::string root) : root_(std::move(root)) {}

  /// The files that are there now; empty where the application is not built.
  std::shared_ptr<const table> current();

private:
  std::string root_;
  std::mutex mutex_;
  std::string stamp_;
  std::shared_ptr<const table> known_ = std::make_shared<const table>();
};

/// The content of a form of a file. Throws `refusal` (404) where it is not there any more.
std::string read_web_file(const web_file::form& form);

} // namespace noctis
