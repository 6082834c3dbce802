#pragma once

#include "dicom/digest.hpp"
#include "messages/blob.hpp"
#include "messages/errors.hpp"
#include "messages/ingest.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace noctis::storage {

/// How files lie below `base_path`:
///   2026112418/f1/[<patient key>/][<study uid>/]<sop instance uid>-<token>.dcm    instances, by hour of arrival (UTC)
///   quarantine/2026112418/f1-<token>.dcm                                          objects put aside
/// The hour bounds what recovery has to look at; the token keeps two files of one instance apart. A file has its
/// name only once its bytes are durable: until then it ends in ".part".
struct layout {
  std::string node;
  std::filesystem::path base_path;
  bool organize_by_patient = true;
  bool organize_by_study = true;
};

inline constexpr const char* quarantine_directory = "quarantine";
inline constexpr const char* unfinished_suffix = ".part";

/// Returns the name of the hour `ms` (ms since the epoch): "2026112418".
std::string hour_name(int64_t ms);

/// Returns the directory, relative to the base path, for an instance that arrives in `hour`.
std::string directory_of(const layout& where, const std::string& hour, const placement& what);

/// Returns the facility that the path of an instance or a quarantined object names, 0 where it names none.
int64_t facility_of(const std::string& path);

/// Returns ten random characters [a-z0-9].
std::string random_token();

/// Makes directories and knows which of them are durable. Each thread that writes has its own.
class directories {
public:
  explicit directories(std::filesystem::path base) : base_(std::move(base)) {}

  /// Makes `relative` below the base path so that it survives power loss.
  caf::error ensure(const std::filesystem::path& relative);

  /// Syncs the entries of `relative`.
  caf::error sync(const std::filesystem::path& relative) const;

private:
  std::filesystem::path base_;
  std::set<std::string> durable_;
};

/// Memory through which files are written past the page cache. Each thread that writes has its own.
class write_buffer {
public:
  static constexpr size_t size = size_t{1} << 20; ///< bytes
  static constexpr size_t alignment = 4096;       ///< bytes, of memory, offsets and lengths in direct writes

  write_buffer();
  [[nodiscard]] uint8_t* data() { return bytes_.get(); }

private:
  struct release {
    void operator()(uint8_t* bytes) const;
  };
  std::unique_ptr<uint8_t, release> bytes_;
};

/// A file on its way to durability. Destroyed before `publish`, it leaves nothing behind. Its bytes go to the disk
/// directly where the file system can: a PACS reads most images long after it wrote them, and to fill the page cache
/// with them costs more time than all else in storing them (docs/performance.md).
class unfinished_file {
public:
  unfinished_file(const unfinished_file&) = delete;
  unfinished_file& operator=(const unfinished_file&) = delete;
  ~unfinished_file();

  /// Begins `name` (without suffix) in the directory `relative` below `base`. `buffer` serves this file alone until
  /// it is published or destroyed.
  static caf::expected<std::unique_ptr<unfinished_file>>
  create(const std::filesystem::path& base, const std::string& relative, const std::string& name, write_buffer& buffer);

  /// Appends bytes. errc::disk_full or storage_failure.
  caf::error append(const blob& bytes);

  /// Makes the bytes durable, then the name `target` (relative to the base) in a directory that exists.
  /// The directory itself is still to be synced.
  caf::error publish(const std::string& target);

  [[nodiscard]] uint64_t length() const { return length_; }
  /// XXH3-128 of all bytes, in hex.
  [[nodiscard]] std::string checksum() const { return digest_.hex(); }

private:
  unfinished_file(std::filesystem::path base, std::filesystem::path path, int fd, bool direct, write_buffer& buffer);
  caf::error write_out(size_t size);
  caf::error write_rest();

  std::filesystem::path base_;
  std::filesystem::path path_; ///< absolute, empty once published
  int fd_ = -1;
  bool direct_;
  write_buffer& buffer_;
  size_t filled_ = 0; ///< bytes in `buffer_`
  uint64_t length_ = 0;
  digest digest_;
};

/// Returns up to `length` bytes of a file below `base` from `offset`. errc::not_found, storage_failure.
caf::expected<blob> read_bytes(const std::filesystem::path& base, const std::string& path, uint64_t offset,
                               uint64_t length);

/// Whether `path` lies in the quarantine.
bool is_quarantined(const std::string& path);

/// Whether `path` stays below the base path: relative, and without "..".
bool is_inside(const std::string& path);

/// Returns the error for `errno` after `action` on `path`: disk_full for a full disk or quota, else storage_failure.
caf::error io_error(int error, const std::string& action, const std::filesystem::path& path);

} // namespace noctis::storage
