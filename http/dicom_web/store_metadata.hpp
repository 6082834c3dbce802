#pragma once

#include "dicom/json/reader.hpp"
#include "http/dicom_web/identity.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace noctis {

/// The parts of a store request that brings instances as metadata and bulk data (PS3.18 10.5.1.2). They are held in
/// memory, within a bound; a URI of bulk data means a part of the same request and nothing else.
class store_metadata {
public:
  static constexpr size_t most_bytes = size_t{256} << 20; ///< of all parts together

  /// Begins a part with the metadata of one instance or an array of them.
  void begin_metadata();

  /// Begins a part with bulk data. `location`: its Content-Location, or Content-ID. `transfer_syntax` "": what is
  /// usual for its media type.
  void begin_bulk_data(const std::string& location, const std::string& type, const std::string& transfer_syntax);

  /// Takes the next bytes of the part. Returns what is wrong, "" for nothing.
  std::string add(const char* bytes, size_t size);

  /// Gives every instance as a Part 10 file, or why there is none. Returns an error for metadata that cannot be read
  /// as such.
  caf::error for_each(const std::function<void(instance_identity, caf::expected<blob>)>& take);

private:
  struct bulk_data {
    std::string transfer_syntax; ///< of Pixel Data
    bulk_data_parts parts;
  };

  caf::expected<blob> file_of(const rapidjson::Value& object, const instance_identity& what) const;
  caf::expected<bulk_data_parts> find(std::string_view uri) const;
  [[nodiscard]] std::string syntax_of(const rapidjson::Value& object) const;

  std::vector<std::string> documents_;
  std::map<std::string, bulk_data, std::less<>> bulk_data_; ///< by location
  std::vector<uint8_t>* bulk_ = nullptr;                    ///< the part that comes; null while metadata comes
  size_t bytes_ = 0;
};

} // namespace noctis
