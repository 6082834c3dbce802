#pragma once

#include "http/dicom_web/store_metadata.hpp"
#include "http/dicom_web/store_results.hpp"
#include "http/files/instance_sink.hpp"
#include "http/request/context.hpp"
#include "http/request/multipart.hpp"

#include <string>
#include <vector>

namespace noctis {

/// Reads the body of a store request as it comes and brings its instances to an intake: Part 10 files one after the
/// other, those that come as metadata and bulk data when the body has ended.
class store_request {
public:
  /// `study`: all instances must belong to it; "" for any.
  store_request(context& c, std::string study);

  /// Reads multipart/related. Throws `refusal` (400) for a body that is malformed and brought nothing.
  std::vector<store_result> read_parts(const std::string& boundary);

  /// Reads one Part 10 file that is all of the body. Throws `refusal` (400) where it is cut or too large.
  std::vector<store_result> read_file();

private:
  enum class part_kind : uint8_t { none, instance, metadata, bulk_data };

  bool begin_part(const part_head& head);
  bool take(const char* bytes, size_t size);
  bool end_part();
  void begin_instance();
  void take_instance(const char* bytes, size_t size);
  void end_instance();
  void look(bool whole);
  void add(instance_identity what, const upload_result& became);
  void store_described();
  /// Reads the body; returns what is wrong with it, "" for nothing.
  std::string read_body(const httplib::ContentReceiver& take);

  context& context_;
  const std::string study_;
  instance_sink sink_;
  store_metadata described_;
  part_kind kind_ = part_kind::none;
  std::string start_;    ///< of an instance, until it is known whose it is
  size_t next_look_ = 0; ///< bytes of it
  bool looked_ = false;
  instance_identity identity_;
  std::string error_;
  std::vector<store_result> results_;
};

} // namespace noctis
