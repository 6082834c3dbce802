#include "dicom/kept_collector.hpp"

#include "messages/kept_attributes.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr tag_number specific_character_set = 0x00080005;
constexpr size_t longest_object = size_t{16} << 10;

const json_options& options() {
  static const json_options result{64, 1024, longest_object, ""};
  return result;
}

const kept_attribute* attribute_with(tag_number tag) {
  const auto& all = kept_attributes();
  const auto found = std::lower_bound(all.begin(), all.end(), tag,
                                      [](const auto& one, tag_number wanted) { return one.tag < wanted; });
  return found == all.end() || found->tag != tag ? nullptr : &*found;
}

size_t position_of(query_level level) { return static_cast<size_t>(level) - static_cast<size_t>(query_level::study); }

} // namespace

bool kept_collector::wants(const element& head) {
  if (depth_ > 0) return open_ && (*open_)->wants(head);
  if (head.depth > 0) return false;
  if (head.tag == specific_character_set) return true;
  auto* slot = slot_of(head.tag);
  return slot && sink_in(*slot).wants(head);
}

caf::error kept_collector::value(const element& head, const uint8_t* bytes, size_t size) {
  if (depth_ == 0 && head.tag == specific_character_set) {
    if (character_set_.empty()) character_set_.assign(reinterpret_cast<const char*>(bytes), size);
    return caf::none;
  }
  auto* slot = depth_ > 0 ? open_ : slot_of(head.tag);
  if (slot && (*slot)->value(head, bytes, size)) drop(*slot);
  return caf::none;
}

void kept_collector::begin_sequence(const element& head) {
  if (depth_ == 0) {
    open_ = head.depth > 0 ? nullptr : slot_of(head.tag);
    if (!open_) return;
    sink_in(*open_);
  }
  ++depth_;
  if (open_) (*open_)->begin_sequence(head);
}

void kept_collector::end_sequence() {
  if (depth_ == 0) return;
  --depth_;
  if (open_) (*open_)->end_sequence();
}

void kept_collector::begin_item() {
  if (depth_ == 0 || !open_) return;
  if ((*open_)->size() > longest_object)
    drop(*open_);
  else
    (*open_)->begin_item();
}

void kept_collector::end_item() {
  if (depth_ > 0 && open_) (*open_)->end_item();
}

vr kept_collector::implicit_vr(tag_number tag) {
  if (depth_ > 0) return open_ ? dictionary_vr(tag) : vr::none;
  return slot_of(tag) ? dictionary_vr(tag) : vr::none;
}

std::string kept_collector::object(query_level level) {
  auto& slot = sinks_.at(position_of(level));
  const bool is_cut = depth_ > 0 && open_ == &slot;
  if (!slot || is_cut) return {};
  auto result = slot->finish();
  slot.reset();
  return result == "{}" ? "" : result;
}

kept_collector::sink_slot* kept_collector::slot_of(tag_number tag) {
  const auto* attribute = attribute_with(tag);
  if (!attribute) return nullptr;
  const auto position = position_of(attribute->level);
  return dropped_.at(position) ? nullptr : &sinks_.at(position);
}

json_sink& kept_collector::sink_in(sink_slot& slot) {
  if (!slot) slot.emplace(options(), character_set_);
  return *slot;
}

void kept_collector::drop(sink_slot& slot) {
  slot.reset();
  dropped_.at(static_cast<size_t>(&slot - sinks_.data())) = true;
  if (open_ == &slot) open_ = nullptr;
}

} // namespace noctis
