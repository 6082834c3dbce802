#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

void fill(int fd, const std::string& text) {
  if (::write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::_Exit(1);
}

int create(const std::string& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0644);
  fill(fd, text);
  return fd;
}

void sync_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY);
  ::fsync(fd);
  ::close(fd);
}

/// Files of several threads: those with an even number durable, the others all but.
void many_threads() {
  ::mkdir("threads", 0755);
  sync_folder(".");
  std::vector<std::thread> threads;
  for (int number = 0; number < 8; ++number)
    threads.emplace_back([number] {
      for (int file = 0; file < 50; ++file) {
        const auto path = "threads/" + std::to_string(number) + '-' + std::to_string(file);
        const int fd = create(path + ".part", std::string(1000, 'x'));
        if (number % 2 == 0) ::fsync(fd);
        ::close(fd);
        ::rename((path + ".part").c_str(), path.c_str());
      }
    });
  for (auto& thread : threads) thread.join();
  sync_folder("threads");
}

} // namespace

/// Does to the working directory what a store does, well and badly, then dies as if killed. "old", "replaced" and
/// "removed" exist before, all of them holding "durable".
int main() {
  many_threads();
  ::fsync(create("kept", "synced"));
  fill(create("half", "synced"), "");
  const int half = ::open("half", O_RDWR);
  ::fsync(half);
  ::lseek(half, 0, SEEK_END);
  fill(half, " and not synced");
  create("unsynced", "never");
  std::ofstream("stream") << "never";
  std::filesystem::create_directories("folder/deep");
  sync_folder(".");
  ::fsync(create("folder/file", "synced"));
  ::fsync(create("folder/deep/file", "synced"));
  sync_folder("folder/deep");

  const int old = ::open("old", O_WRONLY);
  ::fsync(old);
  if (::pwrite(old, "XXXX", 4, 2) != 4 || ::ftruncate(old, 5) != 0) return 1;
  ::fsync(create("new.part", "synced"));
  ::rename("new.part", "replaced");
  std::filesystem::remove("removed");
  ::fsync(create("nameless", "synced"));
  return ::raise(SIGKILL);
}
