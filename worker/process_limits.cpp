#include "worker/process_limits.hpp"

#include "messages/errors.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace noctis {

namespace {

caf::error refused(const char* what) {
  return failure(errc::internal, std::string{what} + ": " + std::strerror(errno));
}

/// The address space that the process has now, bytes; 0 where that is not told.
uint64_t own_space() {
  std::ifstream file{"/proc/self/statm"};
  uint64_t pages = 0;
  file >> pages;
  return pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// Gives the session that the process leads the niceness of the process, where the kernel shares its time out among
/// sessions first: niceness alone would then hold within the session only (sched(7), "The autogroup feature").
void make_session_nice() {
  constexpr int attempts = 20;
  constexpr auto pause = std::chrono::milliseconds{50}; // the kernel takes one change of all processes in 100 ms
  const auto niceness = std::to_string(::getpriority(PRIO_PROCESS, 0));
  for (int i = 0; i < attempts; ++i) {
    const int file = ::open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    const bool is_busy = ::write(file, niceness.data(), niceness.size()) < 0 && errno == EAGAIN;
    ::close(file);
    if (!is_busy) return;
    std::this_thread::sleep_for(pause);
  }
}

} // namespace

caf::error live_within(const process_limits& limits) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return refused("the end of the parent cannot be followed");
  errno = 0;
  if (limits.niceness != 0 && ::nice(limits.niceness) == -1 && errno != 0) return refused("the niceness is not set");
  if (::getsid(0) == ::getpid()) make_session_nice();
  const rlimit no_core{0, 0};
  if (::setrlimit(RLIMIT_CORE, &no_core) != 0) return refused("core dumps cannot be left out");
  if (limits.memory == 0) return {};
  const rlim_t most = own_space() + limits.memory;
  const rlimit space{most, most};
  if (::setrlimit(RLIMIT_AS, &space) != 0) return refused("the limit of memory is not set");
  return {};
}

} // namespace noctis
