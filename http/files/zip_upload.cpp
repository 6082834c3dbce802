#include "http/files/zip_upload.hpp"

namespace noctis {

namespace {

constexpr size_t magic_size = 4;

std::string last_segment(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

} // namespace

zip_upload::zip_upload(context& c, std::string name)
    : archive_(std::move(name)), actors_(c.app.system, c.app.directory, c.app.open),
      sink_(actors_, c.app.actors.new_intake, c.who, channel::upload) {
  limits_.unpacked = c.app.options.max_unpacked;
  thread_ = std::thread([this] { run(); });
}

zip_upload::~zip_upload() { (void)end(false); }

std::vector<upload_result> zip_upload::end(bool whole) {
  pipe_.close(whole);
  if (thread_.joinable()) thread_.join();
  return std::move(results_);
}

void zip_upload::run() {
  const auto why = read_zip(pipe_, limits_, *this);
  name_ = archive_;
  if (!why.empty())
    add({"", "refused", "", "", why});
  else if (results_.empty())
    add({"", "refused", "", "", "the ZIP holds no files"});
}

void zip_upload::add(upload_result result) {
  result.name = name_;
  results_.push_back(std::move(result));
}

void zip_upload::begin(const std::string& name) {
  name_ = name;
  start_.clear();
  kind_ = entry_kind::starting;
}

void zip_upload::start_instance() {
  if (start_.compare(0, 2, "PK") == 0 && start_.size() >= magic_size && start_[2] == '\x03' && start_[3] == '\x04') {
    kind_ = entry_kind::skipped;
    add({"", "refused", "", "", "a ZIP in a ZIP is not unpacked"});
    return;
  }
  kind_ = entry_kind::instance;
  sink_.begin();
  sink_.write(start_.data(), start_.size());
}

void zip_upload::data(const char* bytes, size_t size) {
  if (kind_ == entry_kind::starting) {
    start_.append(bytes, size);
    if (start_.size() >= magic_size) start_instance();
  } else if (kind_ == entry_kind::instance) {
    sink_.write(bytes, size);
  }
}

void zip_upload::end() {
  if (last_segment(name_) == "DICOMDIR") {
    if (kind_ == entry_kind::instance) sink_.drop();
    return add({"", "skipped", "", "", "a DICOMDIR is an index of files, not an instance"});
  }
  if (kind_ == entry_kind::starting) start_instance();
  if (kind_ == entry_kind::instance) add(sink_.finish());
}

void zip_upload::refuse(const std::string& reason) {
  if (kind_ == entry_kind::instance) sink_.drop();
  add({"", "refused", "", "", reason});
}

} // namespace noctis
