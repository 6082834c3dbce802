#pragma once

#include "http/files/instance_sink.hpp"
#include "http/files/zip_upload.hpp"
#include "http/request/context.hpp"
#include "http/request/multipart.hpp"

#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// Reads an upload's form as it comes and brings every file in it, also those in ZIPs, to an intake.
class upload_reader {
public:
  upload_reader(context& c, const std::string& boundary);

  /// Reads the body to its end, or as far as it goes, and answers a result for each file.
  std::vector<upload_result> read();

  /// What is wrong with the form as such; "" when nothing is.
  [[nodiscard]] const std::string& error() const { return error_; }

private:
  enum class part_kind { none, field, unknown, instance, zip };

  bool begin(const part_head& head);
  bool data(const char* bytes, size_t size);
  bool end();
  void decide();
  void cut_off(const std::string& why);
  void add(upload_result result);

  context& context_;
  instance_sink sink_;
  multipart_parser parser_;
  part_kind kind_ = part_kind::none;
  std::string name_;
  std::string start_; ///< the first bytes of a part, until they tell what it is
  std::unique_ptr<zip_upload> zip_;
  std::vector<upload_result> results_;
  uint64_t received_ = 0;
  std::string error_;
};

} // namespace noctis
