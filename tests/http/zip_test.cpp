#include "http/files/zip.hpp"
#include "tests/http/zip_builder.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>
#include <thread>

using namespace noctis;
using noctis::test::make_zip;
using noctis::test::zip_entries;

namespace noctis::test {

std::string make_zip(const zip_entries& entries, const std::string& options) {
  std::string zip;
  const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(), archive_write_free);
  archive_write_set_format_zip(writer.get());
  if (archive_write_set_options(writer.get(), options.empty() ? nullptr : options.c_str()) != ARCHIVE_OK)
    throw std::runtime_error(archive_error_string(writer.get()));
  if (options.find("encryption") != std::string::npos) archive_write_set_passphrase(writer.get(), "secret");
  archive_write_open(
      writer.get(), &zip, nullptr,
      [](archive*, void* to, const void* data, size_t size) -> la_ssize_t {
        static_cast<std::string*>(to)->append(static_cast<const char*>(data), size);
        return static_cast<la_ssize_t>(size);
      },
      nullptr);
  for (const auto& [name, content] : entries) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), name.back() == '/' ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_write_header(writer.get(), entry.get());
    archive_write_data(writer.get(), content.data(), content.size());
  }
  archive_write_close(writer.get());
  return zip;
}

} // namespace noctis::test

namespace {

struct gathered final : zip_receiver {
  void begin(const std::string& name) override { files.emplace_back(name, ""); }
  void data(const char* bytes, size_t size) override { files.back().second.append(bytes, size); }
  void end() override { ++whole; }
  void refuse(const std::string& reason) override { refused.push_back(reason); }

  zip_entries files;
  size_t whole = 0;
  std::vector<std::string> refused;
  std::string why;
};

gathered unpack(const std::string& zip, const zip_limits& limits = {}, bool complete = true) {
  gathered to;
  byte_pipe pipe;
  std::thread feeder([&] {
    for (size_t at = 0; at < zip.size() && pipe.write(zip.data() + at, std::min<size_t>(1000, zip.size() - at));)
      at += 1000;
    pipe.close(complete);
  });
  to.why = read_zip(pipe, limits, to);
  feeder.join();
  return to;
}

const zip_entries some{{"a.dcm", std::string(300000, 'a')}, {"dir/", ""}, {"dir/sub/ü.dcm", "b"}, {"empty", ""}};

} // namespace

BOOST_AUTO_TEST_SUITE(zip)

BOOST_AUTO_TEST_CASE(files_come_out_whatever_the_form) {
  for (const auto* options : {"", "compression=store", "zip64", "compression=store,zip64"}) {
    const auto got = unpack(make_zip(some, options));
    BOOST_TEST(got.why == "", options);
    BOOST_TEST(got.whole == 3u);
    BOOST_REQUIRE_EQUAL(got.files.size(), 3u);
    BOOST_TEST((got.files[0] == some[0]));
    BOOST_TEST((got.files[1] == some[2]));
  }
}

BOOST_AUTO_TEST_CASE(bombs_are_stopped) {
  const zip_entries zeros{{"zeros", std::string(20u << 20u, '\0')}};
  const auto bomb = make_zip(zeros);
  zip_limits limits;
  limits.unpacked = 10u << 20u;
  BOOST_TEST(unpack(bomb, limits).why == "the ZIP unpacks to more than 10485760 bytes");
  limits = {};
  limits.ratio_from = 5u << 20u;
  const auto got = unpack(bomb, limits);
  BOOST_TEST(got.why == "the ZIP unpacks to more than 250 times its size");
  BOOST_TEST(got.whole == 0u);
  BOOST_TEST(got.refused.size() == 1u);
  limits = {};
  limits.entries = 2;
  BOOST_TEST(unpack(make_zip(some), limits).why == "the ZIP has more than 2 entries");
}

BOOST_AUTO_TEST_CASE(encrypted_entries_are_refused) {
  const auto got = unpack(make_zip({{"a", std::string(1000, 'a')}}, "encryption=zipcrypt"));
  BOOST_TEST(got.whole == 0u);
  BOOST_REQUIRE(!got.refused.empty());
  BOOST_TEST(got.refused[0] == "the entry is encrypted");
}

BOOST_AUTO_TEST_CASE(damage_is_noticed_wherever_it_is) {
  const auto zip =
      make_zip({{"a", std::string(5000, 'a') + "bcd"}, {"c", std::string(5000, 'c')}}, "compression=store");
  for (size_t at = 0; at < 5100; at += 97) {
    auto broken = zip;
    broken[at] ^= 0x20;
    const auto got = unpack(broken);
    for (const auto& [name, content] : got.files)
      BOOST_TEST((got.whole < 2 || content.size() == 5003 || content.size() == 5000), "at " << at);
    if (at > 100 && at < 5000) BOOST_TEST(got.whole < 2u, "at " << at);
  }
  for (size_t length = 0; length < 6000; length += 61) {
    const auto got = unpack(zip.substr(0, length), {}, false);
    BOOST_TEST(!got.why.empty(), "at " << length);
    BOOST_TEST(got.whole < 2u);
  }
}

BOOST_AUTO_TEST_SUITE_END()
