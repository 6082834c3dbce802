#include "actors/network/transfer.hpp"

#include "actors/network/outgoing_instance.hpp"

#include <algorithm>

namespace noctis {

transfer::transfer(caf::blocking_actor* self, directory_actor directory, scu_peer destination,
                   move_originator originator)
    : self_(self), directory_(std::move(directory)), destination_(std::move(destination)),
      originator_(std::move(originator)) {}

caf::error transfer::deidentify(const std::string& profile, const std::string& secret) {
  auto parsed = parse_profile(profile);
  if (!parsed) return std::move(parsed.error());
  deidentification_ = deidentification{*parsed, secret};
  return {};
}

void transfer::expect(const std::vector<image_row>& rows) {
  expected_.clear();
  std::set<context_pair> known;
  for (const auto& row : rows) {
    context_pair one{row.attributes.sop_class_uid, row.attributes.transfer_syntax_uid};
    if (known.insert(one).second) expected_.push_back(std::move(one));
  }
}

/// Opens an association that offers `needed`, and as much of what is expected as there is room for.
caf::error transfer::open_for(const context_pair& needed) {
  association_.reset();
  offered_.clear();
  std::vector<offered_context> contexts;
  const auto offer = [&](const context_pair& pair) {
    std::vector<context_pair> wanted{pair};
    for (const auto& syntax : fallback_syntaxes()) wanted.emplace_back(pair.first, syntax);
    for (auto& one : wanted) {
      if (contexts.size() == max_offered_contexts || !offered_.insert(one).second) continue;
      contexts.push_back({one.first, one.second});
    }
  };
  offer(needed);
  for (const auto& pair : expected_) offer(pair);
  auto opened = sender::open(destination_, contexts);
  if (!opened) return std::move(opened.error());
  association_ = std::move(*opened);
  return {};
}

caf::expected<dimse_answer> transfer::send(const image_row& row) {
  if (given_up_) return given_up_;
  const context_pair needed{row.attributes.sop_class_uid, row.attributes.transfer_syntax_uid};
  const bool is_offered = offered_.count(needed) != 0;
  if (!is_offered || (!association_ && !refused_)) {
    refused_ = open_for(needed);
    if (code_of(refused_) == errc::peer_unreachable) given_up_ = refused_;
  }
  if (!association_) return refused_;
  auto answer = send_over(*association_, row);
  constexpr int most_losses = 2;
  if (answer) {
    lost_in_a_row_ = 0;
  } else if (code_of(answer.error()) == errc::peer_unreachable) {
    association_.reset();
    if (++lost_in_a_row_ == most_losses) given_up_ = answer.error();
  }
  return answer;
}

/// Returns the file as it may go out. De-identification has it in memory, so it is bounded.
caf::expected<byte_source> transfer::without_identity(stored_instance& stored) const {
  if (!deidentification_) return stored.source();
  constexpr uint64_t longest = uint64_t{1} << 30;
  if (stored.size() > longest) return failure(errc::limit_exceeded, "too long to be de-identified: more than 1 GiB");
  const auto whole = stored.read(0, stored.size());
  if (!whole) return whole.error();
  auto anonymous = noctis::deidentify(whole->data(), whole->size(), *deidentification_);
  if (!anonymous) return std::move(anonymous.error());
  return memory_source(blob{std::move(*anonymous)});
}

caf::expected<dimse_answer> transfer::send_over(sender& association, const image_row& row) {
  auto stored = stored_instance::open(self_, directory_, row.locations);
  if (!stored) return std::move(stored.error());
  const auto file = without_identity(*stored);
  if (!file) return file.error();
  const auto outgoing = prepare(*file, [&](const std::string& sop_class, const std::string& syntax) {
    return association.accepts(sop_class, syntax);
  });
  if (!outgoing) return outgoing.error();
  return association.send(outgoing->meta, outgoing->data_set, originator_);
}

} // namespace noctis
