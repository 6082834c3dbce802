#pragma once

#include "actors/association/gate.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/dcmlayer.h>
#include <dcmtk/dcmnet/dcmtrans.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace noctis {

/// A TCP or TLS connection for DCMTK that does not stall: it sends without Nagle's delay and each PDU in one piece, and
/// acknowledges at once what it reads, so that a peer with Nagle's algorithm on (every unmodified DCMTK client)
/// never waits for a delayed acknowledgement. It begins with the bytes that the gate has read.
class dicom_connection final : public DcmTCPConnection {
public:
  /// Takes the socket. `stop`: a descriptor that turns readable when the node stops.
  dicom_connection(const requested_association& request, int stop);

  ssize_t read(void* buffer, size_t size) override;
  ssize_t write(void* buffer, size_t size) override;
  OFBool networkDataAvailable(int timeout_s) override;
  void close() override;

  /// Waits for the peer's next message. False when the time is over or the node stops.
  bool wait_for_message(int timeout_s);

  /// Whether the node stops.
  [[nodiscard]] bool is_stopping() const;

  /// Lets the peer send at most `bytes` before the next call; then the connection fails. 0: no limit.
  void limit(uint64_t bytes) { allowance_ = bytes; }

private:
  enum class readiness : uint8_t { data, stopping, timeout };
  readiness wait(int timeout_ms, bool heed_stop);
  ssize_t receive(void* buffer, size_t size);
  ssize_t write_secure(const void* buffer, size_t size);
  [[nodiscard]] bool has_unread() const { return begin_ != end_ || (tls_ && tls_->has_pending()); }

  std::shared_ptr<tls_session> tls_; ///< nullptr: plain TCP
  std::vector<uint8_t> buffer_;
  size_t begin_ = 0; ///< of what is unread in `buffer_`
  size_t end_ = 0;
  uint64_t allowance_ = 0;
  uint64_t pdu_left_ = 0; ///< bytes to write until the PDU is whole
  int stop_;
};

/// Makes a `dicom_connection` of the socket that the listener has just received.
class transport final : public DcmTransportLayer {
public:
  explicit transport(int stop) : stop_(stop) {}

  /// The next `createConnection` is for this request.
  void expect(const requested_association* request) { next_ = request; }
  /// Whether that has not happened yet: the socket still belongs to the caller.
  [[nodiscard]] bool is_expecting() const { return next_ != nullptr; }
  /// The connection that `createConnection` made last.
  [[nodiscard]] dicom_connection* last() const { return last_; }

  DcmTransportConnection* createConnection(DcmNativeSocketType socket, OFBool use_secure_layer) override;

private:
  const requested_association* next_ = nullptr;
  dicom_connection* last_ = nullptr;
  int stop_;
};

} // namespace noctis
