#include "http/gateway.hpp"

namespace noctis {

namespace {

constexpr std::chrono::seconds fresh{1};

} // namespace

services directory_cache::current(caf::scoped_actor& self) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (std::chrono::steady_clock::now() - asked_ < fresh) return known_;
  }
  services answer;
  auto answered = false;
  self->request(directory_, patience::brief, services_atom::value)
      .receive(
          [&](services& s) {
            answer = std::move(s);
            answered = true;
          },
          [](caf::error&) {});
  std::lock_guard<std::mutex> lock(mutex_);
  if (answered) {
    known_ = std::move(answer);
    asked_ = std::chrono::steady_clock::now();
  }
  return known_;
}

void directory_cache::forget() {
  std::lock_guard<std::mutex> lock(mutex_);
  asked_ = {};
}

std::vector<reader_actor> gateway::readers_of(const std::string& node) {
  std::vector<reader_actor> result;
  for (const auto& store : reachable().stores) {
    if (store.node == node && store.reader) result.push_back(store.reader);
  }
  return result;
}

bool gateway::another_may_answer(const caf::error& error) {
  const auto code = code_of(error);
  return code == errc::shutting_down || code == errc::index_unavailable;
}

} // namespace noctis
