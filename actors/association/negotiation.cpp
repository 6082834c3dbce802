#include "actors/association/negotiation.hpp"

#include "actors/association/service_classes.hpp"
#include "dicom/sop_class.hpp"
#include "dicom/transfer_syntax.hpp"
#include "dicom/uid.hpp"

#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/dcmnet/extneg.h>
#include <dcmtk/dcmnet/lst.h>
#include <dcmtk/ofstd/ofstd.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace noctis {

namespace {

/// Returns the first proposed transfer syntax that this system knows, nullptr where there is none.
const char* choose_for_storage(const T_ASC_PresentationContext& context) {
  const char* big_endian = nullptr;
  for (int i = 0; i < context.transferSyntaxCount; ++i) {
    const auto* uid = context.proposedTransferSyntaxes[i];
    const auto* known = find_transfer_syntax(uid);
    if (!known) continue;
    if (!known->how.big_endian) return uid;
    if (!big_endian) big_endian = uid;
  }
  return big_endian;
}

/// Returns the first proposed transfer syntax in which identifiers are written.
const char* choose_for_service(const T_ASC_PresentationContext& context) {
  for (int i = 0; i < context.transferSyntaxCount; ++i) {
    const std::string uid = context.proposedTransferSyntaxes[i];
    if (uid == UID_LittleEndianImplicitTransferSyntax || uid == UID_LittleEndianExplicitTransferSyntax)
      return context.proposedTransferSyntaxes[i];
  }
  return nullptr;
}

bool stores(const scp_rules& rules, const std::string& abstract_syntax) {
  return abstract_syntax == UID_VerificationSOPClass || is_storage_sop_class(abstract_syntax) ||
         (rules.accept_unknown_classes && valid_uid(abstract_syntax));
}

/// Returns the role in which the peer may use a service whose SCP we are; none where it wants to be the SCP only.
std::optional<T_ASC_SC_ROLE> role_of_user(T_ASC_SC_ROLE proposed) {
  if (proposed == ASC_SC_ROLE_SCP) return std::nullopt;
  return proposed == ASC_SC_ROLE_SCUSCP ? ASC_SC_ROLE_SCU : proposed;
}

bool answer_context(T_ASC_Parameters* parameters, const T_ASC_PresentationContext& context, const scp_rules& rules) {
  const auto id = context.presentationContextID;
  const bool is_service = find_service(context.abstractSyntax) != nullptr;
  if (!is_service && !stores(rules, context.abstractSyntax)) {
    ASC_refusePresentationContext(parameters, id, ASC_P_ABSTRACTSYNTAXNOTSUPPORTED);
    return false;
  }
  const auto role = is_service ? role_of_user(context.proposedRole) : context.proposedRole;
  if (!role) {
    ASC_refusePresentationContext(parameters, id, ASC_P_USERREJECTION);
    return false;
  }
  const auto* syntax = is_service ? choose_for_service(context) : choose_for_storage(context);
  if (!syntax) {
    ASC_refusePresentationContext(parameters, id, ASC_P_TRANSFERSYNTAXESNOTSUPPORTED);
    return false;
  }
  return ASC_acceptPresentationContext(parameters, id, syntax, *role).good();
}

/// How many bytes of a class's application information are granted, from the first; the others are answered with 0.
size_t granted_bytes(const service_class& service) {
  constexpr size_t relational_times_and_fuzzy = 3; // PS3.4 C.5.1.1.1
  constexpr size_t relational = 1;                 // PS3.4 C.5.2.1, C.5.3.1
  constexpr size_t fuzzy = 1;                      // PS3.4 K.5.2.1
  switch (service.operation) {
  case service_operation::find:
    return service.model == information_model::worklist ? fuzzy : relational_times_and_fuzzy;
  case service_operation::move:
  case service_operation::get:
    return relational;
  default:
    return 0;
  }
}

void answer_extended_negotiation(T_ASC_Parameters* parameters) {
  SOPClassExtendedNegotiationSubItemList* requested = nullptr;
  ASC_getRequestedExtNegList(parameters, &requested);
  if (!requested) return;
  auto answered = std::make_unique<SOPClassExtendedNegotiationSubItemList>();
  for (const auto* item : *requested) {
    const auto* service = find_service(item->sopClassUID.c_str());
    if (!service || granted_bytes(*service) == 0 || item->serviceClassAppInfoLength == 0) continue;
    const auto length = item->serviceClassAppInfoLength;
    auto* answer = new SOPClassExtendedNegotiationSubItem; // the list owns it
    answer->sopClassUID = item->sopClassUID;
    answer->sopClassUIDLength = item->sopClassUIDLength;
    answer->itemLength = item->itemLength;
    answer->serviceClassAppInfoLength = length;
    answer->serviceClassAppInfo = new unsigned char[length];
    for (unsigned short i = 0; i < length; ++i) {
      const bool granted = i < granted_bytes(*service) && item->serviceClassAppInfo[i] == 1;
      answer->serviceClassAppInfo[i] = granted ? 1 : 0;
    }
    answered->push_back(answer);
  }
  if (!answered->empty()) ASC_setAcceptedExtNegList(parameters, answered.release());
}

} // namespace

bool is_called(const scp_rules& rules, const std::string& title) {
  return !rules.strict_called_title || std::find(rules.titles.begin(), rules.titles.end(), title) != rules.titles.end();
}

int negotiate(T_ASC_Parameters* parameters, const scp_rules& rules) {
  int accepted = 0;
  const int count = ASC_countPresentationContexts(parameters);
  for (int i = 0; i < count; ++i) {
    T_ASC_PresentationContext context;
    if (ASC_getPresentationContext(parameters, i, &context).good() && answer_context(parameters, context, rules))
      ++accepted;
  }
  answer_extended_negotiation(parameters);
  return accepted;
}

std::map<T_ASC_PresentationContextID, accepted_context> take_contexts(T_ASC_Association* association) {
  std::map<T_ASC_PresentationContextID, accepted_context> result;
  auto* list = &association->params->DULparams.requestedPresentationContext;
  if (!*list) return result;
  auto* node = LST_Head(list);
  LST_Position(list, node);
  for (; node; node = LST_Next(list)) {
    auto* context = reinterpret_cast<DUL_PRESENTATIONCONTEXT*>(node);
    if (context->result != ASC_P_ACCEPTANCE) continue;
    const auto role = context->acceptedSCRole;
    result.emplace(context->presentationContextID,
                   accepted_context{context->abstractSyntax, context->acceptedTransferSyntax,
                                    role == DUL_SC_ROLE_SCP || role == DUL_SC_ROLE_SCUSCP});
    if (DcmXfer{context->acceptedTransferSyntax}.getXfer() == EXS_Unknown) {
      OFStandard::strlcpy(context->acceptedTransferSyntax, UID_LittleEndianExplicitTransferSyntax,
                          sizeof(context->acceptedTransferSyntax));
    }
  }
  return result;
}

std::map<std::string, query_features> granted_features(T_ASC_Parameters* parameters) {
  std::map<std::string, query_features> result;
  SOPClassExtendedNegotiationSubItemList* answered = nullptr;
  ASC_getAcceptedExtNegList(parameters, &answered);
  if (!answered) return result;
  for (const auto* item : *answered) {
    const auto* service = find_service(item->sopClassUID.c_str());
    if (!service) continue;
    const auto granted = [item](unsigned short i) {
      return i < item->serviceClassAppInfoLength && item->serviceClassAppInfo[i] == 1;
    };
    const bool is_worklist = service->model == information_model::worklist;
    result[item->sopClassUID.c_str()] = {!is_worklist && granted(0), granted(is_worklist ? 0 : 2)};
  }
  return result;
}

} // namespace noctis
