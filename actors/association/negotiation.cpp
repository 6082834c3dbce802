#include "actors/association/negotiation.hpp"

#include "dicom/sop_class.hpp"
#include "dicom/transfer_syntax.hpp"
#include "dicom/uid.hpp"

#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/dcmnet/lst.h>
#include <dcmtk/ofstd/ofstd.h>

#include <algorithm>

namespace noctis {

namespace {

const char* choose_transfer_syntax(const T_ASC_PresentationContext& context) {
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

bool takes(const scp_rules& rules, const std::string& abstract_syntax) {
  return abstract_syntax == UID_VerificationSOPClass || is_storage_sop_class(abstract_syntax) ||
         (rules.accept_unknown_classes && valid_uid(abstract_syntax));
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
    if (ASC_getPresentationContext(parameters, i, &context).bad()) continue;
    const auto id = context.presentationContextID;
    if (!takes(rules, context.abstractSyntax)) {
      ASC_refusePresentationContext(parameters, id, ASC_P_ABSTRACTSYNTAXNOTSUPPORTED);
    } else if (const auto* syntax = choose_transfer_syntax(context)) {
      if (ASC_acceptPresentationContext(parameters, id, syntax, context.proposedRole).good()) ++accepted;
    } else {
      ASC_refusePresentationContext(parameters, id, ASC_P_TRANSFERSYNTAXESNOTSUPPORTED);
    }
  }
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
    result.emplace(context->presentationContextID,
                   accepted_context{context->abstractSyntax, context->acceptedTransferSyntax});
    if (DcmXfer{context->acceptedTransferSyntax}.getXfer() == EXS_Unknown) {
      OFStandard::strlcpy(context->acceptedTransferSyntax, UID_LittleEndianExplicitTransferSyntax,
                          sizeof(context->acceptedTransferSyntax));
    }
  }
  return result;
}

} // namespace noctis
