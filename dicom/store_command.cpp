#include "dicom/store_command.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace noctis {

namespace {

/// Encodes a command set (PS3.7 6.3.1: implicit VR little endian, with its group length).
class command_writer {
public:
  command_writer() {
    head(0x0000, 4);
    number(0, 4);
  }

  command_writer& uid(uint16_t element_number, std::string value) {
    if (value.size() % 2 != 0) value += '\0';
    head(element_number, value.size());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    return *this;
  }

  command_writer& number16(uint16_t element_number, uint16_t value) {
    head(element_number, 2);
    number(value, 2);
    return *this;
  }

  std::vector<uint8_t> finish() {
    constexpr size_t group_length = 12;
    const auto length = static_cast<uint32_t>(bytes_.size() - group_length);
    for (size_t i = 0; i < 4; ++i) bytes_[8 + i] = static_cast<uint8_t>(length >> (8 * i));
    return std::move(bytes_);
  }

private:
  void number(size_t value, size_t size) {
    for (size_t i = 0; i < size; ++i) bytes_.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }

  void head(uint16_t element_number, size_t length) {
    number(0x0000, 2);
    number(element_number, 2);
    number(length, 4);
  }

  std::vector<uint8_t> bytes_;
};

} // namespace

std::vector<uint8_t> store_command(const part10_meta& meta, uint16_t message_id) {
  return command_writer{}
      .uid(0x0002, meta.sop_class_uid)
      .number16(0x0100, 0x0001) // C-STORE-RQ
      .number16(0x0110, message_id)
      .number16(0x0700, 0x0000) // priority: medium
      .number16(0x0800, 0x0001) // a data set follows
      .uid(0x1000, meta.sop_instance_uid)
      .finish();
}

} // namespace noctis
