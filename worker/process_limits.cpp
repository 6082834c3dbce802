#include "worker/process_limits.hpp"

#include "messages/errors.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sys/prctl.h>
#include <sys/resource.h>
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

} // namespace

caf::error live_within(const process_limits& limits) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return refused("the end of the parent cannot be followed");
  errno = 0;
  if (limits.niceness != 0 && ::nice(limits.niceness) == -1 && errno != 0) return refused("the niceness is not set");
  const rlimit no_core{0, 0};
  if (::setrlimit(RLIMIT_CORE, &no_core) != 0) return refused("core dumps cannot be left out");
  if (limits.memory == 0) return {};
  const rlim_t most = own_space() + limits.memory;
  const rlimit space{most, most};
  if (::setrlimit(RLIMIT_AS, &space) != 0) return refused("the limit of memory is not set");
  return {};
}

} // namespace noctis
