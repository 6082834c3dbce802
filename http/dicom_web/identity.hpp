#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace noctis {

/// What identifies an instance (PS3.3 C.12.1); "" where it is not said.
struct instance_identity {
  std::string sop_class;
  std::string sop_instance;
  std::string study;
  std::string series;

  [[nodiscard]] bool is_complete() const {
    return !sop_class.empty() && !sop_instance.empty() && !study.empty() && !series.empty();
  }
};

/// Returns what the first `size` bytes of a Part 10 file say of its identity.
instance_identity identify(const uint8_t* data, size_t size);

} // namespace noctis
