#include "schema/repositories/reports/notes.hpp"
#include "schema/repositories/reports/reports.hpp"
#include "schema/repositories/reports/signatures.hpp"
#include "schema/repositories/reports/templates.hpp"
#include "schema/repositories/reports/turnaround.hpp"
#include "schema/repositories/users.hpp"
#include "tests/schema/catalogue.hpp"

#include <algorithm>
#include <future>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct reported : catalogue {
  reports_repository reports{db, "key"};
  report_signatures_repository signatures{db, "key"};
  principal ann = user("ann", "Ann Reader");
  principal ben = user("ben", "");
  object_key study{0, uid("study", 1)};

  reported() {
    for (const auto& one : {entry(1, 1, 1), entry(2, 4, 4)}) add(one);
  }

  principal user(const std::string& name, const std::string& full_name, int64_t facility = 1) {
    principal who;
    who.kind = principal_kind::user;
    who.id = users_repository{db}.add({name, full_name, "radiologist", "hash of " + name, {facility}});
    who.name = name;
    who.role = "radiologist";
    who.permissions = permissions_of_role("radiologist");
    who.facilities = {facility};
    return who;
  }

  report draft(const std::string& findings = "normal") {
    auto made = reports.open({ann, study, 0});
    for (auto& section : made.content.sections) section.text = section.heading == "findings" ? findings : "";
    return reports.save({ann, made.id, made.revision, made.content});
  }
  report sign(const report& what, const std::string& status, const principal& who) {
    return signatures.sign({who, what.id, what.revision, status, ""});
  }
  void lapse(const report& what) {
    tell(options, "update reports set editor_until = now() - interval '1 s' where id = " + std::to_string(what.id));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(reports_, reported)

BOOST_AUTO_TEST_CASE(opening_makes_one_draft_and_gives_its_author_the_study) {
  const auto made = reports.open({ann, study, 0});
  BOOST_TEST(made.status == "draft");
  BOOST_TEST(made.author_name == "Ann Reader");
  BOOST_TEST(made.editor == ann.id);
  BOOST_TEST(made.study.assigned_to == ann.id);
  BOOST_TEST(made.study.report_status == "draft");
  BOOST_TEST(made.content.sections.size() == report_headings().size());
  BOOST_TEST(reports.open({ben, study, 0}).id == made.id);
  BOOST_TEST(ask("select count(*) from reports") == "1");
  BOOST_TEST(ask("select action || ' ' || who from audit where action like 'report%'") == "report.open ann");
  BOOST_TEST(ask("select string_agg(type, ' ' order by id) from events where type in ('report.updated', "
                 "'study.updated')") == "report.updated study.updated");
  BOOST_CHECK_EXCEPTION(reports.open({ann, {0, uid("study", 2)}, 999}), database_error,
                        has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(the_template_is_that_of_modality_and_part) {
  tell(options, "update kept_studies set modalities = '{MR}', body_part = '', description = 'MRT Brain' where uid = '" +
                    uid("study", 1) + "'");
  BOOST_TEST(reports.open({ann, study, 0}).content.title == "MRI of the brain");
  tell(options,
       "update kept_studies set modalities = '{CR}', body_part = 'THORAX' where uid = '" + uid("study", 2) + "'");
  BOOST_TEST(reports.open({ann, {0, uid("study", 2)}, 0}).content.title == "Radiograph of the chest");
}

BOOST_AUTO_TEST_CASE(facilities_are_kept_apart) {
  const auto made = draft();
  const auto far = user("far", "", 2);
  const auto missing = has_code(errc::not_found);
  BOOST_CHECK_EXCEPTION(reports.find({far, made.id}), database_error, missing);
  BOOST_CHECK_EXCEPTION(reports.open({far, study, 0}), database_error, missing);
  BOOST_CHECK_EXCEPTION(reports.save({far, made.id, made.revision, made.content}), database_error, missing);
  BOOST_CHECK_EXCEPTION(reports.claim({far, made.id, true}), database_error, missing);
  BOOST_CHECK_EXCEPTION(sign(made, "final", far), database_error, missing);
  BOOST_CHECK_EXCEPTION(signatures.list({far, made.id}), database_error, missing);
  report_notes_repository notes{db};
  BOOST_CHECK_EXCEPTION(notes.attachments({far, made.id, 0}), database_error, missing);
  report_filter filter;
  filter.who = far;
  filter.search = "normal";
  BOOST_TEST(reports.list(filter).count == 0);
  BOOST_TEST(report_turnaround(db, {far, 30}).drafts == 0);
  filter.who = ben;
  BOOST_TEST(reports.list(filter).count == 1);
}

BOOST_AUTO_TEST_CASE(who_is_not_heard_of_edits_no_more) {
  const auto made = draft();
  const auto busy = has_code(errc::state_conflict);
  BOOST_CHECK_EXCEPTION(reports.claim({ben, made.id, false}), database_error, busy);
  lapse(made);
  BOOST_TEST(reports.find({ben, made.id}).editor == 0);
  BOOST_TEST(reports.claim({ben, made.id, false}).editor == ben.id);
  BOOST_CHECK_EXCEPTION(reports.save({ann, made.id, made.revision, made.content}), database_error, busy);
  BOOST_TEST(reports.claim({ann, made.id, true}).editor == ann.id);
  BOOST_TEST(ask("select action || ' ' || who from audit where action = 'report.take_over'") == "report.take_over ann");
}

BOOST_AUTO_TEST_CASE(a_draft_without_change_goes_when_it_is_left) {
  const auto first = sign(draft(), "preliminary", ann);
  auto second = reports.claim({ann, first.id, false});
  BOOST_TEST(second.editing);
  reports.release({ann, first.id});
  BOOST_TEST(!reports.find({ann, first.id}).editing);
  second = reports.claim({ann, first.id, false});
  second.content.sections[3].text = "changed";
  reports.save({ann, first.id, second.revision, second.content});
  reports.release({ann, first.id});
  BOOST_TEST(reports.find({ann, first.id}).editing);
  BOOST_TEST(ask("select count(*) from report_texts where version = 0") == "1");
}

BOOST_AUTO_TEST_CASE(a_study_follows_from_wherever_it_is) {
  tell(options, "update kept_studies set status = 'suspended'");
  const auto first = sign(draft(), "preliminary", ann);
  BOOST_TEST(first.study.status == "reported");
  BOOST_TEST(ask("select string_agg(to_status || ' ' || who, ', ' order by id) from study_status_changes "
                 "where who <> 'system'") == "completed ann, reported ann");
  const auto second = reports.claim({ben, first.id, false});
  BOOST_TEST(sign(second, "final", ben).study.status == "approved");
  tell(options, "update kept_studies set status = 'cancelled'");
  auto third = reports.amend({ann, first.id});
  third.content.addendum = "why";
  third = reports.save({ann, third.id, third.revision, third.content});
  BOOST_TEST(sign(third, "amended", ann).study.status == "cancelled"); // from there it does not come back
}

BOOST_AUTO_TEST_CASE(what_has_a_field_left_open_is_not_signed) {
  for (const auto* text : {"Ruler {{state}}.", "{{state|straight}}", "{{{{state|}}", "{{a|b{{state|c}}"}) {
    BOOST_TEST_CONTEXT(text)
    BOOST_CHECK_EXCEPTION(sign(draft(text), "final", ann), database_error, [](const database_error& error) {
      return error.code() == errc::invalid_argument &&
             std::string{error.what()}.find("findings has the field {{state") != std::string::npos;
    });
  }
  BOOST_TEST(sign(draft("{{}} {{|x}} {{a {b}} {a}} {{a\nb}} {{a|b} }} {{"), "final", ann).status == "final");
}

BOOST_AUTO_TEST_CASE(a_signature_holds_for_this_system_and_this_chain) {
  const auto first = sign(draft(), "preliminary", ann);
  BOOST_TEST(first.signature.intact);
  BOOST_TEST(!(reports_repository{db, "another key"}.find({ann, first.id}).signature.intact));
  const auto second = sign(reports.claim({ann, first.id, false}), "final", ann);
  BOOST_TEST(second.signature.intact);
  tell(options, "delete from report_versions where version = 1");
  BOOST_TEST(!reports.find({ann, first.id}).signature.intact);
}

BOOST_AUTO_TEST_CASE(of_many_signers_one_signs) {
  const auto made = draft();
  lapse(made);
  std::vector<std::future<bool>> signers;
  for (int i = 0; i < 4; ++i) {
    signers.push_back(std::async(std::launch::async, [this, made, who = i % 2 == 0 ? ann : ben] {
      database own{options};
      try {
        report_signatures_repository{own, "key"}.sign({who, made.id, made.revision, "final", ""});
        return true;
      } catch (const database_error& error) {
        return error.code() != errc::state_conflict; // anything else counts as one too many
      }
    }));
  }
  BOOST_TEST(std::count_if(signers.begin(), signers.end(), [](auto& one) { return one.get(); }) == 1);
  BOOST_TEST(ask("select count(*) || ' ' || min(queue) from jobs where queue = 'report'") == "1 report");
}

BOOST_AUTO_TEST_CASE(only_who_may_does) {
  const auto made = draft();
  auto viewer = ben;
  viewer.permissions = permissions_of_role("viewer");
  const auto denied = has_code(errc::permission_denied);
  BOOST_CHECK_EXCEPTION(reports.save({viewer, made.id, made.revision, made.content}), database_error, denied);
  BOOST_CHECK_EXCEPTION(sign(made, "final", viewer), database_error, denied);
  BOOST_CHECK_EXCEPTION(signatures.password_hash(viewer), database_error, denied);
  BOOST_TEST(signatures.password_hash(ann) == "hash of ann");
  users_repository{db}.set_active("ann", false);
  BOOST_TEST(signatures.password_hash(ann) == "");
  BOOST_CHECK_EXCEPTION(reports.open({system_principal("job"), study, 0}), database_error, denied);
}

BOOST_AUTO_TEST_SUITE_END()
