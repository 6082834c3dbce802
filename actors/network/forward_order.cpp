#include "actors/network/forward_order.hpp"

#include "dicom/uid.hpp"
#include "messages/errors.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

#include <array>
#include <utility>

namespace noctis {

namespace {

constexpr std::array<std::pair<const char*, std::string forward_order::*>, 5> texts{{
    {"destination", &forward_order::destination},
    {"study_uid", &forward_order::study_uid},
    {"series_uid", &forward_order::series_uid},
    {"sop_instance_uid", &forward_order::sop_instance_uid},
    {"deidentify", &forward_order::deidentify},
}};

caf::error wrong(const std::string& reason) { return failure(errc::invalid_argument, "forward order: " + reason); }

} // namespace

std::string to_payload(const forward_order& order) {
  json_text json;
  json.begin_object();
  for (const auto& [name, member] : texts)
    if (const auto& value = order.*member; !value.empty()) json.field(name, value);
  if (order.rule != 0) json.field("rule", order.rule);
  json.end_object();
  return json.take();
}

caf::expected<forward_order> order_from_payload(std::string_view payload) {
  constexpr auto optional = json_members::presence::optional;
  forward_order order;
  json_members members{payload, "forward order"};
  for (const auto& [name, member] : texts) members.text(name, order.*member, optional);
  members.whole("rule", order.rule, optional);
  if (members.error()) return members.error();
  if (order.destination.empty()) return wrong("destination is missing");
  const bool names_something =
      valid_uid(order.study_uid) || valid_uid(order.series_uid) || valid_uid(order.sop_instance_uid);
  if (!names_something) return wrong("study_uid, series_uid or sop_instance_uid must be a UID");
  if (order.rule != 0 && order.study_uid.empty()) return wrong("a rule's order names a study");
  return order;
}

} // namespace noctis
