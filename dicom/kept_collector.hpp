#pragma once

#include "dicom/json/sink.hpp"
#include "messages/find.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace noctis {

/// Collects the `kept_attributes()` of a data set while it is parsed, a DICOM JSON object for each level. It never
/// makes a data set fail: a value that is too long is left out, a level that grows too long is dropped.
class kept_collector : public data_set_sink {
public:
  bool wants(const element& head) override;
  caf::error value(const element& head, const uint8_t* bytes, size_t size) override;
  void begin_sequence(const element& head) override;
  void end_sequence() override;
  void begin_item() override;
  void end_item() override;
  vr implicit_vr(tag_number tag) override;

  /// Returns the object of a level, "" where it has no attribute or the data set ended inside one. Once for each level.
  std::string object(query_level level);

private:
  using sink_slot = std::optional<json_sink>;

  sink_slot* slot_of(tag_number tag);
  json_sink& sink_in(sink_slot& slot);
  void drop(sink_slot& slot);

  std::array<sink_slot, 3> sinks_; ///< study, series, instance
  std::array<bool, 3> dropped_{};
  sink_slot* open_ = nullptr; ///< into which a sequence goes
  uint32_t depth_ = 0;        ///< sequences open, from one that is kept
  std::string character_set_;
};

} // namespace noctis
