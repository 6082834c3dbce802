#include "messages/typesetting.hpp"

#include "messages/errors.hpp"

#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>

namespace noctis {

std::vector<char> bytes_of(const typeset_order& order) {
  std::vector<char> bytes;
  caf::binary_serializer to{nullptr, bytes};
  to(order);
  return bytes;
}

caf::expected<typeset_order> typeset_order_from(std::string_view bytes) {
  typeset_order order;
  caf::binary_deserializer from{nullptr, bytes.data(), bytes.size()};
  if (from(order)) return failure(errc::invalid_argument, "the bytes are no order to typeset");
  return order;
}

} // namespace noctis
