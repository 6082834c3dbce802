#include "http/accept.hpp"
#include "http/context.hpp"
#include "http/file_response.hpp"
#include "http/instance_stream.hpp"
#include "http/multipart.hpp"
#include "http/routes/routes.hpp"

#include <memory>

namespace noctis {

namespace {

constexpr int32_t page = 200; // instances asked of the index at a time

/// The instances of one retrieval, page by page.
class instance_walk {
public:
  instance_walk(std::shared_ptr<gateway> actors, instances_request request, std::string transfer_syntax)
      : actors_(std::move(actors)), request_(std::move(request)), syntax_(std::move(transfer_syntax)) {
    request_.limit = page;
  }

  /// The next instance in the wanted transfer syntax, or null at the end. Throws `actor_failure`.
  const image_row* next() {
    for (;;) {
      if (at_ == images_.size() && !fetch()) return nullptr;
      const auto& image = images_[at_++];
      if (syntax_.empty() || syntax_ == "*" || image.attributes.transfer_syntax_uid == syntax_) return &image;
    }
  }

  /// Whether there was any instance, in whatever syntax.
  [[nodiscard]] bool found_any() const { return request_.after > 0; }

private:
  bool fetch() {
    if (last_page_) return false;
    images_ = actors_->query<instance_list>(request_).images;
    at_ = 0;
    last_page_ = images_.size() < static_cast<size_t>(page);
    if (!images_.empty()) request_.after = images_.back().id;
    return !images_.empty();
  }

  std::shared_ptr<gateway> actors_;
  instances_request request_;
  std::string syntax_;
  std::vector<image_row> images_;
  size_t at_ = 0;
  bool last_page_ = false;
};

/// Writes instances as multipart/related, a piece for each call.
class multipart_body {
public:
  multipart_body(std::shared_ptr<gateway> actors, instance_walk walk, const image_row& first, std::string boundary)
      : actors_(std::move(actors)), walk_(std::move(walk)), boundary_(std::move(boundary)) {
    open(first);
  }

  bool write(httplib::DataSink& sink) {
    if (!head_.empty()) {
      const auto head = std::move(head_);
      head_.clear();
      return sink.write(head.data(), head.size());
    }
    const auto piece = bytes_->next();
    if (!piece.empty()) return sink.write(reinterpret_cast<const char*>(piece.data()), piece.size());
    if (const auto* image = walk_.next()) {
      open(*image);
      return true;
    }
    const auto end = "\r\n--" + boundary_ + "--\r\n";
    if (!sink.write(end.data(), end.size())) return false;
    sink.done();
    return true;
  }

private:
  void open(const image_row& image) {
    bytes_ = std::make_unique<instance_stream>(actors_, image.locations);
    bytes_->open(0, bytes_->size());
    head_ = "\r\n--" + boundary_ +
            "\r\nContent-Type: application/dicom; transfer-syntax=" + image.attributes.transfer_syntax_uid +
            "\r\nContent-Length: " + std::to_string(bytes_->size()) + "\r\n\r\n";
  }

  std::shared_ptr<gateway> actors_;
  instance_walk walk_;
  std::string boundary_;
  std::string head_;
  std::unique_ptr<instance_stream> bytes_;
};

bool is_uid(const std::string& text) {
  return !text.empty() && text.size() <= 64 && text.find_first_not_of("0123456789.") == std::string::npos;
}

instances_request what_is_asked(const context& c) {
  for (const auto& uid : c.segments) {
    if (!is_uid(uid)) throw refusal(errc::invalid_argument, "The path holds something else than DICOM UIDs.");
  }
  instances_request request;
  request.who = c.who;
  request.study_uid = c.segments[0];
  request.series_uid = c.segments.size() > 1 ? c.segments[1] : "";
  request.sop_instance_uid = c.segments.size() > 2 ? c.segments[2] : "";
  return request;
}

void send_multipart(context& c, instance_walk walk, const image_row& first) {
  auto boundary = new_boundary();
  const auto type = R"(multipart/related; type="application/dicom"; boundary=)" + boundary;
  auto body = std::make_shared<multipart_body>(c.actors, std::move(walk), first, std::move(boundary));
  auto& app = c.app;
  const auto id = c.request_id;
  c.response.status = 200;
  c.response.set_chunked_content_provider(type, [body, &app, id](size_t, httplib::DataSink& sink) {
    try {
      return body->write(sink);
    } catch (const std::exception& e) {
      app.log("retrieval [" + id + "] cut off: " + e.what());
      return false;
    }
  });
}

void retrieve(context& c) {
  const auto lone = c.segments.size() == 3;
  const auto wanted = choose_retrieval(c.request.get_header_value("Accept"), lone);
  if (wanted.as == retrieval::form::none)
    throw refusal(problem_of(
        406, lone ? R"(Instances are given as multipart/related; type="application/dicom" or as application/dicom.)"
                  : R"(Instances are given as multipart/related; type="application/dicom".)"));
  instance_walk walk(c.actors, what_is_asked(c), wanted.transfer_syntax);
  const auto* found = walk.next();
  if (found == nullptr && walk.found_any())
    throw refusal(problem_of(406, "No instance is kept in the transfer syntax " + valid_utf8(wanted.transfer_syntax) +
                                      "; they are given as they were sent."));
  if (found == nullptr) throw refusal(errc::not_found, "There are no such instances.");
  const auto first = *found;
  if (wanted.as == retrieval::form::single)
    return send_file(c, first.locations, first.attributes.sop_instance_uid + ".dcm");
  send_multipart(c, std::move(walk), first);
}

} // namespace

void add_dicom_web_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/dicom-web/studies/<study>", viewers, retrieve);
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>", viewers, retrieve);
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>/instances/<instance>", viewers, retrieve);
}

} // namespace noctis
