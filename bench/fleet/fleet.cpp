#include "bench/fleet/fleet.hpp"

#include "bench/fleet/ledger.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <sys/resource.h>
#include <thread>

namespace noctis::bench {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds retry_pause{100};

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Lets threads wait until all of them have come.
class meeting_point {
public:
  explicit meeting_point(unsigned expected) : missing_{expected} {}
  void arrive_and_wait() {
    std::unique_lock guard{mutex_};
    if (--missing_ == 0) all_here_.notify_all();
    all_here_.wait(guard, [this] { return missing_ == 0; });
  }

private:
  std::mutex mutex_;
  std::condition_variable all_here_;
  unsigned missing_;
};

/// What the senders share.
struct run_state {
  const plan& what;
  const std::vector<slice>& slices;
  std::optional<ledger> acknowledged;
  std::atomic<std::uint64_t> taken{0};
  clock::time_point deadline{clock::time_point::max()};
  meeting_point start;
  meeting_point finish;

  bool take_one() { return clock::now() < deadline && (what.instances == 0 || taken.fetch_add(1) < what.instances); }
};

/// One sender: a thread with one association at a time.
class sender {
public:
  sender(run_state& run, unsigned number) : run_{run}, number_{number} {}

  void connect() {
    const auto give_up = std::min(run_.deadline, clock::now() + run_.what.patience);
    while (!line_) {
      try {
        line_.emplace(run_.what.to, run_.slices);
      } catch (const std::exception& broken) {
        ++seen.failures[broken.what()];
        if (!run_.what.retry || clock::now() > give_up) return;
        std::this_thread::sleep_for(retry_pause);
      }
    }
  }

  void send_all() {
    began = clock::now();
    for (std::uint64_t count = 0; line_ && run_.take_one(); ++count) send_until_done(count);
  }

  void release() {
    if (line_) line_->release();
  }

  tally seen;
  clock::time_point began;

private:
  void send_until_done(std::uint64_t count) {
    const auto& original = run_.slices[(count + number_) % run_.slices.size()];
    const identity who{run_.what.seed, number_, count / run_.what.series, count};
    const auto data = personalise(original, who, run_.what.giant / original.body.size() * original.body.size());
    while (line_ && !send_once(data, original) && run_.what.retry) {
      std::this_thread::sleep_for(retry_pause);
      connect();
    }
  }

  /// True when the instance was acknowledged. A broken association is given up, and opened again for the next try.
  bool send_once(const payload& data, const slice& original) {
    try {
      const auto before = clock::now();
      const auto status = line_->store(data, original);
      const std::chrono::duration<double, std::milli> took = clock::now() - before;
      if (status != 0) {
        char text[8];
        std::snprintf(text, sizeof text, "0x%04X", static_cast<unsigned>(status));
        ++seen.failures[text];
        return false;
      }
      if (run_.acknowledged) run_.acknowledged->add(data);
      seen.latencies_ms.push_back(took.count());
      seen.bytes += data.size();
      return true;
    } catch (const std::exception& broken) {
      ++seen.failures[broken.what()];
      ++seen.reconnects;
      line_.reset();
      connect();
      return false;
    }
  }

  run_state& run_;
  unsigned number_;
  std::optional<association> line_;
};

} // namespace

result send_fleet(const plan& what, const std::vector<slice>& slices) {
  run_state run{what,
                slices,
                {},
                {},
                clock::time_point::max(),
                meeting_point{what.associations + 1},
                meeting_point{what.associations + 1}};
  if (!what.ledger.empty()) run.acknowledged.emplace(what.ledger);

  if (what.seconds > 0)
    run.deadline =
        clock::now() + std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(what.seconds));

  std::deque<sender> senders;
  for (unsigned number = 0; number < what.associations; ++number) senders.emplace_back(run, number);
  std::vector<std::thread> threads;
  for (auto& one : senders)
    threads.emplace_back([&run, &one] {
      one.connect();
      run.start.arrive_and_wait();
      one.send_all();
      run.finish.arrive_and_wait();
      one.release();
    });

  run.start.arrive_and_wait();
  const auto cpu_before = cpu_seconds();
  run.finish.arrive_and_wait();
  const auto end = clock::now();
  result total;
  total.cpu_seconds = cpu_seconds() - cpu_before;
  total.seed = what.seed;
  for (auto& thread : threads) thread.join();
  auto begin = end;
  for (auto& one : senders) {
    begin = std::min(begin, one.began);
    total.stores.add(std::move(one.seen));
  }
  total.seconds = std::chrono::duration<double>(end - begin).count();
  return total;
}

} // namespace noctis::bench
