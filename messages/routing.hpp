#pragma once

#include "messages/find.hpp"
#include "messages/principal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// Which instances that arrive are sent on, and where to. Empty conditions do not restrict; all of them must hold.
struct routing_rule {
  int64_t id = 0; ///< 0: a new one
  std::string name;
  bool active = true;
  std::string destination; ///< title of a registered AE that has a host
  int64_t facility = 0;    ///< of the study; 0: any
  std::string calling_aet; ///< who sent it
  std::vector<std::string> modalities;
  std::vector<match_key> attributes; ///< of the header: study and series attributes
  std::string deidentify;            ///< name of a de-identification profile; "": as it is
  std::string priority = "routine";
};

struct routing_rules {
  std::vector<routing_rule> rules;
};

/// Makes a rule, or changes the one with its id.
struct routing_rule_put {
  principal who;
  routing_rule rule;
};

/// Asks which instances of a study a rule has still to send, in order of their ids; answered with an `instance_list`.
struct undelivered_request {
  int64_t rule = 0;
  std::string study_uid;
  int64_t after = 0; ///< only ids above
  int32_t limit = 1000;
};

/// Tells that a rule's destination has taken these instances.
struct delivery_report {
  int64_t rule = 0;
  std::vector<int64_t> instances;
};

template <class I>
typename I::result_type inspect(I& f, routing_rule& x) {
  return f(x.id, x.name, x.active, x.destination, x.facility, x.calling_aet, x.modalities, x.attributes, x.deidentify,
           x.priority);
}

template <class I>
typename I::result_type inspect(I& f, routing_rules& x) {
  return f(x.rules);
}

template <class I>
typename I::result_type inspect(I& f, routing_rule_put& x) {
  return f(x.who, x.rule);
}

template <class I>
typename I::result_type inspect(I& f, undelivered_request& x) {
  return f(x.rule, x.study_uid, x.after, x.limit);
}

template <class I>
typename I::result_type inspect(I& f, delivery_report& x) {
  return f(x.rule, x.instances);
}

} // namespace noctis
