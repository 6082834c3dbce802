#include "http/files/deidentified_study.hpp"

#include "http/dicom_web/instance_walk.hpp"
#include "http/files/instance_sink.hpp"
#include "http/files/study_archive.hpp"

#include <map>

namespace noctis {

namespace {

instances_request all_of(const principal& who, const study_row& study) {
  instances_request request;
  request.who = who;
  request.study_uid = study.attributes.uid;
  return request;
}

/// The same principal, whose new data goes to `facility`.
principal in_facility(principal who, int64_t facility) {
  who.facilities.insert(who.facilities.begin(), facility);
  return who;
}

/// One study on its way, an instance for each call.
class work {
public:
  work(context& c, const study_row& study, deidentification how)
      : actors_(c.actors), new_study_(deidentified_uid(study.attributes.uid, how.secret)),
        sink_(*actors_, c.app.actors.new_intake, in_facility(c.who, study.facility.id), channel::internal),
        walk_(c.actors, all_of(c.who, study)), how_(std::move(how)) {}

  /// The next line; "" after the last.
  std::string next() {
    if (ended_) return {};
    if (const auto* image = walk_.next()) return store(*image);
    ended_ = true;
    return totals();
  }

private:
  std::string store(const image_row& image) {
    auto result = brought(image);
    ++counts_[result.status];
    json_text json;
    json.begin_object();
    json.field("number", image.attributes.number);
    json.field("status", result.status);
    if (!result.reason.empty()) json.field("reason", result.reason);
    json.end_object();
    return json.take() + "\n";
  }

  upload_result brought(const image_row& image) {
    const auto file = read_deidentified(actors_, image, how_);
    if (!file) return {"", "refused", "", "", reason_of(file.error())};
    sink_.begin();
    sink_.write(reinterpret_cast<const char*>(file->data()), file->size());
    return sink_.finish();
  }

  std::string totals() {
    json_text json;
    json.begin_object();
    json.field("status", counts_["refused"] == 0 ? "success" : "partial");
    json.field("study_instance_uid", new_study_);
    json.field("stored", counts_["stored"]);
    json.field("duplicates", counts_["duplicate"]);
    json.field("refused", counts_["refused"]);
    json.end_object();
    return json.take() + "\n";
  }

  std::shared_ptr<gateway> actors_;
  std::string new_study_;
  instance_sink sink_;
  instance_walk walk_;
  deidentification how_;
  std::map<std::string, int64_t> counts_;
  bool ended_ = false;
};

} // namespace

std::string deidentification_secret(const http_options& options) { return "deidentification " + options.secret_key; }

void send_deidentified(context& c, const study_row& study, const deidentification& how) {
  auto under_way = std::make_shared<work>(c, study, how);
  auto& app = c.app;
  const auto id = c.request_id;
  c.response.status = 200;
  c.response.set_chunked_content_provider("application/x-ndjson", [under_way, &app, id](size_t, auto& sink) {
    try {
      const auto line = under_way->next();
      if (!line.empty()) return sink.write(line.data(), line.size());
      sink.done();
      return true;
    } catch (const std::exception& e) {
      app.log("de-identification [" + id + "] cut off: " + e.what());
      return false;
    }
  });
}

} // namespace noctis
