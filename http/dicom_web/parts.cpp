#include "http/dicom_web/parts.hpp"

#include "http/request/multipart.hpp"

namespace noctis {

namespace {

/// Writes parts as a multipart body, a piece for each call.
class multipart_body {
public:
  multipart_body(std::shared_ptr<part_source> parts, std::string boundary)
      : parts_(std::move(parts)), boundary_(std::move(boundary)) {
    open();
  }

  [[nodiscard]] bool is_empty() const { return ended_; }

  bool write(httplib::DataSink& sink) {
    if (!head_.empty()) {
      const auto head = std::move(head_);
      head_.clear();
      return sink.write(head.data(), head.size());
    }
    const auto piece = parts_->next_bytes();
    if (!piece.empty()) return sink.write(reinterpret_cast<const char*>(piece.data()), piece.size());
    open();
    if (!ended_) return true;
    const auto end = "\r\n--" + boundary_ + "--\r\n";
    if (!sink.write(end.data(), end.size())) return false;
    sink.done();
    return true;
  }

private:
  void open() {
    const auto headers = parts_->next_part();
    ended_ = !headers;
    if (headers) head_ = "\r\n--" + boundary_ + "\r\n" + *headers + "\r\n";
  }

  std::shared_ptr<part_source> parts_;
  std::string boundary_;
  std::string head_;
  bool ended_ = false;
};

} // namespace

void send_parts(context& c, const std::string& type, std::shared_ptr<part_source> parts) {
  auto boundary = new_boundary();
  const auto content_type = "multipart/related; type=\"" + type + "\"; boundary=" + boundary;
  auto body = std::make_shared<multipart_body>(std::move(parts), std::move(boundary));
  if (body->is_empty()) throw refusal(errc::not_found, "There are no such instances.");
  auto& app = c.app;
  const auto id = c.request_id;
  c.response.status = 200;
  c.response.set_chunked_content_provider(content_type, [body, &app, id](size_t, httplib::DataSink& sink) {
    try {
      return body->write(sink);
    } catch (const std::exception& e) {
      app.log("retrieval [" + id + "] cut off: " + e.what());
      return false;
    }
  });
}

} // namespace noctis
