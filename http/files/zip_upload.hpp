#pragma once

#include "http/files/byte_pipe.hpp"
#include "http/files/instance_sink.hpp"
#include "http/files/zip.hpp"
#include "http/request/context.hpp"

#include <string>
#include <thread>
#include <vector>

namespace noctis {

/// Unpacks an uploaded ZIP on a thread of its own while its bytes come, and brings its files to an intake.
class zip_upload final : private zip_receiver {
public:
  zip_upload(context& c, std::string name);
  ~zip_upload() override;
  zip_upload(const zip_upload&) = delete;
  zip_upload& operator=(const zip_upload&) = delete;

  /// Gives the next bytes; waits while the unpacking is behind.
  void write(const char* data, size_t size) { pipe_.write(data, size); }

  /// The last byte was given, or no more come where `whole` is false. Answers a result for each file.
  std::vector<upload_result> end(bool whole);

private:
  void run();
  void begin(const std::string& name) override;
  void data(const char* bytes, size_t size) override;
  void end() override;
  void refuse(const std::string& reason) override;
  void start_instance();
  void add(upload_result result);

  enum class entry_kind { starting, instance, skipped };

  const std::string archive_;
  zip_limits limits_;
  gateway actors_;
  instance_sink sink_;
  byte_pipe pipe_;
  std::string name_;
  std::string start_; ///< the first bytes of an entry, until they tell what it is
  entry_kind kind_ = entry_kind::starting;
  std::vector<upload_result> results_;
  std::thread thread_;
};

} // namespace noctis
