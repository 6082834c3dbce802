#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>

#include <string>
#include <vector>

namespace noctis {

/// What this system answers to as a Verification and Storage SCP.
struct scp_rules {
  std::vector<std::string> titles;     ///< AE titles of ours
  bool strict_called_title = true;     ///< reject associations to other titles
  bool accept_unknown_classes = false; ///< also take SOP classes that are not of the standard
};

/// Whether `title` is one of ours.
bool is_called(const scp_rules& rules, const std::string& title);

/// Accepts or refuses each proposed presentation context: Verification, and every Storage SOP class in the first
/// proposed transfer syntax that this system knows, since the first is the one that the sender prefers to send
/// as it is (big endian only where nothing else is proposed). Returns how many it accepted.
int negotiate(T_ASC_Parameters* parameters, const scp_rules& rules);

} // namespace noctis
