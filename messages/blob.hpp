#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace noctis {

/// Immutable bytes that actors pass on. Within a process copies share one buffer; between processes the
/// bytes travel in bulk. Keep a blob that may cross nodes at or below `max_message_bytes`.
class blob {
public:
  using buffer = std::vector<uint8_t>;

  blob() = default;
  explicit blob(buffer bytes) : bytes_(std::make_shared<const buffer>(std::move(bytes))) {}
  explicit blob(std::shared_ptr<const buffer> bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] const uint8_t* data() const noexcept { return bytes_ ? bytes_->data() : nullptr; }
  [[nodiscard]] size_t size() const noexcept { return bytes_ ? bytes_->size() : 0; }
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }

  friend bool operator==(const blob& a, const blob& b) {
    return a.bytes_ == b.bytes_ || (a.size() == b.size() && std::equal(a.data(), a.data() + a.size(), b.data()));
  }
  friend bool operator!=(const blob& a, const blob& b) { return !(a == b); }

  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, blob& x) {
    if constexpr (Inspector::reads_state) {
      static const buffer nothing;
      return f(const_cast<buffer&>(x.bytes_ ? *x.bytes_ : nothing)); // a reading inspector leaves it as it is
    } else {
      buffer incoming;
      auto result = f(incoming);
      x = blob{std::move(incoming)};
      return result;
    }
  }

private:
  std::shared_ptr<const buffer> bytes_;
};

/// The largest blob that one message carries (4 MiB): larger objects are streamed in pieces of this size, so
/// that they neither block the connection between two nodes nor multiply in its buffers.
inline constexpr size_t max_message_bytes = size_t{4} << 20;

} // namespace noctis
