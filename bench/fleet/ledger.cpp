#include "bench/fleet/ledger.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace noctis::bench {

ledger::ledger(const std::string& path) : file_{::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)} {
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), path);
}

ledger::~ledger() { ::close(file_); }

void ledger::add(const payload& acknowledged) {
  const auto line = acknowledged.sop_instance + ' ' + acknowledged.study + ' ' + checksum(acknowledged) + '\n';
  if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
    throw std::system_error(errno, std::generic_category(), "ledger");
}

} // namespace noctis::bench
