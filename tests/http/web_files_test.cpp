#include "http/web_files.hpp"
#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace noctis;
using noctis::test::facade_fixture;
namespace fs = std::filesystem;

namespace {

struct directory {
  fs::path path = fs::temp_directory_path() / ("noctis-web-" + std::to_string(getpid()));
  directory() {
    fs::remove_all(path);
    put("worklist/index.html", "<p>worklist");
    put("viewer/index.html", "<p>viewer");
    put("assets/app-1.js", std::string(3000, 'a'));
    put("assets/app-1.js.gz", "gzipped");
    put("assets/app-1.js.br", "brotli");
    put("assets/deep/codec-2.wasm", "wasm");
    put("assets/empty-3.css", "");
    put("favicon.svg", "<svg/>");
  }
  ~directory() { fs::remove_all(path); }
  directory(const directory&) = delete;
  directory& operator=(const directory&) = delete;

  void put(const std::string& name, const std::string& content) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << content;
  }
};

struct pages : private directory, facade_fixture {
  static http_options options(const fs::path& root) {
    auto result = default_options();
    result.web_root = root.string();
    return result;
  }
  pages() : facade_fixture(options(directory::path)) {}
  using directory::path;
  using directory::put;
};

} // namespace

BOOST_AUTO_TEST_SUITE(web)

BOOST_FIXTURE_TEST_CASE(the_table_has_the_files_with_their_forms, directory) {
  web_files files(path.string());
  const auto table = files.current();
  BOOST_TEST(table->size() == 6u);
  const auto& script = table->at("assets/app-1.js");
  BOOST_TEST(script.type == "text/javascript; charset=utf-8");
  BOOST_TEST(script.plain.size == 3000u);
  BOOST_TEST(script.gzip.size == 7u);
  BOOST_TEST(script.brotli.size == 6u);
  BOOST_TEST(table->at("assets/deep/codec-2.wasm").gzip.path.empty());
  BOOST_TEST(files.current() == table);
  BOOST_TEST(web_files("").current()->empty());
  BOOST_TEST(web_files((path / "nowhere").string()).current()->empty());
}

BOOST_FIXTURE_TEST_CASE(another_build_in_its_place_is_noticed, directory) {
  web_files files(path.string());
  files.current();
  const auto aside = path.string() + ".old";
  fs::rename(path, aside);
  BOOST_TEST(files.current()->empty());
  put("worklist/index.html", "<p>new");
  BOOST_TEST(files.current()->size() == 1u);
  fs::remove_all(aside);
}

BOOST_FIXTURE_TEST_CASE(pages_are_served_to_everyone, pages) {
  auto http = client();
  const auto first = http.Get("/");
  BOOST_TEST(first->status == 302);
  BOOST_TEST(first->get_header_value("Location") == "/worklist/");
  for (const auto* at : {"/viewer/", "/viewer/1.2.3", "/viewer/1.2.3/", "/viewer/1.2.3/more?compare=1.2.4"}) {
    const auto page = http.Get(at);
    BOOST_TEST(page->status == 200, at);
    BOOST_TEST(page->body == "<p>viewer");
  }
  BOOST_TEST(http.Get("/worklist")->status == 308);
  const auto page = http.Get("/worklist/");
  BOOST_TEST(page->get_header_value("Content-Type") == "text/html; charset=utf-8");
  BOOST_TEST(page->get_header_value("Cache-Control") == "no-cache");
  BOOST_TEST(page->get_header_value("X-Frame-Options") == "DENY");
  const auto policy = page->get_header_value("Content-Security-Policy");
  BOOST_TEST(policy.find("script-src 'self' 'wasm-unsafe-eval';") != std::string::npos);
  BOOST_TEST(policy.find("frame-ancestors 'none'") != std::string::npos);
  BOOST_TEST(page->get_header_value_count("Content-Security-Policy") == 1u);
  BOOST_TEST(page->get_header_value_count("Cache-Control") == 1u);
  BOOST_TEST(http.Get("/worklist/", {{"If-None-Match", page->get_header_value("ETag")}})->status == 304);
  BOOST_TEST(http.Post("/worklist/")->status == 405);
}

BOOST_FIXTURE_TEST_CASE(a_page_that_is_not_built_says_so, pages) {
  const auto page = client().Get("/login/?next=/worklist/");
  BOOST_TEST(page->status == 503);
  BOOST_TEST(page->body.find("is not built") != std::string::npos);
  BOOST_TEST(page->get_header_value("Content-Type") == "text/html; charset=utf-8");
}

BOOST_FIXTURE_TEST_CASE(assets_go_out_in_the_smallest_form_that_is_welcome, pages) {
  auto http = client();
  http.set_decompress(false);
  const auto get = [&](const char* accepted) { return http.Get("/assets/app-1.js", {{"Accept-Encoding", accepted}}); };
  BOOST_TEST(get("identity")->body.size() == 3000u);
  BOOST_TEST(!get("identity")->has_header("Content-Encoding"));
  BOOST_TEST(get("gzip, deflate")->body == "gzipped");
  BOOST_TEST(get("gzip, deflate")->get_header_value("Content-Encoding") == "gzip");
  BOOST_TEST(get("gzip, deflate, br, zstd")->body == "brotli");
  BOOST_TEST(get("br;q=0, gzip")->body == "gzipped");
  BOOST_TEST(get("br")->get_header_value("Vary") == "Accept-Encoding");
  BOOST_TEST(get("br")->get_header_value("Cache-Control") == "public, max-age=31536000, immutable");
  BOOST_TEST(get("br")->get_header_value("ETag") != get("gzip")->get_header_value("ETag"));
  const auto wasm = http.Get("/assets/deep/codec-2.wasm");
  BOOST_TEST(wasm->get_header_value("Content-Type") == "application/wasm");
  BOOST_TEST(http.Get("/assets/empty-3.css")->status == 200);
  BOOST_TEST(http.Get("/favicon.svg")->get_header_value("Content-Type") == "image/svg+xml");
  BOOST_TEST(http.Get("/favicon.ico")->status == 404);
  const auto head = http.Head("/assets/app-1.js");
  BOOST_TEST(head->status == 200);
  BOOST_TEST(head->body.empty());
}

BOOST_FIXTURE_TEST_CASE(no_path_leads_out_of_the_directory, pages) {
  auto http = client();
  for (const auto* at : {"/assets/../worklist/index.html", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets//etc/passwd",
                         "/assets/..%2f..%2fetc%2fpasswd", "/assets/app-1.js.gz", "/assets/deep", "/assets/app-1.js/"})
    BOOST_TEST(http.Get(at)->status == 404, at);
}

BOOST_AUTO_TEST_SUITE_END()
