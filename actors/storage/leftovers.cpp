#include "actors/storage/leftovers.hpp"

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

namespace noctis::storage {

namespace fs = std::filesystem;

namespace {

constexpr size_t hour_length = 10;

fs::path checkpoint_path(const layout& where) { return where.base_path / ".noctis" / "checkpoint"; }

bool is_hour(const std::string& name) {
  return name.size() == hour_length &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int64_t modified_ms(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return 0;
  return int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000;
}

/// Whether a file may be one that is written while the search runs. One dated far ahead comes from a clock that has
/// been set back.
bool is_being_written(int64_t modified, int64_t search_begin) {
  constexpr int64_t longest_search = 3'600'000;
  return modified >= search_begin && modified < search_begin + longest_search;
}

void collect(const layout& where, const fs::path& hour, int64_t checkpoint, int64_t search_begin,
             std::vector<std::string>& found) {
  std::error_code error;
  for (fs::recursive_directory_iterator it{hour, error}, end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const auto& path = it->path();
    const auto modified = modified_ms(path);
    if (!it->is_regular_file(ignored) || is_being_written(modified, search_begin)) continue;
    if (path.extension() == unfinished_suffix) {
      fs::remove(path, ignored);
    } else if (modified >= checkpoint) {
      found.push_back(path.lexically_relative(where.base_path).string());
    }
  }
}

} // namespace

int64_t read_checkpoint(const layout& where) {
  std::ifstream file{checkpoint_path(where)};
  int64_t time = 0;
  file >> time;
  return file ? time : 0;
}

caf::error write_checkpoint(const layout& where, int64_t time) {
  directories made{where.base_path};
  const auto directory = checkpoint_path(where).parent_path().filename();
  if (auto error = made.ensure(directory)) return error;
  write_buffer buffer;
  auto file = unfinished_file::create(where.base_path, directory.string(), "checkpoint-" + random_token(), buffer);
  if (!file) return file.error();
  const auto text = std::to_string(time) + "\n";
  if (auto error = (*file)->append(blob{blob::buffer{text.begin(), text.end()}})) return error;
  if (auto error = (*file)->publish((directory / "checkpoint").string())) return error;
  return made.sync(directory);
}

std::vector<std::string> leftovers(const layout& where, int64_t checkpoint, int64_t search_begin) {
  const auto first_hour = hour_name(checkpoint);
  std::vector<std::string> found;
  for (const auto& root : {where.base_path, where.base_path / quarantine_directory}) {
    std::error_code error;
    for (fs::directory_iterator it{root, error}, end; !error && it != end; it.increment(error)) {
      const auto name = it->path().filename().string();
      if (is_hour(name) && name >= first_hour) collect(where, it->path(), checkpoint, search_begin, found);
    }
  }
  return found;
}

} // namespace noctis::storage
