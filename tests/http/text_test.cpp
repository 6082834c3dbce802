#include "http/files/file_response.hpp"
#include "http/representation/time_text.hpp"
#include "http/request/limiter.hpp"
#include "http/request/router.hpp"
#include "http/server/host_check.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(times_are_rfc_3339_in_utc) {
  BOOST_TEST(rfc3339(0) == "1970-01-01T00:00:00Z");
  BOOST_TEST(rfc3339(1767225600123) == "2026-01-01T00:00:00.123Z");
  BOOST_TEST(rfc3339(-1) == "1969-12-31T23:59:59.999Z");
  BOOST_TEST(iso_date("20240229") == "2024-02-29");
  BOOST_TEST(iso_date("2024") == "");
  BOOST_TEST(iso_time("1020") == "10:20:00");
  BOOST_TEST(iso_time("102030.123456") == "10:20:30");
  BOOST_TEST(iso_time("1") == "");
  BOOST_TEST(da_of("2024-02-29") == "20240229");
  BOOST_TEST(da_of("2023-02-29") == "");
  BOOST_TEST(da_of("2023-13-01") == "");
  BOOST_TEST(da_of("20230101") == "");
}

BOOST_AUTO_TEST_CASE(hosts_are_served_by_name) {
  http_options options;
  options.allowed_hosts = {"pacs.example.org", ".lab.example.org"};
  BOOST_TEST(host_allowed(options, "PACS.example.org:8000"));
  BOOST_TEST(host_allowed(options, "a.lab.example.org"));
  BOOST_TEST(host_allowed(options, "localhost"));
  BOOST_TEST(host_allowed(options, "[::1]:8000"));
  BOOST_TEST(!host_allowed(options, "evil.org"));
  BOOST_TEST(!host_allowed(options, "evil-lab.example.org"));
  BOOST_TEST(!host_allowed(options, "pacs.example.org:80@evil.org"));
  BOOST_TEST(!host_allowed(options, ""));
  options.local_mode = false;
  BOOST_TEST(!host_allowed(options, "localhost"));
  options.allowed_hosts = {"*"};
  BOOST_TEST(host_allowed(options, "anything.org"));
}

BOOST_AUTO_TEST_CASE(ranges_are_read_for_the_size_of_the_file) {
  requested_range range;
  BOOST_TEST((read_range_header("bytes=0-9", 100, range) == range_kind::part));
  BOOST_TEST(range.length == 10u);
  BOOST_TEST((read_range_header("bytes=90-", 100, range) == range_kind::part));
  BOOST_TEST(range.length == 10u);
  BOOST_TEST((read_range_header("bytes=-30", 20, range) == range_kind::part));
  BOOST_TEST(range.offset == 0u);
  BOOST_TEST(range.length == 20u);
  BOOST_TEST((read_range_header("bytes=100-", 100, range) == range_kind::unsatisfiable));
  BOOST_TEST((read_range_header("bytes=-0", 100, range) == range_kind::unsatisfiable));
  for (const auto* whole :
       {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "lines=1-2", "bytes=1-2x"})
    BOOST_TEST((read_range_header(whole, 100, range) == range_kind::whole), whole);
}

BOOST_AUTO_TEST_CASE(the_router_knows_slashes_and_methods) {
  router routes;
  routes.add("GET", "/a/<id>/", access::everyone(), [](context&) {});
  routes.add("DELETE", "/a/<id>/", access::everyone(), [](context&) {});
  routes.add("GET", "/w/<x>", access::everyone(), [](context&) {});
  using kind = resolution::kind;
  BOOST_TEST((routes.resolve("HEAD", "/a/7/").what == kind::found));
  BOOST_TEST(routes.resolve("GET", "/a/7/").segments.at(0) == "7");
  BOOST_TEST((routes.resolve("GET", "/a/7").what == kind::add_slash));
  BOOST_TEST((routes.resolve("POST", "/a/7/").what == kind::wrong_method));
  BOOST_TEST(routes.resolve("POST", "/a/7/").allow == "GET, HEAD, DELETE");
  BOOST_TEST((routes.resolve("GET", "/w/1/").what == kind::found));
  BOOST_TEST((routes.resolve("GET", "/w/1").what == kind::found));
  for (const auto* path : {"", "/", "a/7/", "/a//", "//a/7/", "/a/7/8/"})
    BOOST_TEST((routes.resolve("GET", path).what == kind::unknown), path);
}

BOOST_AUTO_TEST_CASE(attempts_are_counted_by_window) {
  local_limiter limiter;
  const rate_request request{"k", 2, 60};
  const auto now = local_limiter::clock::now();
  BOOST_TEST(limiter.count(request, now).allowed);
  BOOST_TEST(limiter.count(request, now).allowed);
  const auto third = limiter.count(request, now + std::chrono::seconds(10));
  BOOST_TEST(!third.allowed);
  BOOST_TEST(third.retry_after_s == 51);
  BOOST_TEST(limiter.count({"other", 2, 60}, now).allowed);
  BOOST_TEST(limiter.count(request, now + std::chrono::seconds(61)).allowed);
}

BOOST_AUTO_TEST_SUITE_END()
