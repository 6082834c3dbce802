#include "http/dicom_web/json_body.hpp"

#include <memory>

namespace noctis {

namespace {

constexpr size_t worth_compressing = 1024; // bytes

/// Writes an array piece by piece, as it is or within a gzip member.
class array_body {
public:
  array_body(std::optional<deflated> first, std::function<std::optional<deflated>()> next, bool compressed)
      : piece_(std::move(first)), next_(std::move(next)), compressed_(compressed) {}

  bool write(httplib::DataSink& sink) {
    if (!begun_) {
      begun_ = true;
      if (compressed_ && !put(sink, gzip_frame::head())) return false;
      return send(sink, opening());
    }
    if (!piece_) return end(sink);
    const auto piece = std::move(*piece_);
    piece_ = next_();
    return send(sink, piece) && (!piece_ || send(sink, comma()));
  }

private:
  static const deflated& opening() {
    static const auto text = deflate_text("[");
    return text;
  }
  static const deflated& comma() {
    static const auto text = deflate_text(",");
    return text;
  }
  static const deflated& closing() {
    static const auto text = deflate_text("]");
    return text;
  }

  static bool put(httplib::DataSink& sink, std::string_view bytes) { return sink.write(bytes.data(), bytes.size()); }

  bool send(httplib::DataSink& sink, const deflated& piece) {
    if (!compressed_) return inflate_text(piece, [&](std::string_view text) { return put(sink, text); });
    frame_.add(piece);
    return put(sink, piece.bytes);
  }

  bool end(httplib::DataSink& sink) {
    if (!send(sink, closing()) || (compressed_ && !put(sink, frame_.tail()))) return false;
    sink.done();
    return true;
  }

  std::optional<deflated> piece_;
  std::function<std::optional<deflated>()> next_;
  gzip_frame frame_;
  bool compressed_;
  bool begun_ = false;
};

/// A type that httplib does not compress once more.
std::string with_charset(const std::string& type) {
  return type == "application/json" ? type + "; charset=utf-8" : type;
}

bool wants_gzip(context& c) {
  c.response.set_header("Vary", "Accept-Encoding");
  return accepts_gzip(c.request.get_header_value("Accept-Encoding"));
}

} // namespace

void send_text(context& c, int status, const std::string& text, const std::string& type) {
  c.response.status = status;
  if (!wants_gzip(c) || text.size() < worth_compressing) return c.response.set_content(text, with_charset(type));
  const auto piece = deflate_text(text);
  gzip_frame frame;
  frame.add(piece);
  c.response.set_header("Content-Encoding", "gzip");
  c.response.set_content(gzip_frame::head() + piece.bytes + frame.tail(), with_charset(type));
}

void send_json_array(context& c, std::optional<deflated> first, std::function<std::optional<deflated>()> next,
                     const std::string& type) {
  const auto compressed = wants_gzip(c);
  if (compressed) c.response.set_header("Content-Encoding", "gzip");
  auto body = std::make_shared<array_body>(std::move(first), std::move(next), compressed);
  auto& app = c.app;
  const auto id = c.request_id;
  c.response.status = 200;
  c.response.set_chunked_content_provider(with_charset(type), [body, &app, id](size_t, httplib::DataSink& sink) {
    try {
      return body->write(sink);
    } catch (const std::exception& e) {
      app.log("metadata [" + id + "] cut off: " + e.what());
      return false;
    }
  });
}

} // namespace noctis
