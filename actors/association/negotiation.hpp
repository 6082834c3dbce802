#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>

#include <map>
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

/// An accepted presentation context, as the peer knows it.
struct accepted_context {
  std::string abstract_syntax;
  std::string transfer_syntax;
};

/// Returns the accepted presentation contexts by id, of an association that has been acknowledged, and lets DCMTK
/// take those in transfer syntaxes that it does not know (HTJ2K and others) for explicit VR little endian: else it
/// refuses even their commands. It never sees their data sets.
std::map<T_ASC_PresentationContextID, accepted_context> take_contexts(T_ASC_Association* association);

} // namespace noctis
