#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace noctis {

/// The command fields that this system sends (PS3.7 E.1).
namespace dimse {
inline constexpr uint16_t c_store_rq = 0x0001;
inline constexpr uint16_t n_event_report_rq = 0x0100;
inline constexpr uint16_t response_bit = 0x8000; ///< of a response; the rest is the request's field
} // namespace dimse

/// The elements of group 0000 that this system writes (PS3.7 E.1).
enum class command_element : uint16_t {
  affected_sop_class = 0x0002,
  requested_sop_class = 0x0003,
  command_field = 0x0100,
  message_id = 0x0110,
  message_id_responded_to = 0x0120,
  priority = 0x0700,
  data_set_type = 0x0800,
  status = 0x0900,
  error_comment = 0x0902,
  affected_sop_instance = 0x1000,
  requested_sop_instance = 0x1001,
  event_type_id = 0x1002,
  action_type_id = 0x1008,
  remaining_suboperations = 0x1020,
  completed_suboperations = 0x1021,
  failed_suboperations = 0x1022,
  warning_suboperations = 0x1023,
  move_originator_aet = 0x1030,
  move_originator_message_id = 0x1031,
};

/// A command set that is being put together (PS3.7 6.3.1).
class command_set {
public:
  explicit command_set(uint16_t command_field) { number(command_element::command_field, command_field); }

  command_set& uid(command_element element, std::string_view value);
  command_set& number(command_element element, uint16_t value);

  /// Text is cut at 64 characters, the longest Error Comment.
  command_set& text(command_element element, std::string_view value);

  /// Returns it encoded (implicit VR little endian, with its group length), with a Command Data Set Type that says
  /// whether a data set follows.
  [[nodiscard]] std::vector<uint8_t> encode(bool has_data_set) const;

private:
  std::map<uint16_t, std::vector<uint8_t>> values_; ///< by element number
};

} // namespace noctis
