#include "tests/schema/catalogue.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

index_entry in_facility(index_entry one, int64_t facility) {
  one.from.from = entity(facility);
  return one;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(studies_repository_, catalogue)

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
  for (const auto& one : {unnumbered, entry(1, 3, 9), entry(1, 3, 2), entry(1, 1, 1)}) add(one);
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
  for (const auto& one : {entry(1, 1, 1), entry(1, 2, 2), entry(1, 1, 3), entry(1, 2, 4), entry(2, 3, 5)}) add(one);
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
  for (const auto& one : {entry(1, 1, 1), entry(1, 2, 2), entry(2, 3, 3)}) add(one);
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
