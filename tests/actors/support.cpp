#include "tests/actors/support.hpp"

#include "dicom/part10.hpp"
#include "messages/type_ids.hpp"
#include "tests/dicom/data_set_builder.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <fstream>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

namespace noctis::test {

namespace fs = std::filesystem;

namespace {

constexpr const char* secondary_capture = "1.2.840.10008.5.1.4.1.1.7";

} // namespace

actor_config::actor_config() {
  add_message_types<caf::id_block::noctis>();
  add_error_category(caf::atom("noctis"), render_error);
  set("scheduler.policy", caf::atom("sharing"));
  spdlog::set_level(std::getenv("NOCTIS_TEST_LOG") ? spdlog::level::info : spdlog::level::off);
}

actor_fixture::~actor_fixture() {
  for (; !kept_.empty(); kept_.pop_back()) end(kept_.back());
}

temporary_directory::temporary_directory() {
  auto name = (fs::temp_directory_path() / "noctis-actors-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
  path_ = name;
}

temporary_directory::~temporary_directory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> files_below(const fs::path& directory) {
  std::vector<std::string> result;
  for (const auto& entry : fs::recursive_directory_iterator{directory}) {
    std::error_code gone; // an actor may remove it at this moment
    if (entry.is_regular_file(gone)) result.push_back(entry.path().lexically_relative(directory).string());
  }
  std::sort(result.begin(), result.end());
  return result;
}

blob bytes_of(const std::string& text) { return blob{blob::buffer{text.begin(), text.end()}}; }

std::string text_of(const blob& bytes) { return {bytes.data(), bytes.data() + bytes.size()}; }

std::string content_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream{path, std::ios::binary}.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary} << text;
}

blob data_set(const std::string& uid, size_t padding) {
  data_set_builder builder;
  builder.text(0x00080016, "UI", std::string_view{"1.2.840.10008.5.1.4.1.1.7\0", 26})
      .text(0x00080018, "UI", uid)
      .text(0x00100020, "LO", "PATIENT1")
      .text(0x0020000D, "UI", "1.2.31")
      .text(0x0020000E, "UI", "1.2.32");
  if (padding != 0) builder.text(0x7FE00010, "OB", std::string(padding, 'x'));
  return blob{builder.bytes()};
}

blob part10_file(const std::string& uid, size_t padding) {
  auto bytes = part10_preamble(secondary_capture, uid, explicit_little, "SENDER");
  const auto rest = data_set(uid, padding);
  bytes.insert(bytes.end(), rest.data(), rest.data() + rest.size());
  return blob{std::move(bytes)};
}

arrival announced(const std::string& uid) {
  arrival about;
  about.from.kind = principal_kind::ae;
  about.from.name = "SENDER";
  about.from.facilities = {1};
  about.from.address = "192.0.2.1";
  about.calling_aet = "SENDER";
  about.called_aet = "NOCTIS";
  about.sop_class_uid = secondary_capture;
  about.sop_instance_uid = uid;
  about.transfer_syntax_uid = explicit_little;
  return about;
}

arrival uploaded() {
  arrival about;
  about.from = system_principal("test", 1);
  about.by = channel::upload;
  about.part10 = true;
  return about;
}

uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

} // namespace noctis::test
