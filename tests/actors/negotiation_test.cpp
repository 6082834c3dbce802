#include "actors/association/negotiation.hpp"
#include "actors/association/service_classes.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmnet/extneg.h>

#include <algorithm>

namespace noctis {

namespace {

constexpr const char* ct_image = "1.2.840.10008.5.1.4.1.1.2";
constexpr const char* implicit_little = "1.2.840.10008.1.2";
constexpr const char* explicit_little = "1.2.840.10008.1.2.1";
constexpr const char* explicit_big = "1.2.840.10008.1.2.2";
constexpr const char* htj2k = "1.2.840.10008.1.2.4.201";

/// The presentation contexts of one association request, with ids 1, 3, 5 …
class proposal {
public:
  proposal() { BOOST_REQUIRE(ASC_createAssociationParameters(&parameters_, 16384).good()); }
  proposal(const proposal&) = delete;
  proposal& operator=(const proposal&) = delete;
  ~proposal() { ASC_destroyAssociationParameters(&parameters_); }

  proposal& add(const char* abstract_syntax, std::vector<const char*> syntaxes,
                T_ASC_SC_ROLE role = ASC_SC_ROLE_DEFAULT) {
    BOOST_REQUIRE(ASC_addPresentationContext(parameters_, next_, abstract_syntax, syntaxes.data(),
                                             static_cast<int>(syntaxes.size()), role)
                      .good());
    next_ = static_cast<T_ASC_PresentationContextID>(next_ + 2);
    return *this;
  }

  /// Asks for extended negotiation of a class (PS3.7 D.3.3.5).
  void extend(const char* abstract_syntax, const std::vector<uint8_t>& information) {
    auto* item = new SOPClassExtendedNegotiationSubItem;
    item->sopClassUID = abstract_syntax;
    item->sopClassUIDLength = static_cast<unsigned short>(item->sopClassUID.length());
    item->serviceClassAppInfoLength = static_cast<unsigned short>(information.size());
    item->serviceClassAppInfo = new unsigned char[information.size()];
    std::copy(information.begin(), information.end(), item->serviceClassAppInfo);
    auto* list = new SOPClassExtendedNegotiationSubItemList;
    list->push_back(item);
    ASC_setRequestedExtNegList(parameters_, list);
  }

  query_features granted(const std::string& abstract_syntax) { return granted_features(parameters_)[abstract_syntax]; }

  int negotiate(const scp_rules& rules = {}) { return noctis::negotiate(parameters_, rules); }

  T_ASC_PresentationContext context(int position) {
    T_ASC_PresentationContext result;
    BOOST_REQUIRE(ASC_getPresentationContext(parameters_, position, &result).good());
    return result;
  }

  std::string syntax(int position) { return context(position).acceptedTransferSyntax; }

private:
  T_ASC_Parameters* parameters_ = nullptr;
  T_ASC_PresentationContextID next_ = 1;
};

} // namespace

BOOST_AUTO_TEST_SUITE(negotiations)

BOOST_AUTO_TEST_CASE(verification_and_storage_are_taken) {
  proposal asked;
  asked.add(UID_VerificationSOPClass, {implicit_little}).add(ct_image, {explicit_little});
  BOOST_TEST(asked.negotiate() == 2);
  BOOST_TEST(asked.syntax(0) == implicit_little);
  BOOST_TEST(asked.syntax(1) == explicit_little);
}

BOOST_AUTO_TEST_CASE(the_first_known_transfer_syntax_is_taken) {
  proposal asked;
  asked.add(ct_image, {"1.2.3.4.5", htj2k, explicit_little});
  BOOST_TEST(asked.negotiate() == 1);
  BOOST_TEST(asked.syntax(0) == htj2k);
}

BOOST_AUTO_TEST_CASE(big_endian_is_taken_only_where_nothing_else_is_proposed) {
  proposal both;
  both.add(ct_image, {explicit_big, implicit_little});
  BOOST_TEST(both.negotiate() == 1);
  BOOST_TEST(both.syntax(0) == implicit_little);
  proposal alone;
  alone.add(ct_image, {explicit_big});
  BOOST_TEST(alone.negotiate() == 1);
  BOOST_TEST(alone.syntax(0) == explicit_big);
}

BOOST_AUTO_TEST_CASE(what_is_not_offered_is_refused_with_the_reason) {
  proposal asked;
  asked.add(UID_PrintJobSOPClass, {implicit_little})
      .add(ct_image, {"1.2.3.4.5"})
      .add("1.3.6.1.4.1.99999.1", {implicit_little});
  BOOST_TEST(asked.negotiate() == 0);
  BOOST_TEST(asked.context(0).resultReason == ASC_P_ABSTRACTSYNTAXNOTSUPPORTED);
  BOOST_TEST(asked.context(1).resultReason == ASC_P_TRANSFERSYNTAXESNOTSUPPORTED);
  BOOST_TEST(asked.context(2).resultReason == ASC_P_ABSTRACTSYNTAXNOTSUPPORTED);
}

BOOST_AUTO_TEST_CASE(unknown_classes_are_taken_where_the_rules_say_so) {
  scp_rules rules;
  rules.accept_unknown_classes = true;
  proposal asked;
  asked.add("1.3.6.1.4.1.99999.1", {implicit_little}).add("no uid", {implicit_little});
  BOOST_TEST(asked.negotiate(rules) == 1);
  BOOST_TEST(asked.context(1).resultReason == ASC_P_ABSTRACTSYNTAXNOTSUPPORTED);
}

BOOST_AUTO_TEST_CASE(every_service_is_taken_in_a_syntax_of_identifiers) {
  for (const auto& service : service_classes()) {
    proposal asked;
    asked.add(std::string{service.uid}.c_str(), {explicit_big, explicit_little, implicit_little});
    BOOST_TEST(asked.negotiate() == 1, service.name);
    BOOST_TEST(asked.syntax(0) == explicit_little);
  }
  proposal alone;
  alone.add(UID_FINDStudyRootQueryRetrieveInformationModel, {explicit_big});
  BOOST_TEST(alone.negotiate() == 0);
  BOOST_TEST(alone.context(0).resultReason == ASC_P_TRANSFERSYNTAXESNOTSUPPORTED);
}

BOOST_AUTO_TEST_CASE(storage_goes_both_ways_and_services_one) {
  proposal asked;
  asked.add(ct_image, {explicit_little}, ASC_SC_ROLE_SCP)
      .add(ct_image, {implicit_little}, ASC_SC_ROLE_SCUSCP)
      .add(UID_FINDStudyRootQueryRetrieveInformationModel, {implicit_little}, ASC_SC_ROLE_SCUSCP)
      .add(UID_FINDPatientRootQueryRetrieveInformationModel, {implicit_little}, ASC_SC_ROLE_SCP);
  BOOST_TEST(asked.negotiate() == 3);
  BOOST_TEST(asked.context(0).acceptedRole == ASC_SC_ROLE_SCP);
  BOOST_TEST(asked.context(1).acceptedRole == ASC_SC_ROLE_SCUSCP);
  BOOST_TEST(asked.context(2).acceptedRole == ASC_SC_ROLE_SCU);
  BOOST_TEST(asked.context(3).resultReason == ASC_P_USERREJECTION);
}

BOOST_AUTO_TEST_CASE(relational_queries_and_fuzzy_names_are_granted_where_asked_for) {
  proposal asked;
  asked.add(UID_FINDStudyRootQueryRetrieveInformationModel, {implicit_little});
  asked.extend(UID_FINDStudyRootQueryRetrieveInformationModel, {1, 0, 1, 1, 1});
  asked.negotiate();
  BOOST_TEST(asked.granted(UID_FINDStudyRootQueryRetrieveInformationModel).relational);
  BOOST_TEST(asked.granted(UID_FINDStudyRootQueryRetrieveInformationModel).fuzzy_names);
  BOOST_TEST(!asked.granted(UID_FINDPatientRootQueryRetrieveInformationModel).relational);
  proposal worklist;
  worklist.add(UID_FINDModalityWorklistInformationModel, {implicit_little});
  worklist.extend(UID_FINDModalityWorklistInformationModel, {1});
  worklist.negotiate();
  BOOST_TEST(!worklist.granted(UID_FINDModalityWorklistInformationModel).relational);
  BOOST_TEST(worklist.granted(UID_FINDModalityWorklistInformationModel).fuzzy_names);
}

BOOST_AUTO_TEST_CASE(one_is_called_by_its_titles) {
  scp_rules rules;
  rules.titles = {"RUST_SCP", "NOCTIS"};
  BOOST_TEST(is_called(rules, "NOCTIS"));
  BOOST_TEST(!is_called(rules, "noctis"));
  BOOST_TEST(!is_called(rules, "OTHER"));
  rules.strict_called_title = false;
  BOOST_TEST(is_called(rules, "OTHER"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
