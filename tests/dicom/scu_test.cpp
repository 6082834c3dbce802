#include "dicom/network/scu.hpp"
#include "dicom/part10.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/dstorscp.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace fs = std::filesystem;

namespace {

const std::string secondary_capture = "1.2.840.10008.5.1.4.1.1.7";

uint16_t free_port() {
  const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  BOOST_REQUIRE_EQUAL(bind(socket_fd, generic, size), 0);
  getsockname(socket_fd, generic, &size);
  close(socket_fd);
  return ntohs(address.sin_port);
}

/// A DCMTK storage SCP that keeps what it gets bit by bit, for one association.
class peer_scp : public DcmStorageSCP {
public:
  explicit peer_scp(const fs::path& folder) : port_(free_port()) {
    setPort(port_);
    setAETitle("PEER");
    setConnectionBlockingMode(DUL_NOBLOCK);
    setConnectionTimeout(1);
    setMaxReceivePDULength(16384);
    OFList<OFString> syntaxes;
    syntaxes.push_back(explicit_little);
    syntaxes.push_back(implicit_little);
    addPresentationContext(secondary_capture.c_str(), syntaxes);
    setOutputDirectory(folder.c_str());
    setDatasetStorageMode(DGM_StoreBitPreserving);
    thread_ = std::thread{[this] { listen(); }};
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  ~peer_scp() override {
    stop_ = true;
    thread_.join();
  }

  [[nodiscard]] scu_peer address() const { return {"127.0.0.1", port_, "PEER", "NOCTIS"}; }

  OFBool stopAfterCurrentAssociation() override { return stop_; }
  OFBool stopAfterConnectionTimeout() override { return stop_; }

private:
  uint16_t port_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

struct folders {
  folders() : root(fs::temp_directory_path() / ("noctis-scu-" + std::to_string(getpid()))) {
    fs::create_directories(root / "in");
  }
  ~folders() { fs::remove_all(root); }

  fs::path write(const std::string& name, const std::vector<uint8_t>& data_set, const char* syntax) const {
    auto bytes = part10_preamble(secondary_capture, "1.2.3.4", syntax, "TEST");
    bytes.insert(bytes.end(), data_set.begin(), data_set.end());
    std::ofstream{root / name, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                                       static_cast<std::streamsize>(bytes.size()));
    return root / name;
  }

  fs::path root;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(scu, folders)

BOOST_AUTO_TEST_CASE(an_echo_tells_its_time) {
  peer_scp peer{root / "in"};
  const auto time = echo(peer.address());
  BOOST_REQUIRE_MESSAGE(time, reason_for(time));
  BOOST_TEST(time->count() > 0);
}

BOOST_AUTO_TEST_CASE(a_peer_that_is_not_there_is_unreachable) {
  const auto result = echo({"127.0.0.1", free_port(), "PEER", "NOCTIS"});
  BOOST_TEST((code_for(result) == errc::peer_unreachable));
}

BOOST_AUTO_TEST_CASE(titles_and_ports_that_are_none_are_refused) {
  BOOST_TEST((code_for(echo({"127.0.0.1", 104, "", "NOCTIS"})) == errc::invalid_argument));
  BOOST_TEST((code_for(echo({"127.0.0.1", 104, "PEER", "SEVENTEEN_LETTERS"})) == errc::invalid_argument));
  BOOST_TEST((code_for(echo({"127.0.0.1", 0, "PEER", "NOCTIS"})) == errc::invalid_argument));
  BOOST_TEST((code_for(echo({"", 104, "PEER", "NOCTIS"})) == errc::invalid_argument));
  BOOST_TEST((code_for(sender::open({"127.0.0.1", 104, "PEER", "NOCTIS"}, {})) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_file_tells_what_it_is) {
  const auto context = context_of(write("c.dcm", {}, jpeg_baseline));
  BOOST_REQUIRE_MESSAGE(context, reason_for(context));
  BOOST_TEST(context->sop_class_uid == secondary_capture);
  BOOST_TEST(context->transfer_syntax_uid == jpeg_baseline);
  BOOST_TEST((code_for(context_of(root / "absent.dcm")) == errc::not_found));
  BOOST_TEST((code_for(context_of(root)) != errc::none), "a folder");
}

BOOST_AUTO_TEST_CASE(data_sets_arrive_byte_for_byte) {
  peer_scp peer{root / "in"};
  // Larger than a PDU, with an item of undefined length.
  auto data_set = data_set_builder{}.identity({"1.2.3.4\0", 8});
  data_set.head(0x00081140, "SQ", undefined_length).item().text(0x00081155, "UI", "1.2 ").end_item().end_sequence();
  data_set.text(0x7FE00010, "OW", std::string(100'000, 'x'));
  const auto path = write("a.dcm", data_set.bytes(), explicit_little);
  auto association = sender::open(peer.address(), {{secondary_capture, explicit_little},
                                                   {secondary_capture, explicit_little},
                                                   {"1.2.840.10008.5.1.4.1.1.2", explicit_little}});
  BOOST_REQUIRE_MESSAGE(association, reason_for(association));
  BOOST_TEST(association->accepts(secondary_capture, explicit_little));
  BOOST_TEST(!association->accepts(secondary_capture, jpeg_baseline));
  BOOST_TEST(!association->accepts("1.2.840.10008.5.1.4.1.1.2", explicit_little));
  const auto status = association->send(path);
  BOOST_REQUIRE_MESSAGE(status, reason_for(status));
  BOOST_TEST(*status == 0x0000);
  const auto other = write("b.dcm", data_set.bytes(), jpeg_baseline);
  BOOST_TEST((code_for(association->send(other)) == errc::peer_refused));
  BOOST_TEST((code_for(association->send(root / "absent.dcm")) == errc::not_found));
  association->close();
  BOOST_TEST((code_for(association->send(path)) != errc::none));

  size_t kept = 0;
  for (const auto& entry : fs::recursive_directory_iterator{root / "in"}) {
    if (!entry.is_regular_file()) continue;
    ++kept;
    real_file file;
    BOOST_REQUIRE(load(entry.path(), file));
    BOOST_TEST((std::vector<uint8_t>{file.data_set(), file.data_set() + file.data_set_size()} == data_set.bytes()));
  }
  BOOST_TEST(kept == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
