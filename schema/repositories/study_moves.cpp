#include "schema/repositories/study_moves.hpp"

#include "schema/text.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

namespace noctis::schema {

namespace {

struct status_move {
  const char* from;
  const char* to;
};

constexpr std::array<status_move, 16> status_moves{{{"scheduled", "in_progress"},
                                                    {"in_progress", "completed"},
                                                    {"completed", "reported"},
                                                    {"reported", "approved"},
                                                    {"scheduled", "suspended"},
                                                    {"in_progress", "suspended"},
                                                    {"completed", "suspended"},
                                                    {"reported", "suspended"},
                                                    {"suspended", "scheduled"},
                                                    {"suspended", "in_progress"},
                                                    {"suspended", "completed"},
                                                    {"suspended", "cancelled"},
                                                    {"scheduled", "cancelled"},
                                                    {"in_progress", "cancelled"},
                                                    {"completed", "cancelled"},
                                                    {"reported", "cancelled"}}};

constexpr statement announce{"study_changes_announce", "select set_config('noctis.who', $1, true), "
                                                       "set_config('noctis.account', $2, true)"};

bool is_aside(const std::string& status) { return status == "suspended" || status == "cancelled"; }

} // namespace

bool is_study_move(const std::string& from, const std::string& to) {
  return std::any_of(status_moves.begin(), status_moves.end(),
                     [&](const status_move& move) { return from == move.from && to == move.to; });
}

std::vector<std::string> study_steps(const std::string& from, const std::string& to) {
  std::map<std::string, std::string> came_from{{from, ""}};
  std::deque<std::string> next{from};
  while (!next.empty() && came_from.count(to) == 0) {
    const auto here = next.front();
    next.pop_front();
    for (const auto& move : status_moves) {
      const bool passes = here == move.from && (to == move.to || !is_aside(move.to));
      if (passes && came_from.emplace(move.to, here).second) next.emplace_back(move.to);
    }
  }
  std::vector<std::string> steps;
  for (auto at = to; came_from.count(at) > 0 && at != from; at = came_from[at]) steps.push_back(at);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

void announce_study_changes(query& run, const principal& who) {
  run(announce, storable(who.name, 256), std::to_string(who.id));
}

} // namespace noctis::schema
