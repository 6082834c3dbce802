#pragma once

#include "bench/fleet/slices.hpp"

#include <cstdint>
#include <sys/uio.h>
#include <vector>

namespace noctis::bench {

/// Writes one C-STORE request to a socket as P-DATA-TF PDUs (PS3.8 section 9.3.5) straight from the caller's memory.
/// Throws std::system_error when the peer is gone or takes nothing for the socket's send time-out.
class pdu_writer {
public:
  /// `max_fragment`: bytes of a message that fit into one PDU of the peer. `gathered`: many PDUs go out with one call;
  /// else each PDU is a write of its own, as most senders do it.
  pdu_writer(int socket, std::size_t max_fragment, bool gathered);

  void store_request(std::uint8_t context, std::uint16_t message_id, const payload& data);

private:
  struct pdu_header {
    std::uint8_t bytes[12];
  };

  void begin_pdu(std::uint8_t context, std::uint64_t length, bool command, bool last);
  void add(const std::uint8_t* data, std::size_t length);
  void data_set(std::uint8_t context, const payload& data);
  void flush();

  int socket_;
  std::size_t max_fragment_;
  bool gathered_;
  std::vector<pdu_header> headers_;
  std::vector<iovec> parts_;
};

} // namespace noctis::bench
