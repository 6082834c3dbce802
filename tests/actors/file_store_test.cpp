#include "actors/storage/file_store.hpp"
#include "actors/storage/leftovers.hpp"
#include "dicom/digest.hpp"
#include "tests/actors/support.hpp"

#include <regex>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace noctis::storage {

namespace fs = std::filesystem;

using namespace test;

namespace {

struct store_fixture {
  temporary_directory base;
  write_buffer buffer;
  layout where{"store-1", base.path(), true, true};
  const placement what{7, "0123456789abcdef", "1.2.3", "1.2.3.4"};

  caf::expected<std::unique_ptr<unfinished_file>> begin(const std::string& name) {
    directories made{base.path()};
    BOOST_REQUIRE(!made.ensure("2026010100"));
    return unfinished_file::create(base.path(), "2026010100", name, buffer);
  }

  /// A finished file, last changed at `ms`.
  void file(const std::string& path, int64_t ms) const {
    write_file(base.path() / path, "bytes");
    const timespec time{static_cast<time_t>(ms / 1000), static_cast<long>(ms % 1000) * 1'000'000};
    const timespec both[] = {time, time};
    BOOST_REQUIRE_EQUAL(::utimensat(AT_FDCWD, (base.path() / path).c_str(), both, 0), 0);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_stores, store_fixture)

BOOST_AUTO_TEST_CASE(paths_follow_hour_facility_patient_and_study) {
  BOOST_TEST(hour_name(0) == "1970010100");
  BOOST_TEST(hour_name(1'795'543'200'000 + 3'599'999) == "2026112418");
  BOOST_TEST(directory_of(where, "2026112418", what) == "2026112418/f7/0123456789abcdef/1.2.3");
  where.organize_by_patient = false;
  BOOST_TEST(directory_of(where, "2026112418", what) == "2026112418/f7/1.2.3");
  where.organize_by_study = false;
  BOOST_TEST(directory_of(where, "2026112418", what) == "2026112418/f7");
  where.organize_by_patient = true;
  BOOST_TEST(directory_of(where, "2026112418", what) == "2026112418/f7/0123456789abcdef");
}

BOOST_AUTO_TEST_CASE(a_path_tells_its_facility) {
  BOOST_TEST(facility_of("2026112418/f7/0123456789abcdef/1.2.3/1.2.3.4-abcdefghij.dcm") == 7);
  BOOST_TEST(facility_of("2026112418/x.dcm") == 0);
  BOOST_TEST(facility_of("quarantine/2026112418/f7-abcdefghij.dcm") == 7);
  BOOST_TEST(is_quarantined("quarantine/2026112418/a.dcm"));
  BOOST_TEST(!is_quarantined("quarantined/a.dcm"));
  BOOST_TEST(std::regex_match(random_token(), std::regex{"[a-z0-9]{10}"}));
  BOOST_TEST(random_token() != random_token());
}

BOOST_AUTO_TEST_CASE(no_path_leaves_the_store) {
  for (const auto* path : {"a", "a/b.dcm", "./a", "a..b", "...", ".hidden"}) BOOST_TEST(is_inside(path), path);
  for (const auto* path : {"", "/", "/etc/passwd", "..", "../a", "a/../../b", "a/..", "a/../b"})
    BOOST_TEST(!is_inside(path), path);
}

BOOST_AUTO_TEST_CASE(an_unfinished_file_that_is_dropped_leaves_nothing) {
  {
    auto file = begin("a.dcm");
    BOOST_REQUIRE(file);
    BOOST_REQUIRE(!(*file)->append(bytes_of("half")));
    BOOST_TEST(files_below(base.path()) == std::vector<std::string>{"2026010100/a.dcm.part"},
               boost::test_tools::per_element());
  }
  BOOST_TEST(files_below(base.path()).empty());
}

BOOST_AUTO_TEST_CASE(a_published_file_has_its_bytes_length_and_checksum) {
  {
    auto file = begin("a.dcm");
    BOOST_REQUIRE(file);
    for (const auto* piece : {"one ", "two ", "three"}) BOOST_REQUIRE(!(*file)->append(bytes_of(piece)));
    BOOST_REQUIRE(!(*file)->append({}));
    BOOST_REQUIRE(!(*file)->publish("2026010100/a.dcm"));
    BOOST_TEST((*file)->length() == 13u);
    BOOST_TEST((*file)->checksum() == digest_of("one two three", 13));
  }
  BOOST_TEST(files_below(base.path()) == std::vector<std::string>{"2026010100/a.dcm"},
             boost::test_tools::per_element());
  BOOST_TEST(content_of(base.path() / "2026010100/a.dcm") == "one two three");
}

BOOST_AUTO_TEST_CASE(files_of_every_length_around_a_buffer_are_whole) {
  for (const size_t whole : {size_t{0}, write_buffer::alignment, write_buffer::size, 2 * write_buffer::size}) {
    for (const int more : {-1, 0, 1}) {
      if (whole == 0 && more < 0) continue;
      std::string text(whole + static_cast<size_t>(more), '\0');
      for (size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 31 + (i >> 9));
      auto file = begin("a.dcm");
      BOOST_REQUIRE(file);
      for (size_t at = 0; at < text.size(); at += 300'007)
        BOOST_REQUIRE(!(*file)->append(bytes_of(text.substr(at, 300'007))));
      BOOST_REQUIRE(!(*file)->publish("2026010100/a.dcm"));
      BOOST_TEST((content_of(base.path() / "2026010100/a.dcm") == text), text.size() << " bytes");
      BOOST_TEST((*file)->checksum() == digest_of(text.data(), text.size()));
    }
  }
}

BOOST_AUTO_TEST_CASE(two_files_of_one_name_are_an_error) {
  const auto first = begin("a.dcm");
  BOOST_REQUIRE(first);
  BOOST_TEST(code_of(begin("a.dcm")) == errc::storage_failure);
  BOOST_TEST(files_below(base.path()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_made_is_an_error) {
  write_file(base.path() / "blocked", "a file");
  directories made{base.path()};
  BOOST_TEST(code_of(made.ensure("blocked/below")) == errc::storage_failure);
  BOOST_TEST(code_of(made.sync("absent")) == errc::storage_failure);
}

BOOST_AUTO_TEST_CASE(errors_of_the_disk_tell_a_full_one_from_a_broken_one) {
  BOOST_TEST(code_of(io_error(ENOSPC, "write", "a")) == errc::disk_full);
  BOOST_TEST(code_of(io_error(EDQUOT, "write", "a")) == errc::disk_full);
  BOOST_TEST(code_of(io_error(EIO, "write", "a")) == errc::storage_failure);
  BOOST_TEST(reason_of(io_error(EIO, "write", "a")).find("cannot write a: ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_nothing_behind) {
  const auto mount_point = base.path() / "small";
  fs::create_directories(mount_point);
  if (::mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=256k") != 0) {
    BOOST_TEST_MESSAGE("skipped: a small file system can be mounted by root only");
    return;
  }
  {
    auto file = unfinished_file::create(mount_point, "", "a.dcm", buffer);
    BOOST_REQUIRE(file);
    caf::error error;
    for (int i = 0; i < 20 && !error; ++i) error = (*file)->append(bytes_of(std::string(64 << 10, 'x')));
    BOOST_TEST(code_of(error) == errc::disk_full);
  }
  BOOST_TEST(files_below(mount_point).empty());
  BOOST_REQUIRE_EQUAL(::umount(mount_point.c_str()), 0);
}

BOOST_AUTO_TEST_CASE(the_checkpoint_is_kept) {
  BOOST_TEST(read_checkpoint(where) == 0);
  BOOST_REQUIRE(!write_checkpoint(where, 1'700'000'000'123));
  BOOST_TEST(read_checkpoint(where) == 1'700'000'000'123);
  BOOST_REQUIRE(!write_checkpoint(where, 1'800'000'000'000));
  BOOST_TEST(read_checkpoint(where) == 1'800'000'000'000);
  BOOST_TEST(files_below(base.path()) == std::vector<std::string>{".noctis/checkpoint"},
             boost::test_tools::per_element());
  write_file(base.path() / ".noctis/checkpoint", "no number");
  BOOST_TEST(read_checkpoint(where) == 0);
}

BOOST_AUTO_TEST_CASE(leftovers_are_the_files_since_the_checkpoint_without_the_unfinished) {
  const int64_t hour = 3'600'000;
  const int64_t now = 500'000 * hour;
  const auto this_hour = hour_name(now);
  const auto earlier = hour_name(now - 5 * hour);
  file(this_hour + "/f1/new.dcm", now + 2000);
  file(this_hour + "/f1/settled.dcm", now + 10);
  file(this_hour + "/f1/broken.dcm.part", now + 2000);
  file(this_hour + "/f1/later.dcm.part", now + 9000);
  file("quarantine/" + this_hour + "/aside.dcm", now + 2000);
  file(earlier + "/f1/old.dcm", now + 2000);
  file(this_hour + "/f1/ahead.dcm", now + 2 * hour);
  file("elsewhere/f1/not-ours.dcm", now + 2000);
  auto found = leftovers(where, now + 1000, now + 5000);
  std::sort(found.begin(), found.end());
  BOOST_TEST(found == (std::vector<std::string>{this_hour + "/f1/ahead.dcm", this_hour + "/f1/new.dcm",
                                                "quarantine/" + this_hour + "/aside.dcm"}),
             boost::test_tools::per_element());
  BOOST_TEST(!fs::exists(base.path() / this_hour / "f1/broken.dcm.part"));
  BOOST_TEST(fs::exists(base.path() / this_hour / "f1/later.dcm.part"));
  BOOST_TEST(fs::exists(base.path() / this_hour / "f1/settled.dcm"));
}

BOOST_AUTO_TEST_CASE(an_empty_store_has_no_leftovers) {
  BOOST_TEST(leftovers(where, 0, 1'900'000'000'000).empty());
  where.base_path = base.path() / "absent";
  BOOST_TEST(leftovers(where, 0, 1'900'000'000'000).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis::storage
