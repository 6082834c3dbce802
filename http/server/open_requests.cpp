#include "http/server/open_requests.hpp"

#include "messages/errors.hpp"

#include <caf/actor_cast.hpp>
#include <caf/make_message.hpp>

namespace noctis {

open_requests::entry::entry(open_requests& all, caf::scoped_actor& self, caf::message_id answer) : all_(all) {
  waiting one{caf::actor_cast<caf::strong_actor_ptr>(self), answer};
  key_ = one.self.get();
  std::lock_guard<std::mutex> lock(all_.mutex_);
  if (all_.cancelled_) fail(one);
  all_.waiting_.emplace(key_, std::move(one));
}

open_requests::entry::~entry() {
  std::lock_guard<std::mutex> lock(all_.mutex_);
  all_.waiting_.erase(key_);
}

void open_requests::cancel() {
  std::lock_guard<std::mutex> lock(mutex_);
  cancelled_ = true;
  for (const auto& [key, one] : waiting_) fail(one);
}

void open_requests::fail(const waiting& one) {
  one.self->enqueue(nullptr, one.answer, caf::make_message(failure(errc::shutting_down, "the server is stopping")),
                    nullptr);
}

} // namespace noctis
