#pragma once

#include "messages/type_ids.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>
#include <caf/deserializer.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::test {

/// An actor system that knows our types.
struct message_system {
  struct config : caf::actor_system_config {
    config() {
      add_message_types<caf::id_block::noctis>();
      add_error_category(caf::atom("noctis"), render_error);
    }
  };
  config settings;
  caf::actor_system system{settings};
};

using wire = std::vector<char>;

template <class T>
wire serialized(caf::actor_system& system, const T& value) {
  wire bytes;
  caf::binary_serializer sink{system, bytes};
  if (auto error = sink(value)) throw std::runtime_error("not serialised: " + system.render(error));
  return bytes;
}

template <class T>
caf::error deserialize(caf::actor_system& system, const wire& bytes, T& value) {
  caf::binary_deserializer source{system, bytes.data(), bytes.size()};
  return source(value);
}

/// "Deserialises" from nowhere: every number, text and flag it meets gets a value of its own, every sequence two
/// elements, every optional a value.
class filler final : public caf::deserializer {
public:
  explicit filler(caf::actor_system& system) : caf::deserializer(system) {}

  caf::error begin_object(uint16_t&, std::string&) override { return caf::none; }
  caf::error end_object() override { return caf::none; }
  caf::error begin_sequence(size_t& size) override {
    size = 2;
    return caf::none;
  }
  caf::error end_sequence() override { return caf::none; }
  caf::error apply_raw(size_t size, void* data) override {
    auto* bytes = static_cast<uint8_t*>(data);
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(next());
    return caf::none;
  }

protected:
  caf::error apply_impl(int8_t& x) override { return fill(x); }
  caf::error apply_impl(uint8_t& x) override { return fill(x); }
  caf::error apply_impl(int16_t& x) override { return fill(x); }
  caf::error apply_impl(uint16_t& x) override { return fill(x); }
  caf::error apply_impl(int32_t& x) override { return fill(x); }
  caf::error apply_impl(uint32_t& x) override { return fill(x); }
  caf::error apply_impl(int64_t& x) override { return fill(x); }
  caf::error apply_impl(uint64_t& x) override { return fill(x); }
  caf::error apply_impl(float& x) override { return fill(x); }
  caf::error apply_impl(double& x) override { return fill(x); }
  caf::error apply_impl(long double& x) override { return fill(x); }
  caf::error apply_impl(std::string& x) override {
    x = "text " + std::to_string(next());
    return caf::none;
  }
  caf::error apply_impl(std::u16string& x) override {
    x.assign(2, static_cast<char16_t>(next()));
    return caf::none;
  }
  caf::error apply_impl(std::u32string& x) override {
    x.assign(2, static_cast<char32_t>(next()));
    return caf::none;
  }

private:
  int next() { return ++last_ % 100 + 1; }

  template <class Number>
  caf::error fill(Number& x) {
    x = static_cast<Number>(next());
    return caf::none;
  }

  int last_ = 0;
};

} // namespace noctis::test
