#include "dicom/objects/measurement_report.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"
#include "tests/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace noctis;

namespace {

constexpr auto set_key = "0d9f3c52-7a51-4c1b-9a37-2f5d6f1e8b11";

constexpr auto enhanced_ct = "1.2.840.10008.5.1.4.1.1.2.1";

study_row head_study() {
  study_row study;
  study.patient = {1, "P1", "HOSPITAL", "Müller^Jürgen=山田^太郎", "19700131", "M"};
  study.attributes.uid = "1.2.826.0.1.3680043.10.543.1.1";
  study.attributes.id = "S1";
  study.attributes.date = "20240131";
  study.attributes.time = "102030";
  study.attributes.accession_number = "A1";
  study.attributes.description = "CT HEAD";
  study.attributes.referring_physician = "Who^Doctor";
  return study;
}

annotation drawn(const std::string& kind, std::vector<std::vector<double>> points,
                 std::vector<annotation_measurement> measurements = {}, const std::string& label = "") {
  static int number = 0;
  ++number;
  annotation what;
  what.id = "11111111-2222-4333-8444-" + std::to_string(100'000'000'000 + number);
  what.study_uid = head_study().attributes.uid;
  what.series_uid = "1.2.826.0.1.3680043.10.543.2.1";
  what.sop_instance_uid = "1.2.826.0.1.3680043.10.543.3." + std::to_string(number % 3 + 1);
  what.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  what.kind = kind;
  what.space = "image";
  what.points = std::move(points);
  what.measurements = std::move(measurements);
  what.label = label;
  what.updated_at = 1'706'696'430'000;
  return what;
}

std::vector<annotation> one_of_each() {
  std::vector<annotation> all{
      drawn("length", {{1.5, 2.25}, {51.5, 2.25}}, {{"length", 50, "mm"}}, "grün <b>\n& zweite Zeile"),
      drawn("bidirectional", {{1, 1}, {9, 1}, {5, 0}, {5, 3}}, {{"long_axis", 8, "mm"}, {"short_axis", 3, "mm"}}),
      drawn("bidirectional", {{1, 1}, {9, 1}, {5, 0}, {5, 4}}, {{"short_axis", 4, "{pixels}"}}, "only one"),
      drawn("bidirectional", {{1, 1}, {9, 1}, {5, 0}, {5, 5}}, {{"short_axis", 5, "mm"}, {"long_axis", 8, "mm"}}),
      drawn("bidirectional", {{1, 1}, {9, 1}, {5, 0}, {5, 6}}),
      drawn("angle", {{0, 0}, {5, 5}, {10, 0}}, {{"angle", 90, "deg"}}),
      drawn("cobb_angle", {{0, 0}, {10, 1}, {0, 20}, {10, 17}}, {{"angle", 22.4, "deg"}}),
      drawn("ellipse", {{0, 5}, {10, 5}, {5, 2}, {5, 8}},
            {{"area", 47.12, "mm2"},
             {"mean", -31.25, "[hnsf'U]"},
             {"sd", 1.0 / 3, "[hnsf'U]"},
             {"min", -1000, "[hnsf'U]"},
             {"max", 80, "[hnsf'U]"}}),
      drawn("rectangle", {{0, 0}, {10, 0}, {10, 5}, {0, 5}}, {{"area", 50, "mm2"}, {"mean", 2.5, "g/ml{SUVbw}"}}),
      drawn("freehand", {{0, 0}, {10, 0}, {7, 5}, {2, 6}},
            {{"area", 42, "mm2"}, {"perimeter", 30, "mm"}, {"mean", 7, "1"}}),
      drawn("probe", {{3.5, 4.5}}, {{"value", 41, "[hnsf'U]"}}),
      drawn("arrow", {{3, 4}, {30, 40}}, {}, "here"),
      drawn("arrow", {{3, 4}, {31, 41}}),
      drawn("text", {{3, 4}}, {}, "山田"),
      drawn("cardiothoracic_ratio", {{5, 5}, {9, 5}, {5, 6}, {1, 6}, {0, 9}, {12, 9}}, {{"ratio", 0.42, "1"}}),
  };
  all[5].number_of_frames = 12;
  all[5].sop_class_uid = enhanced_ct;
  all[5].sop_instance_uid += ".1";
  all[5].frame = 7;
  return all;
}

annotation in_patient(annotation what) {
  what.space = "patient";
  what.frame_of_reference_uid = "1.2.826.0.1.3680043.10.543.4.1";
  for (auto& point : what.points) point.push_back(-12.5);
  return what;
}

annotation_document document_of(std::vector<annotation> annotations, int64_t serial = 3) {
  annotation_document document;
  document.serial = serial;
  document.key = set_key;
  document.author = "Ann Öz";
  document.at = 1'706'696'430'000;
  document.annotations = std::move(annotations);
  return document;
}

/// Keeps a file where NOCTIS_KEEP_REPORTS says, to be looked at with other programs.
made_object written(const std::string& name, const caf::expected<made_object>& object) {
  if (!object) BOOST_FAIL(reason_of(object.error()));
  if (const auto* folder = std::getenv("NOCTIS_KEEP_REPORTS"))
    std::ofstream{std::filesystem::path{folder} / name, std::ios::binary}.write(
        reinterpret_cast<const char*>(object->file.data()), static_cast<std::streamsize>(object->file.size()));
  return *object;
}

restored_annotations read_back(const made_object& object) {
  auto result = read_measurement_report(object.file.data(), object.file.size());
  if (!result) BOOST_FAIL(reason_of(result.error()));
  return *result;
}

void check_same(const annotation& a, const annotation& b) {
  BOOST_TEST_CONTEXT(a.kind << " " << a.label) {
    BOOST_TEST(a.id == b.id);
    BOOST_TEST(a.kind == b.kind);
    BOOST_TEST(a.study_uid == b.study_uid);
    BOOST_TEST(a.series_uid == b.series_uid);
    BOOST_TEST(a.sop_instance_uid == b.sop_instance_uid);
    BOOST_TEST(a.frame == b.frame);
    BOOST_TEST(a.space == b.space);
    BOOST_TEST(a.frame_of_reference_uid == b.frame_of_reference_uid);
    BOOST_TEST(a.label == b.label);
    BOOST_CHECK(a.points == b.points);
    BOOST_REQUIRE(a.measurements.size() == b.measurements.size());
    for (size_t i = 0; i < a.measurements.size(); ++i) {
      BOOST_TEST(a.measurements[i].name == b.measurements[i].name);
      BOOST_TEST(a.measurements[i].value == b.measurements[i].value);
      BOOST_TEST(a.measurements[i].unit == b.measurements[i].unit);
    }
  }
}

std::string text_of(const made_object& object) { return {object.file.begin(), object.file.end()}; }

} // namespace

BOOST_AUTO_TEST_SUITE(measurement_reports)

BOOST_AUTO_TEST_CASE(every_kind_comes_back_from_a_report) {
  const auto all = one_of_each();
  const auto object = written("each.dcm", write_measurement_report(head_study(), document_of(all)));
  BOOST_TEST(object.sop_class_uid == "1.2.840.10008.5.1.4.1.1.88.33");
  const auto restored = read_back(object);
  BOOST_TEST(restored.author == "Ann Öz");
  BOOST_REQUIRE(restored.annotations.size() == all.size());
  for (size_t i = 0; i < all.size(); ++i) check_same(all[i], restored.annotations[i]);
}

BOOST_AUTO_TEST_CASE(coordinates_in_the_patient_make_a_3d_report) {
  std::vector<annotation> all;
  for (const auto& one : one_of_each()) all.push_back(in_patient(one));
  all.front().sop_instance_uid.clear();
  all.push_back(drawn("length", {{1, 2}, {3, 4}}, {{"length", 2.83, "mm"}}));
  const auto object = written("patient.dcm", write_measurement_report(head_study(), document_of(all)));
  BOOST_TEST(object.sop_class_uid == "1.2.840.10008.5.1.4.1.1.88.34");
  const auto restored = read_back(object).annotations;
  BOOST_REQUIRE(restored.size() == all.size());
  for (size_t i = 0; i < all.size(); ++i) check_same(all[i], restored[i]);
}

BOOST_AUTO_TEST_CASE(the_same_document_has_the_same_bytes_and_another_serial_another_uid) {
  const auto document = document_of(one_of_each());
  const auto first = written("first.dcm", write_measurement_report(head_study(), document));
  const auto again = written("first.dcm", write_measurement_report(head_study(), document));
  BOOST_TEST(first.file == again.file);
  BOOST_TEST(first.sop_instance_uid == document_uid(document));
  BOOST_TEST(valid_uid(first.sop_instance_uid));
  auto next = document;
  next.serial = 4;
  BOOST_TEST(document_uid(next) != document_uid(document));
  BOOST_TEST(document_series_uid(next) == document_series_uid(document));
}

BOOST_AUTO_TEST_CASE(a_later_report_names_the_former_one) {
  auto document = document_of({});
  document.former_uid = "1.2.3.4.5";
  document.former_class = "1.2.840.10008.5.1.4.1.1.88.33";
  const auto object = written("empty.dcm", write_measurement_report(head_study(), document));
  BOOST_TEST(text_of(object).find("1.2.3.4.5") != std::string::npos);
  BOOST_TEST(read_back(object).annotations.empty());
}

BOOST_AUTO_TEST_CASE(patient_and_study_are_those_of_the_index) {
  const auto text = text_of(written("each.dcm", write_measurement_report(head_study(), document_of(one_of_each()))));
  for (const auto* value : {"Müller^Jürgen=山田^太郎", "HOSPITAL", "19700131", "CT HEAD", "Who^Doctor", "ISO_IR 192"})
    BOOST_TEST(text.find(value) != std::string::npos, value);
}

BOOST_AUTO_TEST_CASE(key_images_are_selected) {
  auto first = drawn("key_image", {}, {}, "bleeding");
  first.number_of_frames = 5;
  first.sop_class_uid = enhanced_ct;
  first.frame = 2;
  auto document = document_of({first, drawn("key_image", {})});
  document.key_objects = true;
  const auto object = written("key.dcm", write_key_objects(head_study(), document));
  BOOST_TEST(object.sop_class_uid == "1.2.840.10008.5.1.4.1.1.88.59");
  BOOST_TEST(text_of(object).find("bleeding") != std::string::npos);
  document.annotations.clear();
  BOOST_TEST(!write_key_objects(head_study(), document));
}

BOOST_AUTO_TEST_CASE(what_is_not_ours_or_is_damaged_is_an_error) {
  const auto object = written("each.dcm", write_measurement_report(head_study(), document_of(one_of_each())));
  auto file = object.file;
  BOOST_TEST(!read_measurement_report(file.data(), 100));
  for (size_t length = 0; length < file.size(); length += 997) read_measurement_report(file.data(), length);
  auto document = document_of({drawn("key_image", {})});
  document.key_objects = true;
  const auto other = written("key1.dcm", write_key_objects(head_study(), document));
  BOOST_TEST(!read_measurement_report(other.file.data(), other.file.size()));
}

BOOST_AUTO_TEST_CASE(uuids_become_uids_and_come_back) {
  for (const auto* uuid : {"00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff", set_key})
    BOOST_TEST(uuid_of_uid(uid_of_uuid(uuid)) == uuid);
  BOOST_TEST(uid_of_uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6") == "2.25.329800735698586629295641978511506172918");
  BOOST_TEST(uuid_of_uid("2.25.999999999999999999999999999999999999999") == "");
  BOOST_TEST(uuid_of_uid("1.2.3") == "");
  BOOST_TEST(uid_of_uuid("no uuid") == "");
}

BOOST_AUTO_TEST_SUITE_END()
