#include "schema/repositories/annotations/annotations.hpp"
#include "schema/repositories/deletions.hpp"
#include "schema/repositories/jobs.hpp"
#include "schema/repositories/purge.hpp"
#include "schema/repositories/users.hpp"
#include "tests/schema/catalogue.hpp"

#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

constexpr auto first_id = "11111111-2222-4333-8444-555555555555";
constexpr auto second_id = "11111111-2222-4333-8444-666666666666";

struct annotated : catalogue {
  annotations_repository annotations{db};
  principal ann = user("ann", "Ann Reader");
  principal ben = user("ben", "");
  object_key study{0, uid("study", 1)};

  annotated() {
    for (const auto& one : {entry(1, 1, 1), entry(1, 1, 2), entry(2, 4, 4)}) add(one);
  }

  principal user(const std::string& name, const std::string& full_name) {
    principal who;
    who.kind = principal_kind::user;
    who.id = users_repository{db}.add({name, full_name, "radiologist", "hash", {1}});
    who.name = name;
    who.role = "radiologist";
    who.permissions = permissions_of_role("radiologist");
    who.facilities = {1};
    return who;
  }

  static annotation length(const std::string& id = first_id, int64_t version = 0, double value = 50) {
    annotation result;
    result.id = id;
    result.study_uid = uid("study", 1);
    result.series_uid = uid("series", 1);
    result.sop_instance_uid = uid("instance", 1);
    result.kind = "length";
    result.label = "grün \"quoted\"";
    result.space = "image";
    result.points = {{1.5, 2.25}, {51.5, 2.25}};
    result.measurements = {{"length", value, "mm"}};
    result.view = R"({"tool":"Length","n":[1,2]})";
    result.version = version;
    return result;
  }
  static annotation key_image(const std::string& id) {
    auto result = length(id);
    result.kind = "key_image";
    result.points.clear();
    result.measurements.clear();
    return result;
  }

  annotation save(const annotation& what) { return save(ann, what); }
  annotation save(const principal& who, const annotation& what) {
    const auto result = annotations.put({who, what});
    BOOST_TEST(int(result.what) != int(annotation_effect::conflict));
    return result.current;
  }
  std::vector<annotation> listed(const std::string& author = "") {
    return annotations.list({ann, study, author}).annotations;
  }
  annotation_order order(const principal& who) { return {listed().empty() ? 1 : listed()[0].study, who.id}; }
  void store(const annotation_document& document, const std::string& sop_uid) {
    annotations.stored({document.set, document.serial, sop_uid, "1.2.840.10008.5.1.4.1.1.88.33"});
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(annotations_, annotated)

BOOST_AUTO_TEST_CASE(an_annotation_comes_back_as_it_was_put) {
  const auto made = annotations.put({ann, length()});
  BOOST_CHECK(made.what == annotation_effect::created);
  const auto all = annotations.list({ben, study, ""});
  BOOST_TEST(all.study_uid == uid("study", 1));
  BOOST_REQUIRE(all.annotations.size() == 1u);
  const auto& one = all.annotations.front();
  BOOST_TEST(one.id == first_id);
  BOOST_TEST(one.label == "grün \"quoted\"");
  BOOST_CHECK(one.points == length().points);
  BOOST_TEST(one.measurements.at(0).value == 50);
  BOOST_TEST(one.view == R"({"n":[1,2],"tool":"Length"})");
  BOOST_TEST(one.version == 1);
  BOOST_TEST(one.username == "ann");
  BOOST_TEST(one.full_name == "Ann Reader");
  BOOST_TEST(one.sop_class_uid == "1.2.840.10008.5.1.4.1.1.2");
  BOOST_TEST(one.created_at == one.updated_at);
  BOOST_TEST(one.stored_as == "");
  BOOST_TEST(ask("select type || ' ' || (payload->>'annotation') || ' ' || (payload->>'version') || ' ' || "
                 "(payload->>'author') from events where type like 'annotation%'") ==
             std::string{"annotation.saved "} + first_id + " 1 ann");
  BOOST_TEST(ask("select action || ' ' || who from audit where action like 'annotation%'") == "annotation.save ann");
  BOOST_TEST(ask("select queue || ' ' || round(extract(epoch from run_after - now()) / 10) from jobs") ==
             "annotations 6");
}

BOOST_AUTO_TEST_CASE(every_version_is_kept_and_deleting_is_one) {
  save(length());
  BOOST_TEST(save(length(first_id, 1, 51)).version == 2);
  BOOST_TEST(annotations.remove({ann, first_id, 2}).current.deleted);
  BOOST_TEST(listed().empty());
  const auto history = annotations.history({ben, first_id}).annotations;
  BOOST_REQUIRE(history.size() == 3u);
  BOOST_TEST(history[0].measurements[0].value == 50);
  BOOST_TEST(history[1].measurements[0].value == 51);
  BOOST_TEST(history[2].deleted);
  BOOST_TEST(ask("select string_agg(type, ' ' order by id) from events where type like 'annotation%'") ==
             "annotation.saved annotation.saved annotation.deleted");
  BOOST_TEST(!save(length(first_id, 3)).deleted); // it comes back
  BOOST_TEST(listed().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_comes_again_has_the_effect_that_it_had) {
  save(length());
  const auto again = annotations.put({ann, length()});
  BOOST_CHECK(again.what == annotation_effect::created);
  BOOST_TEST(again.current.version == 1);
  save(length(first_id, 1, 51));
  BOOST_TEST(save(length(first_id, 1, 51)).version == 2);
  BOOST_TEST(save(length(first_id, 2, 51)).version == 2); // nothing has changed
  annotations.remove({ann, first_id, 2});
  BOOST_TEST(annotations.remove({ann, first_id, 2}).current.version == 3);
  BOOST_TEST(ask("select count(*) from annotation_versions") == "3");
}

BOOST_AUTO_TEST_CASE(a_version_that_is_not_the_last_is_a_conflict) {
  save(length());
  save(length(first_id, 1, 51));
  const auto late = annotations.put({ann, length(first_id, 1, 52)});
  BOOST_CHECK(late.what == annotation_effect::conflict);
  BOOST_TEST(late.current.version == 2);
  BOOST_TEST(late.current.measurements[0].value == 51);
  BOOST_CHECK(annotations.remove({ann, first_id, 1}).what == annotation_effect::conflict);
  BOOST_CHECK(annotations.put({ann, length(first_id, 0, 53)}).what == annotation_effect::conflict);
  BOOST_TEST(ask("select count(*) from annotation_versions") == "2");
}

BOOST_AUTO_TEST_CASE(the_author_alone_changes_it) {
  save(length());
  const auto denied = has_code(errc::permission_denied);
  BOOST_CHECK_EXCEPTION(annotations.put({ben, length(first_id, 1)}), database_error, denied);
  BOOST_CHECK_EXCEPTION(annotations.remove({ben, first_id, 1}), database_error, denied);
  auto viewer = ben;
  viewer.permissions = permissions_of_role("viewer");
  BOOST_CHECK_EXCEPTION(annotations.put({viewer, length(second_id)}), database_error, denied);
  BOOST_CHECK_EXCEPTION(annotations.put({system_principal("test", 1), length(second_id)}), database_error, denied);
  save(ben, length(second_id));
  BOOST_TEST(listed("ben").size() == 1u);
  BOOST_TEST(listed().size() == 2u);
}

BOOST_AUTO_TEST_CASE(other_facilities_see_nothing_of_it) {
  save(length());
  auto other = ben;
  other.facilities = {2};
  const auto unknown = has_code(errc::not_found);
  BOOST_CHECK_EXCEPTION(annotations.list({other, study, ""}), database_error, unknown);
  BOOST_CHECK_EXCEPTION(annotations.history({other, first_id}), database_error, unknown);
  BOOST_CHECK_EXCEPTION(annotations.put({other, length(second_id)}), database_error, unknown);
  BOOST_CHECK_EXCEPTION(annotations.put({other, length(first_id, 1)}), database_error, unknown);
  BOOST_CHECK_EXCEPTION(annotations.store_now({other, study}), database_error, unknown);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_its_name) {
  const auto refused = [&](auto change) {
    auto what = length();
    change(what);
    BOOST_CHECK_EXCEPTION(annotations.put({ann, what}), database_error, has_code(errc::invalid_argument));
  };
  refused([](annotation& a) { a.kind = "star"; });
  refused([](annotation& a) { a.points.pop_back(); });
  refused([](annotation& a) { a.points[0].push_back(1); });
  refused([](annotation& a) { a.points[0][0] = std::numeric_limits<double>::quiet_NaN(); });
  refused([](annotation& a) { a.measurements[0].value = std::numeric_limits<double>::infinity(); });
  refused([](annotation& a) { a.measurements[0].unit = "inch"; });
  refused([](annotation& a) { a.measurements[0].name = "weight"; });
  refused([](annotation& a) { a.measurements.push_back(a.measurements[0]); });
  refused([](annotation& a) { a.label = "\x1b[31m"; });
  refused([](annotation& a) { a.view = "{\"a\":\"" + std::string(5000, 'x') + "\"}"; });
  refused([](annotation& a) { a.space = "patient"; });
  refused([](annotation& a) { a.frame = 2; });
  refused([](annotation& a) { a.frame = 0; });
  refused([](annotation& a) { a.sop_instance_uid = uid("instance", 4); });
  refused([](annotation& a) { a.series_uid = uid("series", 4); });
  refused([](annotation& a) { a.id = "AAAAAAAA-2222-4333-8444-555555555555"; });
  BOOST_CHECK_EXCEPTION(annotations.put({ann, length(first_id, 3)}), database_error, has_code(errc::not_found));
  save(length());
  auto moved = length(first_id, 1);
  moved.study_uid = uid("study", 2);
  BOOST_CHECK_EXCEPTION(annotations.put({ann, moved}), database_error, has_code(errc::invalid_argument));
  auto other_kind = key_image(first_id);
  other_kind.version = 1;
  BOOST_CHECK_EXCEPTION(annotations.put({ann, other_kind}), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_patient_space_annotation_may_name_its_series_alone) {
  auto what = length();
  what.space = "patient";
  what.sop_instance_uid = "";
  what.frame_of_reference_uid = "1.2.3";
  what.points = {{1, 2, 3}, {4, 5, 6}};
  BOOST_TEST(save(what).sop_class_uid == "");
  what.id = second_id;
  what.series_uid = uid("series", 4);
  BOOST_CHECK_EXCEPTION(annotations.put({ann, what}), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_document_holds_one_moment_until_it_is_stored) {
  save(length());
  const auto first = annotations.plan(order(ann)).documents;
  BOOST_REQUIRE(first.size() == 1u);
  BOOST_TEST(first[0].serial == 1);
  BOOST_TEST(first[0].author == "Ann Reader");
  BOOST_TEST(first[0].former_uid == "");
  save(length(first_id, 1, 51));
  save(length(second_id));
  const auto again = annotations.plan(order(ann)).documents; // the worker died
  BOOST_REQUIRE(again.size() == 1u);
  BOOST_TEST(again[0].serial == 1);
  BOOST_TEST(again[0].key == first[0].key);
  BOOST_REQUIRE(again[0].annotations.size() == 1u);
  BOOST_TEST(again[0].annotations[0].measurements[0].value == 50);
  BOOST_TEST(again[0].at == first[0].at);
  store(again[0], "1.2.3");
  const auto next = annotations.plan(order(ann)).documents;
  BOOST_REQUIRE(next.size() == 1u);
  BOOST_TEST(next[0].serial == 3);
  BOOST_TEST(next[0].former_uid == "1.2.3");
  BOOST_TEST(next[0].annotations.size() == 2u);
  store(next[0], "1.2.4");
  store(again[0], "1.2.3"); // late
  BOOST_TEST(annotations.plan(order(ann)).documents.empty());
  const auto history = annotations.history({ann, first_id}).annotations;
  BOOST_TEST(history[0].stored_as == "1.2.3");
  BOOST_TEST(history[1].stored_as == "1.2.4");
}

BOOST_AUTO_TEST_CASE(authors_and_key_images_have_documents_of_their_own) {
  save(length());
  save(key_image(second_id));
  save(ben, length("11111111-2222-4333-8444-777777777777"));
  const auto documents = annotations.plan(order(ann)).documents;
  BOOST_REQUIRE(documents.size() == 2u);
  BOOST_TEST(documents[0].key_objects != documents[1].key_objects);
  BOOST_TEST(documents[0].key != documents[1].key);
  for (const auto& document : documents) BOOST_TEST(document.annotations.size() == 1u);
  BOOST_TEST(annotations.plan(order(ben)).documents.at(0).author == "ben");
  BOOST_TEST(ask("select count(*) from jobs") == "2");
}

BOOST_AUTO_TEST_CASE(jobs_wait_for_the_last_change_and_storing_now_does_not) {
  save(length());
  tell(options, "update jobs set run_after = now() + interval '1 second'");
  save(length(first_id, 1, 51));
  BOOST_TEST(ask("select run_after > now() + interval '50 seconds' from jobs") == "t");
  const auto id = annotations.store_now({ann, study});
  BOOST_TEST(ask("select run_after <= now() from jobs") == "t");
  save(length(first_id, 2, 52));
  BOOST_TEST(ask("select run_after <= now() from jobs") == "t");
  jobs_repository jobs{db};
  const auto claimed = jobs.claim({{annotation_queue}, "w", 1000});
  BOOST_REQUIRE(claimed.size() == 1u);
  BOOST_TEST(claimed[0].id == id);
  BOOST_TEST(claimed[0].facility == 1);
  save(length(first_id, 3, 53));
  jobs.end({id, "w", "", "", false});
  BOOST_TEST(ask("select state from jobs") == "pending");
}

BOOST_AUTO_TEST_CASE(a_deleted_study_hides_its_annotations_and_a_purged_one_takes_them) {
  save(length());
  const auto mine = order(ann);
  deletions_repository{db}.hide({everyone, query_level::study, study, "a test"});
  BOOST_CHECK_EXCEPTION(annotations.list({ann, study, ""}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(annotations.put({ann, length(first_id, 1)}), database_error, has_code(errc::not_found));
  BOOST_TEST(annotations.plan(mine).documents.empty());
  tell(options, "delete from jobs"); // which have found nothing to do
  auto taken = length();
  taken.study_uid = uid("study", 2);
  taken.series_uid = uid("series", 4);
  taken.sop_instance_uid = uid("instance", 4);
  BOOST_CHECK_EXCEPTION(annotations.put({ann, taken}), database_error, has_code(errc::state_conflict));
  deletions_repository{db}.show({everyone, query_level::study, study, "no test"});
  BOOST_TEST(listed().size() == 1u);
  BOOST_TEST(ask("select run_after <= now() from jobs") == "t");
  BOOST_TEST(annotations.plan(mine).documents.size() == 1u);
  deletions_repository{db}.hide({everyone, query_level::study, study, "a test"});
  purge_repository purge{db};
  while (purge.purge_one(everyone, 0).instances != 0) continue;
  BOOST_TEST(ask("select (select count(*) from annotations) + (select count(*) from annotation_versions) + "
                 "(select count(*) from annotation_sets)") == "0");
}

BOOST_AUTO_TEST_CASE(writers_of_one_annotation_never_overwrite_each_other) {
  save(length());
  constexpr int rounds = 40;
  std::vector<int> won(2);
  std::vector<std::thread> writers;
  for (size_t w = 0; w < won.size(); ++w)
    writers.emplace_back([&, w] {
      database own{options};
      annotations_repository mine{own};
      for (int64_t version = 1, round = 0; round < rounds; ++round) {
        const auto result = mine.put({ann, length(first_id, version, 100.0 * double(w + 1) + double(round))});
        if (result.what == annotation_effect::changed) ++won[w];
        version = result.current.version;
      }
    });
  for (auto& writer : writers) writer.join();
  BOOST_TEST(ask("select max(version) - 1 from annotation_versions") == std::to_string(won[0] + won[1]));
  BOOST_TEST(ask("select count(distinct serial) = count(*) from annotation_versions") == "t");
}

BOOST_AUTO_TEST_SUITE_END()
