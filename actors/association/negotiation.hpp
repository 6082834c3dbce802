#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>

#include <map>
#include <string>
#include <vector>

namespace noctis {

/// What this system answers to as an SCP.
struct scp_rules {
  std::vector<std::string> titles;     ///< AE titles of ours
  bool strict_called_title = true;     ///< reject associations to other titles
  bool accept_unknown_classes = false; ///< also take SOP classes that are not of the standard
};

/// Whether `title` is one of ours.
bool is_called(const scp_rules& rules, const std::string& title);

/// Accepts or refuses each proposed presentation context.
///   Verification and every Storage SOP class: in the first proposed transfer syntax that this system knows, since the
///     first is the one that the sender prefers to send as it is (big endian only where nothing else is proposed); in
///     every role, for a C-GET's storage goes the other way (PS3.7 D.3.3.4).
///   Query/Retrieve, Modality Worklist, MPPS, Storage Commitment: in implicit or explicit VR little endian, with us as
///     their SCP; a context that offers itself as SCP alone is refused.
/// Answers the extended negotiation of Query/Retrieve and worklist (PS3.4 C.5, K.5): relational queries and retrieval,
/// dates and times combined, and fuzzy names are granted, time zones and multi-frame conversion are not. An
/// asynchronous operations window is left unanswered, which stands for one operation at a time (PS3.7 D.3.3.3). Returns
/// how many contexts it accepted.
int negotiate(T_ASC_Parameters* parameters, const scp_rules& rules);

/// An accepted presentation context, as the peer knows it.
struct accepted_context {
  std::string abstract_syntax;
  std::string transfer_syntax;
  bool peer_provides = false; ///< the peer is an SCP of the class: we may send to it
};

/// Returns the accepted presentation contexts by id, of an association that has been acknowledged, and lets DCMTK
/// take those in transfer syntaxes that it does not know (HTJ2K and others) for explicit VR little endian: else it
/// refuses even their commands. It never sees their data sets.
std::map<T_ASC_PresentationContextID, accepted_context> take_contexts(T_ASC_Association* association);

/// What queries of one SOP class may do.
struct query_features {
  bool relational = false;
  bool fuzzy_names = false;
};

/// Returns what was granted by extended negotiation, by SOP class.
std::map<std::string, query_features> granted_features(T_ASC_Parameters* parameters);

} // namespace noctis
