#include "bench/fleet/pdus.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace noctis::bench {

namespace {

constexpr std::size_t pdus_per_call = 256;

void put(bytes& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_number(bytes& out, std::uint16_t element, std::uint16_t value) {
  put(out, static_cast<std::uint32_t>(element) << 16U, 4);
  put(out, 2, 4);
  put(out, value, 2);
}

void put_uid(bytes& out, std::uint16_t element, std::string uid) {
  uid.resize(uid.size() + uid.size() % 2);
  put(out, static_cast<std::uint32_t>(element) << 16U, 4);
  put(out, uid.size(), 4);
  out.insert(out.end(), uid.begin(), uid.end());
}

/// C-STORE-RQ (PS3.7 section 9.3.1.1) in implicit VR little endian, group 0000.
bytes store_command(std::uint16_t message_id, const payload& data) {
  bytes fields;
  put_uid(fields, 0x0002, data.sop_class);
  put_number(fields, 0x0100, 0x0001); // C-STORE-RQ
  put_number(fields, 0x0110, message_id);
  put_number(fields, 0x0700, 0x0000); // medium priority
  put_number(fields, 0x0800, 0x0001); // a data set follows
  put_uid(fields, 0x1000, data.sop_instance);
  bytes command;
  put(command, 0, 4);
  put(command, 4, 4);
  put(command, fields.size(), 4);
  command.insert(command.end(), fields.begin(), fields.end());
  return command;
}

} // namespace

pdu_writer::pdu_writer(int socket, std::size_t max_fragment, bool gathered)
    : socket_{socket}, max_fragment_{max_fragment & ~std::size_t{1}}, gathered_{gathered} {
  headers_.reserve(pdus_per_call); // parts_ points into it
}

void pdu_writer::store_request(std::uint8_t context, std::uint16_t message_id, const payload& data) {
  const auto command = store_command(message_id, data);
  begin_pdu(context, command.size(), true, true);
  add(command.data(), command.size());
  data_set(context, data);
  flush();
}

void pdu_writer::data_set(std::uint8_t context, const payload& data) {
  const auto total = data.size();
  for (std::uint64_t sent = 0; sent < total;) {
    auto left = std::min<std::uint64_t>(max_fragment_, total - sent);
    begin_pdu(context, left, false, sent + left == total);
    while (left > 0) {
      const bool in_head = sent < data.head.size();
      const auto& source = in_head ? data.head : *data.body;
      const auto at = in_head ? sent : (sent - data.head.size()) % source.size();
      const auto part = std::min<std::uint64_t>(left, source.size() - at);
      add(source.data() + at, part);
      sent += part;
      left -= part;
    }
  }
}

void pdu_writer::begin_pdu(std::uint8_t context, std::uint64_t length, bool command, bool last) {
  if (headers_.size() == pdus_per_call || (!gathered_ && !headers_.empty())) flush();
  pdu_header header{{0x04, 0}}; // P-DATA-TF
  const auto item = length + 2;
  const auto pdu = item + 4;
  for (unsigned i = 0; i < 4; ++i) {
    header.bytes[2 + i] = static_cast<std::uint8_t>(pdu >> (24 - 8 * i));
    header.bytes[6 + i] = static_cast<std::uint8_t>(item >> (24 - 8 * i));
  }
  header.bytes[10] = context;
  header.bytes[11] = static_cast<std::uint8_t>((command ? 1U : 0U) | (last ? 2U : 0U));
  headers_.push_back(header);
  add(headers_.back().bytes, sizeof header.bytes);
}

void pdu_writer::add(const std::uint8_t* data, std::size_t length) {
  parts_.push_back({const_cast<std::uint8_t*>(data), length});
}

void pdu_writer::flush() {
  auto* next = parts_.data();
  auto* const end = next + parts_.size();
  while (next != end) {
    msghdr message{};
    message.msg_iov = next;
    message.msg_iovlen = std::min<std::size_t>(static_cast<std::size_t>(end - next), 1024); // IOV_MAX
    const auto sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) throw std::system_error(errno, std::generic_category(), "sending");
    auto left = static_cast<std::size_t>(sent);
    while (next != end && left >= next->iov_len) left -= (next++)->iov_len;
    if (left > 0) {
      next->iov_base = static_cast<std::uint8_t*>(next->iov_base) + left;
      next->iov_len -= left;
    }
  }
  headers_.clear();
  parts_.clear();
}

} // namespace noctis::bench
