#include <CLI/CLI.hpp>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <filesystem>
#include <iostream>
#include <random>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;

void check(bool good, const char* what) {
  if (!good) throw std::system_error(errno, std::generic_category(), what);
}

/// A file descriptor that closes itself.
class handle {
public:
  handle(const fs::path& path, int flags) : fd{::open(path.c_str(), flags | O_CLOEXEC, 0644)} {
    check(fd >= 0, path.c_str());
  }
  handle(const handle&) = delete;
  handle& operator=(const handle&) = delete;
  ~handle() { ::close(fd); }
  const int fd;
};

/// Keeps one file the way a store must: the bytes, then the name, then the directory are on disk.
void keep(const fs::path& folder, int directory, const std::string& name, const std::vector<char>& content) {
  const auto temporary = folder / (name + ".part");
  {
    const handle file{temporary, O_WRONLY | O_CREAT | O_EXCL};
    for (std::size_t written = 0; written < content.size();) {
      const auto part = ::write(file.fd, content.data() + written, content.size() - written);
      check(part > 0, "write");
      written += static_cast<std::size_t>(part);
    }
    check(::fsync(file.fd) == 0, "fsync");
  }
  check(::rename(temporary.c_str(), (folder / name).c_str()) == 0, "rename");
  check(::fsync(directory) == 0, "fsync of the directory");
}

/// Files per second that `count` threads keep, each in a directory of its own, until the time is over.
double measure(const fs::path& base, unsigned count, const std::vector<char>& content, double seconds) {
  std::atomic<std::uint64_t> kept{0};
  std::atomic<bool> failed{false};
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  std::vector<std::thread> threads;
  for (unsigned number = 0; number < count; ++number)
    threads.emplace_back([&, number] {
      try {
        const auto folder = base / (std::to_string(count) + '-' + std::to_string(number));
        fs::create_directories(folder);
        const handle directory{folder, O_RDONLY | O_DIRECTORY};
        for (std::uint64_t file = 0; !failed && elapsed() < seconds; ++file, ++kept)
          keep(folder, directory.fd, std::to_string(file), content);
      } catch (const std::exception& wrong) {
        failed = true;
        std::cerr << "noctis-disk: " << wrong.what() << '\n';
      }
    });
  for (auto& thread : threads) thread.join();
  const auto took = elapsed();
  if (failed) throw std::runtime_error("the disk refused");
  return static_cast<double>(kept) / took;
}

} // namespace

/// noctis-disk: how many files this machine can keep durably, with nothing else to do.
int main(int argc, char** argv) {
  std::uint64_t size = 526'228;
  double seconds = 3;
  std::vector<unsigned> threads{1, 4, 16};
  fs::path folder = fs::temp_directory_path();
  bool json = false;
  bool keep = false;
  CLI::App app{"Measures write, fsync, rename and directory fsync of one file after the other"};
  app.add_option("--size", size, "bytes of a file")->transform(CLI::AsSizeValue(false))->capture_default_str();
  app.add_option("--seconds", seconds, "for each number of threads")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--threads", threads, "numbers of threads")->delimiter(',')->check(CLI::Range(1U, 1024U));
  app.add_option("--dir", folder, "folder on the disk to measure")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  app.add_flag("--json", json, "print JSON");
  app.add_flag("--keep", keep, "leave the files: ext4 makes files slowly for minutes after it removed many");
  CLI11_PARSE(app, argc, argv);

  const auto base = folder / ("noctis-disk-" + std::to_string(::getpid()));
  int code = 0;
  try {
    std::vector<char> content(size);
    std::mt19937 noise{1};
    std::generate(content.begin(), content.end(), [&] { return static_cast<char>(noise()); });
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> out(buffer);
    out.SetMaxDecimalPlaces(1);
    out.StartObject();
    for (auto count : threads) {
      const auto rate = measure(base / std::to_string(count), count, content, seconds);
      out.Key(std::to_string(count).c_str());
      out.Double(rate);
      if (!json)
        std::printf("%3u threads  %7.1f files/s  %8.1f MB/s\n", count, rate, rate * static_cast<double>(size) / 1e6);
    }
    out.EndObject();
    if (json) std::printf("%s\n", buffer.GetString());
  } catch (const std::exception& wrong) {
    std::cerr << "noctis-disk: " << wrong.what() << '\n';
    code = 1;
  }
  if (!keep) fs::remove_all(base);
  return code;
}
