#pragma once

#include "bench/fleet/slices.hpp"

#include <string>

namespace noctis::bench {

/// The sender's own record of what was acknowledged: "SOP instance UID, study UID, XXH3-128 of the data set" in lines.
/// Each line is in the kernel's hands when `add` returns, so that it survives a kill of this process. Thread-safe.
class ledger {
public:
  /// Appends to the file. Throws std::system_error when it can't be opened.
  explicit ledger(const std::string& path);
  ledger(const ledger&) = delete;
  ledger& operator=(const ledger&) = delete;
  ~ledger();

  void add(const payload& acknowledged);

private:
  int file_;
};

} // namespace noctis::bench
