#include "actors/index/find_workitems.hpp"

#include "dicom/json/object.hpp"
#include "dicom/matching.hpp"
#include "dicom/vr.hpp"
#include "schema/repositories/workitems.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number step_sequence = 0x00400100;
constexpr tag_number start_date = 0x00400002;
constexpr tag_number start_time = 0x00400003;
constexpr tag_number start_date_time = 0x00404005;
constexpr tag_number step_state = 0x00741000;
constexpr const char* ups_push = "1.2.840.10008.5.1.4.34.6.1";

constexpr int32_t group_size = 500;
constexpr int32_t most_matches = 1000;

/// Whether a key is a binary number: toolkits that cannot leave one empty send 0, and nobody looks for a procedure step
/// by one, so it stands for universal matching.
bool is_binary_number(const match_key& key) {
  const auto representation = key.path.empty() ? vr::none : dictionary_vr(key.path.back());
  return representation == vr::US || representation == vr::SS || representation == vr::UL || representation == vr::SL;
}

} // namespace

std::string workitem_json(const workitem& item) {
  const auto attributes = parse_json_object(item.attributes);
  if (!attributes) return "{}";
  json_data_set result{*attributes};
  result.set(sop_class_uid, vr::UI, ups_push).set(sop_instance_uid, vr::UI, item.uid);
  result.set(step_state, vr::CS, item.state);
  const auto steps = items_of(*attributes, step_sequence);
  if (!steps.empty()) {
    const auto date = text_of(*steps.front(), start_date);
    if (!date.empty()) result.set(start_date_time, vr::DT, date + text_of(*steps.front(), start_time));
  }
  return result.str();
}

find_page find_workitems(schema::database& database, find_request request) {
  if (request.limit < 1 || request.limit > most_matches || request.offset < 0)
    throw schema::database_error(errc::invalid_argument, "limit is 1 to 1000, offset not below 0");
  auto& keys = request.keys;
  keys.erase(std::remove_if(keys.begin(), keys.end(), is_binary_number), keys.end());
  schema::workitems_repository workitems{database};
  find_page page;
  int64_t skipped = 0;
  std::vector<workitem> group;
  do {
    const auto last = group.empty() ? workitem{} : std::move(group.back());
    group = workitems.candidates(request, last.id == 0 ? nullptr : &last, group_size);
    for (const auto& item : group) {
      auto json = workitem_json(item);
      const auto object = parse_json_object(json);
      if (!object || !matches(*object, request.keys, request.fuzzy_names)) continue;
      if (skipped < request.offset) {
        ++skipped;
      } else if (page.matches.size() < static_cast<size_t>(request.limit)) {
        page.matches.push_back(std::move(json));
      } else {
        page.more = true;
        return page;
      }
    }
  } while (group.size() == static_cast<size_t>(group_size));
  return page;
}

} // namespace noctis
