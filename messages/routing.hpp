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

} // namespace noctis
