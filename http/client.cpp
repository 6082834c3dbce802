#include "http/client.hpp"

#include <httplib.h>

#include <fstream>

namespace noctis {

namespace {

constexpr size_t piece = size_t{1} << 20;
constexpr time_t connect_timeout_s = 5;
constexpr time_t answer_timeout_s = 300;

client_answer answer_of(const httplib::Result& result) {
  if (!result) return {0, "no answer: " + httplib::to_string(result.error())};
  return {result->status, result->body};
}

std::string escaped_name(const std::string& path) {
  auto name = path.substr(path.find_last_of('/') + 1);
  for (auto& c : name) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ') c = '_';
  }
  return name;
}

} // namespace

struct api_client::implementation {
  httplib::Client client;
};

api_client::api_client(const std::string& base_url, const std::string& bearer)
    : implementation_(new implementation{httplib::Client{base_url}}) {
  auto& client = implementation_->client;
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.enable_server_certificate_verification(false);
  client.set_connection_timeout(connect_timeout_s);
  client.set_read_timeout(answer_timeout_s);
  client.set_write_timeout(answer_timeout_s);
  client.set_default_headers({{"Authorization", "Bearer " + bearer}});
}

api_client::~api_client() = default;

client_answer api_client::get(const std::string& path) { return answer_of(implementation_->client.Get(path.c_str())); }

client_answer api_client::post(const std::string& path) {
  return answer_of(implementation_->client.Post(path.c_str(), "{}", "application/json"));
}

client_answer api_client::remove(const std::string& path) {
  return answer_of(implementation_->client.Delete(path.c_str()));
}

client_answer api_client::upload(const std::string& path) {
  std::ifstream file{path, std::ios::binary | std::ios::ate};
  if (!file) return {0, "cannot read the file"};
  const auto size = static_cast<size_t>(file.tellg());
  file.seekg(0);
  const std::string boundary = "noctis-part-5f1a7c30";
  const auto head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
                    escaped_name(path) + "\"\r\nContent-Type: application/dicom\r\n\r\n";
  const auto tail = "\r\n--" + boundary + "--\r\n";
  const auto send = [&](size_t, size_t, httplib::DataSink& sink) {
    sink.write(head.data(), head.size());
    std::string buffer(piece, '\0');
    for (size_t left = size; left > 0;) {
      const auto count = std::min(left, buffer.size());
      if (!file.read(buffer.data(), static_cast<std::streamsize>(count))) return false;
      sink.write(buffer.data(), count);
      left -= count;
    }
    sink.write(tail.data(), tail.size());
    return true;
  };
  const auto type = "multipart/form-data; boundary=" + boundary;
  return answer_of(
      implementation_->client.Post("/dicom/api/upload/", head.size() + size + tail.size(), send, type.c_str()));
}

} // namespace noctis
