#include "schema/repositories/studies.hpp"
#include "tests/schema/fixture.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct catalogue : migrated {
  database reader{options};
  studies_repository studies{reader};
  principal everyone = system_principal("test");

  catalogue() { tell(options, "insert into facilities (name) values ('North')"); }

  void add(index_entry one) { result_of(index(db, one)); }

  /// Returns the numbers (study UIDs' last parts) of the studies that a filter finds, in order.
  std::string found(study_filter filter) {
    if (filter.who.kind == principal_kind::nobody)
      filter.who = everyone;
    std::string result;
    for (const auto& study : studies.list(filter).studies)
      result += (result.empty() ? "" : " ") + study.attributes.uid.substr(uid("study", 0).size() - 1);
    return result;
  }
};

index_entry of(int study, const std::string& name, const std::string& date = "20240131") {
  auto result = entry(study, study, study);
  result.header.patient.name = name;
  result.header.study.date = date;
  return result;
}

index_entry in_facility(index_entry one, int64_t facility) {
  one.from.from = entity(facility);
  return one;
}

study_filter searching(const std::string& text) {
  study_filter filter;
  filter.search = text;
  return filter;
}

study_filter naming(const std::string& text) {
  study_filter filter;
  filter.patient_name = text;
  return filter;
}

study_filter ordered(const std::string& ordering) {
  study_filter filter;
  filter.ordering = ordering;
  return filter;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(studies_repository_, catalogue)

BOOST_AUTO_TEST_CASE(a_study_comes_back_as_it_was_indexed) {
  auto mr = entry(7, 8, 9);
  mr.header.series.modality = "MR";
  add(entry(7, 7, 7));
  add(mr);
  study_filter filter;
  filter.who = everyone;
  const auto page = studies.list(filter);
  BOOST_TEST(page.count == 1);
  BOOST_TEST(!page.count_is_capped);
  BOOST_REQUIRE(page.studies.size() == 1u);
  const auto& study = page.studies.front();
  BOOST_TEST(study.patient.patient_id == "P7");
  BOOST_TEST(study.patient.name == "Doe^Jane 7");
  BOOST_TEST(study.patient.birth_date == "19700101");
  BOOST_TEST(study.facility.name == "Default");
  BOOST_TEST(study.attributes.date == "20240131");
  BOOST_TEST(study.attributes.accession_number == "A7");
  BOOST_TEST((study.modalities == std::vector<std::string>{"CT", "MR"}));
  BOOST_TEST(study.number_of_series == 2);
  BOOST_TEST(study.number_of_instances == 2);
  BOOST_TEST(study.storage_size == 2000);
  BOOST_TEST(study.status == "in_progress");
  BOOST_TEST(study.priority == "routine");
  BOOST_TEST(study.uploaded_at > 1'700'000'000'000);
}

BOOST_AUTO_TEST_CASE(names_are_found_without_case_accents_and_order) {
  add(of(1, "Müller^Jörg"));
  add(of(2, "YAMADA^Tarou=山田^太郎=やまだ^たろう"));
  add(of(3, "Иванов^Пётр"));
  add(of(4, "O'Brien^100%_\\x"));
  BOOST_TEST(found(searching("muller")) == "1");
  BOOST_TEST(found(searching("JORG mül")) == "1");
  BOOST_TEST(found(searching("Müller^Jörg")) == "1");
  BOOST_TEST(found(naming("山田")) == "2");
  BOOST_TEST(found(naming("太郎")) == "2");
  BOOST_TEST(found(naming("やまだ")) == "2");
  BOOST_TEST(found(naming("иванов")) == "3");
  BOOST_TEST(found(naming("петр")) == "3");
  BOOST_TEST(found(naming("%_")) == "");
  BOOST_TEST(found(naming("100%_\\")) == "4");
  BOOST_TEST(found(naming("1__%")) == "");
  BOOST_TEST(found(naming("m")) == "1");
  BOOST_TEST(found(naming("ül")) == "");
  BOOST_TEST(found(searching("A3")) == "3");
  BOOST_TEST(found(searching("P4 brien")) == "4");
  BOOST_TEST(found(naming("P4")) == "");
  BOOST_TEST(found(searching("ct head")) == "4 3 2 1");
}

BOOST_AUTO_TEST_CASE(each_field_restricts) {
  add(of(1, "Doe^Jane", "20230101"));
  add(of(2, "Roe^Richard", "20240101"));
  add(of(3, "Poe^Edgar", ""));
  auto mr = of(4, "Moe^Mary", "20250101");
  mr.header.series.modality = "MR";
  add(mr);
  tell(options, "update studies set status = 'reported', priority = 'stat' where uid = '" + uid("study", 2) + "'");
  study_filter filter;
  filter.date_from = "20240101";
  BOOST_TEST(found(filter) == "4 2");
  filter.date_to = "20240101";
  BOOST_TEST(found(filter) == "2");
  filter = {};
  filter.date_to = "20240101";
  BOOST_TEST(found(filter) == "2 1");
  filter = {};
  filter.modalities = {"MR", "US"};
  BOOST_TEST(found(filter) == "4");
  filter = {};
  filter.statuses = {"reported", "approved"};
  BOOST_TEST(found(filter) == "2");
  filter = {};
  filter.priorities = {"stat"};
  BOOST_TEST(found(filter) == "2");
  filter = {};
  filter.patient_id = "P3";
  BOOST_TEST(found(filter) == "3");
  filter = {};
  filter.accession_number = "A4";
  BOOST_TEST(found(filter) == "4");
  filter = {};
  filter.study_instance_uid = uid("study", 1);
  BOOST_TEST(found(filter) == "1");
  filter = {};
  filter.facility = 2;
  BOOST_TEST(found(filter) == "");
}

BOOST_AUTO_TEST_CASE(pages_follow_the_ordering) {
  add(of(1, "Zed^A", "20230101"));
  add(of(2, "Ärzte^B", "20250101"));
  add(of(3, "moe^C", "20240101"));
  BOOST_TEST(found(ordered("-study_date")) == "2 3 1");
  BOOST_TEST(found(ordered("study_date")) == "1 3 2");
  BOOST_TEST(found(ordered("patient_name")) == "2 3 1");
  BOOST_TEST(found(ordered("-patient_name")) == "1 3 2");
  BOOST_TEST(found(ordered("upload_date")) == "1 2 3");
  tell(options, "update studies set priority = 'stat' where uid = '" + uid("study", 1) + "'");
  BOOST_TEST(found(ordered("-priority")) == "1 2 3");
  BOOST_TEST(found(ordered("modality")) == "1 3 2");
  study_filter second;
  second.page = 2;
  second.page_size = 2;
  BOOST_TEST(found(second) == "1");
}

BOOST_AUTO_TEST_CASE(values_that_cannot_be_are_refused_by_name) {
  const auto refuses = [&](study_filter filter) {
    filter.who = everyone;
    BOOST_CHECK_EXCEPTION(studies.list(filter), database_error, has_code(errc::invalid_argument));
  };
  refuses(ordered("size"));
  refuses(ordered(""));
  study_filter filter;
  filter.date_from = "2024-01-01";
  refuses(filter);
  filter = {};
  filter.statuses = {"done"};
  refuses(filter);
  filter = {};
  filter.priorities = {"high"};
  refuses(filter);
  filter = {};
  filter.page_size = 201;
  refuses(filter);
  filter = {};
  filter.page = 100'000;
  refuses(filter);
}

BOOST_AUTO_TEST_CASE(nobody_sees_anything_and_a_facility_sees_its_own) {
  add(of(1, "Doe^Jane"));
  add(in_facility(of(2, "Doe^John"), 2));
  study_filter filter;
  BOOST_TEST(studies.list(filter).studies.empty());
  BOOST_TEST(studies.list(filter).count == 0);
  filter.who = entity(2);
  BOOST_TEST(found(filter) == "2");
  BOOST_TEST(studies.list(filter).count == 1);
  filter.search = "doe";
  BOOST_TEST(found(filter) == "2");
  BOOST_TEST(studies.list(filter).count == 1);
  filter.who.facilities = {1, 2};
  BOOST_TEST(found(filter) == "2 1");
  filter.who.facilities.clear();
  BOOST_TEST(found(filter) == "");

  const principal nobody;
  for (const auto& who : {entity(1), nobody}) {
    const auto unseen = has_code(errc::not_found);
    BOOST_CHECK_EXCEPTION(studies.study({who, {0, uid("study", 2)}}), database_error, unseen);
    BOOST_CHECK_EXCEPTION(studies.study({who, {2, ""}}), database_error, unseen);
    BOOST_CHECK_EXCEPTION(studies.series({who, {0, uid("series", 2)}}), database_error, unseen);
    BOOST_CHECK_EXCEPTION(studies.image({who, {0, uid("instance", 2)}}), database_error, unseen);
    instances_request walk;
    walk.who = who;
    walk.study_uid = uid("study", 2);
    BOOST_CHECK_EXCEPTION(studies.instances(walk), database_error, unseen);
  }
  BOOST_TEST(studies.study({entity(2), {0, uid("study", 2)}}).study.patient.name == "Doe^John");
  BOOST_TEST(studies.totals({entity(2)}).instances == 1);
  BOOST_TEST(studies.totals({everyone}).instances == 2);
  BOOST_TEST(studies.totals({nobody}).instances == 0);
}

BOOST_AUTO_TEST_CASE(a_study_lists_series_by_number_and_images_by_instance_number) {
  auto unnumbered = entry(1, 5, 5);
  unnumbered.header.series.number = caf::none;
  unnumbered.header.instance.number = caf::none;
  unnumbered.header.instance.rows = caf::none;
  for (const auto& one : {unnumbered, entry(1, 3, 9), entry(1, 3, 2), entry(1, 1, 1)})
    add(one);
  const auto detail = studies.study({everyone, {0, uid("study", 1)}});
  BOOST_REQUIRE(detail.series.size() == 3u);
  BOOST_TEST(detail.series[0].attributes.uid == uid("series", 1));
  BOOST_TEST(detail.series[1].attributes.uid == uid("series", 3));
  BOOST_TEST(detail.series[2].attributes.uid == uid("series", 5));
  BOOST_TEST(!detail.series[2].attributes.number);
  BOOST_REQUIRE(detail.series[1].images.size() == 2u);
  const auto& image = detail.series[1].images[0];
  BOOST_TEST(image.attributes.sop_instance_uid == uid("instance", 2));
  BOOST_TEST(image.attributes.sop_class_uid == "1.2.840.10008.5.1.4.1.1.2");
  BOOST_TEST(image.attributes.transfer_syntax_uid == "1.2.840.10008.1.2.1");
  BOOST_TEST(image.attributes.character_set == "ISO_IR 100");
  BOOST_TEST(*image.attributes.rows == 512);
  BOOST_TEST(image.stored_at == 1'700'000'000'002);
  BOOST_TEST(image.data_set_digest == digest(2));
  BOOST_REQUIRE(image.locations.size() == 1u);
  BOOST_TEST(image.locations[0].node == "store-1");
  BOOST_TEST(image.locations[0].length == 1000u);
  BOOST_TEST(image.locations[0].checksum == digest(1'000'002));
  BOOST_TEST(!detail.series[2].images[0].attributes.rows);

  const auto series = studies.series({everyone, {detail.series[1].id, ""}});
  BOOST_TEST(series.images.size() == 2u);
  BOOST_TEST(series.study_uid == uid("study", 1));
  const auto one = studies.image({everyone, {image.id, ""}});
  BOOST_TEST(one.image.attributes.sop_instance_uid == uid("instance", 2));
  BOOST_TEST(one.series.attributes.uid == uid("series", 3));
  BOOST_TEST(one.study.attributes.uid == uid("study", 1));
}

BOOST_AUTO_TEST_CASE(replaced_versions_and_lost_copies_are_not_listed) {
  add(entry(1, 1, 1));
  auto other = entry(1, 1, 1);
  other.file.data_set_digest = digest(99);
  other.file.where.path = "new.dcm";
  other.on_conflict = conflict_policy::replace;
  add(other);
  const auto image = studies.image({everyone, {0, uid("instance", 1)}}).image;
  BOOST_TEST(image.data_set_digest == digest(99));
  index_repository{db}.mark_location(image.id, other.file.where, location_state::lost);
  const auto detail = studies.study({everyone, {0, uid("study", 1)}});
  BOOST_REQUIRE(detail.series[0].images.size() == 1u);
  BOOST_TEST(detail.series[0].images[0].locations.empty());
}

BOOST_AUTO_TEST_CASE(a_download_walks_the_instances_of_a_study_series_or_instance) {
  for (const auto& one : {entry(1, 1, 1), entry(1, 2, 2), entry(1, 1, 3), entry(1, 2, 4), entry(2, 3, 5)})
    add(one);
  instances_request walk;
  walk.who = everyone;
  walk.study_uid = uid("study", 1);
  walk.limit = 3;
  const auto first = studies.instances(walk).images;
  BOOST_REQUIRE(first.size() == 3u);
  walk.after = first.back().id;
  BOOST_TEST(studies.instances(walk).images.size() == 1u);
  walk.after += 1;
  BOOST_TEST(studies.instances(walk).images.empty());
  walk.after = 0;
  walk.series_uid = uid("series", 1);
  BOOST_TEST(studies.instances(walk).images.size() == 2u);
  walk.sop_instance_uid = uid("instance", 3);
  BOOST_TEST(studies.instances(walk).images.size() == 1u);
  walk.sop_instance_uid = uid("instance", 2);
  BOOST_CHECK_EXCEPTION(studies.instances(walk), database_error, has_code(errc::not_found));
  walk.series_uid = uid("series", 3);
  BOOST_CHECK_EXCEPTION(studies.instances(walk), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(statistics_are_the_totals_of_what_is_kept) {
  for (const auto& one : {entry(1, 1, 1), entry(1, 2, 2), entry(2, 3, 3)})
    add(one);
  tell(options, "insert into jobs (queue, state) values ('ai', 'pending'), ('ai', 'failed'), ('ai', 'done')");
  const auto totals = studies.totals({everyone});
  BOOST_TEST(totals.patients == 2);
  BOOST_TEST(totals.studies == 2);
  BOOST_TEST(totals.series == 3);
  BOOST_TEST(totals.instances == 3);
  BOOST_TEST(totals.bytes == 3000);
  BOOST_TEST(totals.database_version.substr(0, 3) == "15.");
  BOOST_TEST(totals.database_latency_ms > 0);
  BOOST_REQUIRE(totals.queues.size() == 1u);
  BOOST_TEST(totals.queues[0].pending == 1);
  BOOST_TEST(totals.queues[0].failed == 1);
}

BOOST_AUTO_TEST_SUITE_END()
