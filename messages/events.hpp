#pragma once

#include "messages/principal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// What happened, as readers of the outbox see it. A place in the order of events is "<transaction>-<number>"; places
// compare as the two numbers do.

/// One event.
struct event_row {
  std::string id;       ///< its place
  std::string type;     ///< instance.stored, study.updated, job.updated …
  int64_t facility = 0; ///< 0: of no facility, for those who see all
  std::string payload;  ///< a JSON object
};

/// Asks for what happened after a place, in order. Events of transactions that may still commit are held back, so that
/// nothing ever appears before a place that was answered.
struct events_request {
  principal who;
  std::string after;   ///< a place; "": from now on, which answers the place alone
  int32_t limit = 500; ///< 1 … 1,000
};

struct events_page {
  std::string position; ///< where to go on
  bool missed = false;  ///< `after` is older than what is kept, or of another database: `position` is now
  bool more = false;    ///< there is more already
  std::vector<event_row> events;
};

template <class I>
typename I::result_type inspect(I& f, event_row& x) {
  return f(x.id, x.type, x.facility, x.payload);
}

template <class I>
typename I::result_type inspect(I& f, events_request& x) {
  return f(x.who, x.after, x.limit);
}

template <class I>
typename I::result_type inspect(I& f, events_page& x) {
  return f(x.position, x.missed, x.more, x.events);
}

} // namespace noctis
