#pragma once

#include "messages/principal.hpp"

#include <cstdint>
#include <string>

namespace noctis {

// What is to be done and what was done at a modality. A workitem is a scheduled procedure step: Modality Worklist
// (PS3.4 K) and UPS (PS3.4 CC) are two views of it.

/// A scheduled procedure step.
struct workitem {
  int64_t id = 0;
  std::string uid;   ///< SOP Instance UID of the UPS
  std::string state; ///< SCHEDULED, IN PROGRESS, COMPLETED or CANCELED (PS3.4 CC.1.1)
  int64_t facility = 0;
  std::string attributes; ///< DICOM JSON (PS3.18 F.2) with the attributes of a Modality Worklist item (PS3.4 K.6.1.2)
  int64_t updated_at = 0; ///< ms since the epoch, UTC
};

/// Makes a workitem, or gives one that is known by `uid` other attributes.
struct workitem_put {
  principal who;
  std::string uid;             ///< "": a new one is made
  bool creates = true;         ///< false: `not_found` where there is none
  std::string attributes;      ///< as in `workitem`; what is missing and can be made (UIDs, step id) is made
  std::string transaction_uid; ///< of who claimed it; "" while it is only scheduled
};

struct workitem_request {
  principal who;
  std::string uid;
};

/// Moves a workitem to another state (PS3.4 CC.2.1). Claiming it (IN PROGRESS) names the transaction that every
/// later change must name.
struct workitem_transition {
  principal who;
  std::string uid;
  std::string state; ///< IN PROGRESS, COMPLETED or CANCELED
  std::string transaction_uid;
  std::string reason; ///< of a cancellation
};

/// Withdraws a workitem that nobody has claimed.
struct workitem_removal {
  principal who;
  std::string uid;
};

/// A modality performed procedure step as N-CREATE or N-SET brings it (PS3.4 F.7). It takes the workitems that it
/// refers to along: IN PROGRESS with it, COMPLETED or CANCELED (discontinued) with it.
struct performed_step {
  principal who;
  std::string uid;
  bool creates = true;    ///< N-CREATE; false: N-SET
  std::string attributes; ///< DICOM JSON
};

template <class I>
typename I::result_type inspect(I& f, workitem& x) {
  return f(x.id, x.uid, x.state, x.facility, x.attributes, x.updated_at);
}

template <class I>
typename I::result_type inspect(I& f, workitem_put& x) {
  return f(x.who, x.uid, x.creates, x.attributes, x.transaction_uid);
}

template <class I>
typename I::result_type inspect(I& f, workitem_request& x) {
  return f(x.who, x.uid);
}

template <class I>
typename I::result_type inspect(I& f, workitem_transition& x) {
  return f(x.who, x.uid, x.state, x.transaction_uid, x.reason);
}

template <class I>
typename I::result_type inspect(I& f, workitem_removal& x) {
  return f(x.who, x.uid);
}

template <class I>
typename I::result_type inspect(I& f, performed_step& x) {
  return f(x.who, x.uid, x.creates, x.attributes);
}

} // namespace noctis
