#include "http/server/workbench.hpp"

#include "http/request/problem.hpp"

#include <algorithm>
#include <thread>

namespace noctis {

workbench::workbench(size_t places)
    : free_(places > 0 ? places : std::max(2u, std::thread::hardware_concurrency()) - 1) {}

workbench::place::place(workbench& bench, std::chrono::milliseconds patience) : bench_(bench) {
  std::unique_lock<std::mutex> lock(bench_.mutex_);
  auto granted = bench_.free_ > 0;
  if (!granted && bench_.waiting_ < most_waiting) {
    ++bench_.waiting_;
    granted = bench_.freed_.wait_for(lock, patience, [&] { return bench_.free_ > 0; });
    --bench_.waiting_;
  }
  if (!granted) throw refusal(errc::overloaded, "Too many images are being rendered at the moment.");
  --bench_.free_;
}

workbench::place::~place() {
  const std::lock_guard<std::mutex> lock(bench_.mutex_);
  ++bench_.free_;
  bench_.freed_.notify_one();
}

} // namespace noctis
