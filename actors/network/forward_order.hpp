#pragma once

#include <caf/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace noctis {

/// The queue of jobs whose payload is a forward order.
inline constexpr const char* forward_queue = "forward";

/// What a forward job sends, and where to. Its payload is a JSON object with these names; those without a value may be
/// absent.
struct forward_order {
  std::string destination;      ///< title of a registered application entity that has a host
  std::string study_uid;        ///< one of these three is given: the whole study, …
  std::string series_uid;       ///< … series, …
  std::string sop_instance_uid; ///< … or instance
  std::string deidentify;       ///< name of a de-identification profile; "": as it is
  int64_t rule = 0;             ///< of the routing rule whose deliveries these are; 0: what is named, all of it
};

std::string to_payload(const forward_order& order);

/// Error: `invalid_argument`, which names what is missing or of the wrong type.
caf::expected<forward_order> order_from_payload(std::string_view payload);

} // namespace noctis
