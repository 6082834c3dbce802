#include "actors/work/dispatcher.hpp"

#include "actors/system/ask_index.hpp"
#include "actors/work/job_stream.hpp"
#include "actors/work/job_worker.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace noctis {

namespace {

using clock = std::chrono::steady_clock;

constexpr int64_t most_tokens = 500; // of one queue that wait in Redis
constexpr auto rest = std::chrono::milliseconds{200};
constexpr auto brief_rest = std::chrono::milliseconds{20}; // while there is work
constexpr auto sweep_interval = std::chrono::seconds{2};
constexpr auto token_age = std::chrono::milliseconds{15000};
constexpr auto lost_age = std::chrono::milliseconds{1000}; // where a queue has no token at all in Redis
constexpr auto taken_age = std::chrono::milliseconds{10000};

class carrier {
public:
  carrier(caf::blocking_actor* self, const directory_actor& directory, const std::string& redis_url,
          const std::vector<std::string>& queues)
      : self_(self), directory_(directory), queues_(queues), stream_(redis_url) {}

  /// Carries what is due; whether there was anything.
  bool run() {
    const auto lengths = stream_.lengths(queues_);
    if (!lengths) return noted(lengths.error());
    const bool sweeps = clock::now() - swept_ >= sweep_interval;
    if (sweeps) {
      swept_ = clock::now();
      if (auto error = stream_.forget_taken(queues_, taken_age)) return noted(error);
    }
    const auto tokens = ask_index<std::vector<job_token>>(self_, directory_, jobs_of, wanted(*lengths, sweeps));
    if (!tokens || tokens->empty()) return false; // the index tells its own failures
    if (auto error = stream_.add(*tokens)) return noted(error);
    if (is_away_) spdlog::info("jobs are handed out by Redis again");
    is_away_ = false;
    return true;
  }

private:
  [[nodiscard]] job_handout wanted(const std::vector<int64_t>& lengths, bool sweeps) const {
    job_handout request;
    for (size_t i = 0; i < queues_.size(); ++i) {
      const auto age = lengths[i] == 0 ? lost_age : token_age;
      const auto room = std::max<int64_t>(most_tokens - lengths[i], 0);
      request.queues.push_back({queues_[i], static_cast<int32_t>(room), sweeps ? age.count() : 0});
    }
    return request;
  }

  bool noted(const caf::error& error) {
    if (!is_away_) spdlog::warn("jobs are handed out by the ledger alone: {}", reason_of(error));
    is_away_ = true;
    return false;
  }

  caf::blocking_actor* self_;
  const directory_actor& directory_;
  const std::vector<std::string>& queues_;
  job_stream stream_;
  clock::time_point swept_{};
  bool is_away_ = false;
};

} // namespace

void dispatcher(caf::blocking_actor* self, const directory_actor& directory, const std::string& redis_url,
                const std::vector<std::string>& queues) {
  carrier tokens{self, directory, redis_url, queues};
  for (bool any = false; !is_told_to_end(self, any ? brief_rest : rest);) any = tokens.run();
}

} // namespace noctis
