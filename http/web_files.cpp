#include "http/web_files.hpp"

#include "http/request/problem.hpp"

#include <xxhash.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sys/stat.h>
#include <utility>

namespace noctis {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<const char*, const char*>, 17> types{{
    {".css", "text/css; charset=utf-8"},
    {".gif", "image/gif"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/vnd.microsoft.icon"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".xml", "application/xml"},
}};

std::string type_of(const fs::path& path) {
  const auto extension = path.extension().string();
  for (const auto& [known, type] : types) {
    if (extension == known) return type;
  }
  return "application/octet-stream";
}

bool is_compressed_form(const fs::path& path) { return path.extension() == ".br" || path.extension() == ".gz"; }

web_file::form form_of(const fs::path& path) {
  std::error_code error;
  const auto is_file = fs::is_regular_file(path, error);
  const auto size = is_file ? fs::file_size(path, error) : 0;
  if (!is_file || error || size > web_files::largest_file) return {};
  return {path.string(), size};
}

/// The content of a form; none where the file is not as it was.
std::optional<std::string> content_of(const web_file::form& form) {
  std::ifstream file(form.path, std::ios::binary);
  std::string content(form.size, '\0');
  if (!file.read(content.data(), static_cast<std::streamsize>(content.size())) ||
      file.peek() != std::ifstream::traits_type::eof())
    return std::nullopt;
  return content;
}

std::string tag_of(const std::string& content) {
  const auto hash = XXH3_128bits(content.data(), content.size());
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text.data();
}

/// What changes when another build takes the directory's place; "" where there is none.
std::string stamp_of(const std::string& root) {
  struct stat status {};
  if (root.empty() || stat(root.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return {};
  return std::to_string(status.st_dev) + " " + std::to_string(status.st_ino) + " " +
         std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

web_files::table files_below(const std::string& root) {
  web_files::table result;
  std::error_code error;
  for (fs::recursive_directory_iterator i(root, fs::directory_options::skip_permission_denied, error), end;
       !error && i != end && result.size() < web_files::most_files; i.increment(error)) {
    const auto& path = i->path();
    if (is_compressed_form(path)) continue;
    const auto plain = form_of(path);
    const auto content = plain.path.empty() ? std::nullopt : content_of(plain);
    if (!content) continue;
    result[path.lexically_relative(root).generic_string()] = {
        type_of(path), tag_of(*content), plain, form_of(path.string() + ".gz"), form_of(path.string() + ".br")};
  }
  return result;
}

} // namespace

std::shared_ptr<const web_files::table> web_files::current() {
  const auto stamp = stamp_of(root_);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (stamp != stamp_) {
    known_ = std::make_shared<const table>(stamp.empty() ? table{} : files_below(root_));
    stamp_ = stamp;
  }
  return known_;
}

std::string read_web_file(const web_file::form& form) {
  auto content = content_of(form);
  if (!content)
    throw refusal(errc::not_found, "This file of the web application is being replaced; load the page again.");
  return std::move(*content);
}

} // namespace noctis
