#include "tests/http/support.hpp"
#include "tests/http/zip_builder.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace noctis;
using noctis::test::facade_fixture;
using noctis::test::make_zip;
using noctis::test::part10;

namespace {

constexpr auto path = "/dicom/api/upload/";

httplib::MultipartFormData file(const std::string& content, const std::string& name = "x.dcm") {
  return {"file", content, name, "application/dicom"};
}

struct uploading : facade_fixture {
  httplib::Result post(const httplib::MultipartFormDataItems& items) { return user().Post(path, items); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(upload, uploading)

BOOST_AUTO_TEST_CASE(each_file_has_its_result) {
  const auto large = part10((size_t{9} << 20) + 5);
  const auto answer =
      post({file(part10(1000), "dir/one.dcm"), {"note", "hello", "", ""}, file(large), file(part10(1000))});
  BOOST_TEST(answer->status == 200, answer->body);
  const auto got = json(answer);
  BOOST_TEST(got["status"].GetString() == "success");
  BOOST_TEST(got["stored"].GetInt() == 2);
  BOOST_TEST(got["duplicates"].GetInt() == 1);
  BOOST_TEST(got["refused"].GetInt() == 0);
  BOOST_TEST(got["results"].Size() == 3u);
  BOOST_TEST(got["results"][0]["name"].GetString() == "one.dcm");
  BOOST_TEST(got["results"][0]["status"].GetString() == "stored");
  BOOST_TEST(got["results"][0]["study_instance_uid"].GetString() == "1.2.3");
  BOOST_TEST(got["results"][2]["status"].GetString() == "duplicate");
  BOOST_TEST((known->kept.at(1) == large));
  BOOST_TEST(known->largest_piece <= max_message_bytes);
}

BOOST_AUTO_TEST_CASE(some_refused_is_207_and_none_kept_400) {
  const auto some = post({file("hello"), file(part10(200)), file(std::string(10000, 'x')), file("")});
  BOOST_TEST(some->status == 207);
  const auto got = json(some);
  BOOST_TEST(got["status"].GetString() == "partial");
  BOOST_TEST(got["refused"].GetInt() == 3);
  BOOST_TEST(got["results"][0]["reason"].GetString() == "not a DICOM Part 10 file");
  const auto none = post({file("hello")});
  BOOST_TEST(none->status == 400);
  BOOST_TEST(json(none)["status"].GetString() == "error");
  known->refuse_with = failure(errc::storage_failure, "write /srv/secret: I/O error");
  const auto failed = post({file(part10(200))});
  BOOST_TEST(failed->status == 400);
  BOOST_TEST(failed->body.find("secret") == std::string::npos);
  known->refuse_with = failure(errc::patient_conflict, "the study is for another patient");
  BOOST_TEST(json(post({file(part10(200))}))["results"][0]["reason"].GetString() == "the study is for another patient");
}

BOOST_AUTO_TEST_CASE(zips_are_unpacked) {
  const auto zip = make_zip({{"a/1.dcm", part10(1000)},
                             {"a/b/2.dcm", part10(size_t{5} << 20, 2)},
                             {"a/DICOMDIR", part10(400)},
                             {"README.txt", "hello"},
                             {"in.zip", make_zip({{"x", "y"}})}});
  const auto answer = post({file(zip, "all.zip"), file(part10(300), "3.dcm")});
  BOOST_TEST(answer->status == 207, answer->body);
  const auto got = json(answer);
  BOOST_TEST(got["stored"].GetInt() == 3);
  BOOST_TEST(got["refused"].GetInt() == 2);
  BOOST_TEST(got["notes"].Size() == 1u);
  BOOST_TEST(got["results"][0]["name"].GetString() == "a/1.dcm");
  BOOST_TEST(got["results"][2]["reason"].GetString() == "not a DICOM Part 10 file");
  BOOST_TEST(got["results"][3]["reason"].GetString() == "a ZIP in a ZIP is not unpacked");
  BOOST_TEST((known->kept.at(1) == part10(size_t{5} << 20, 2)));
  const auto empty = post({file(std::string("PK\x05\x06", 4) + std::string(18, '\0'), "empty.zip")});
  BOOST_TEST(empty->status == 400);
  const auto cut = post({file(zip.substr(0, zip.size() / 2), "cut.zip")});
  BOOST_TEST(cut->status == 207);
}

BOOST_AUTO_TEST_CASE(what_is_no_form_is_refused) {
  auto http = user();
  BOOST_TEST(http.Post(path, "{}", "application/json")->status == 415);
  BOOST_TEST(http.Post(path, "x", "multipart/form-data")->status == 415);
  BOOST_TEST(http.Post(path)->status == 415);
  BOOST_TEST(http.Post(path, "nothing here", "multipart/form-data; boundary=b")->status == 400);
  const auto no_file = http.Post(path, "--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b");
  BOOST_TEST(no_file->status == 400);
  BOOST_TEST(json(no_file)["errors"].HasMember("file"));
  const std::string head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
  const auto open_end = http.Post(path, head + part10(500), "multipart/form-data; boundary=b");
  BOOST_TEST(open_end->status == 400);
  BOOST_TEST(json(open_end)["results"][0]["reason"].GetString() == "the upload ended before its closing boundary");
  BOOST_TEST(known->kept.empty());
  const auto huge_head = http.Post(path, "--b\r\nX: " + std::string(20000, 'x'), "multipart/form-data; boundary=b");
  BOOST_TEST(huge_head->status == 400);
  BOOST_TEST(client().Post(path, {file(part10(200))})->status == 401);
}

BOOST_AUTO_TEST_CASE(an_upload_that_breaks_off_leaves_nothing) {
  const auto token = access_token();
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  BOOST_REQUIRE(connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  const auto request = std::string("POST ") + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
                       "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999999\r\n\r\n--b\r\n"
                       "Content-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n" +
                       part10(size_t{9} << 20);
  for (size_t at = 0; at < request.size();) {
    const auto sent = send(socket, request.data() + at, request.size() - at, MSG_NOSIGNAL);
    BOOST_REQUIRE(sent > 0);
    at += static_cast<size_t>(sent);
  }
  close(socket);
  for (int i = 0; i < 100; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::lock_guard<std::mutex> lock(known->mutex);
    if (known->dropped > 0) break;
  }
  BOOST_TEST(known->dropped == 1);
  BOOST_TEST(known->kept.empty());
}

BOOST_AUTO_TEST_SUITE_END()
