#include "actors/storage/file_store.hpp"

#include "dicom/digest.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <new>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace noctis::storage {

namespace fs = std::filesystem;

std::string hour_name(int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d%H", &utc);
  return text.data();
}

std::string directory_of(const layout& where, const std::string& hour, const placement& what) {
  auto result = hour + "/f" + std::to_string(what.facility);
  if (where.organize_by_patient && !what.patient_key.empty()) result += "/" + what.patient_key;
  if (where.organize_by_study) result += "/" + what.study_uid;
  return result;
}

int64_t facility_of(const std::string& path) {
  const auto at = path.find("/f");
  return at == std::string::npos ? 0 : std::strtoll(path.c_str() + at + 2, nullptr, 10);
}

std::string random_token() {
  static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  thread_local std::mt19937_64 source{std::random_device{}()};
  std::uniform_int_distribution<size_t> pick{0, sizeof(letters) - 2};
  std::string token(10, ' ');
  for (auto& c : token) c = letters[pick(source)];
  return token;
}

caf::error io_error(int error, const std::string& action, const fs::path& path) {
  const auto full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return failure(full ? errc::disk_full : errc::storage_failure,
                 "cannot " + action + " " + path.string() + ": " + std::strerror(error));
}

namespace {

caf::error sync_directory(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return io_error(errno, "open directory", path);
  const int result = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  return result == 0 ? caf::error{} : io_error(error, "sync directory", path);
}

} // namespace

caf::error directories::sync(const fs::path& relative) const { return sync_directory(base_ / relative); }

caf::error directories::ensure(const fs::path& relative) {
  if (durable_.count(relative.string()) != 0) return {};
  constexpr size_t remembered = 4096;
  if (durable_.size() > remembered) durable_.clear();
  fs::path done;
  for (const auto& part : relative) {
    const auto next = done / part;
    if (durable_.count(next.string()) == 0) {
      const auto path = base_ / next;
      if (::mkdir(path.c_str(), 0750) != 0 && errno != EEXIST) return io_error(errno, "make directory", path);
      // Another thread may have made it and not synced it yet.
      if (auto error = sync_directory(base_ / done)) return error;
      durable_.insert(next.string());
    }
    done = next;
  }
  return {};
}

write_buffer::write_buffer() : bytes_(static_cast<uint8_t*>(std::aligned_alloc(alignment, size))) {
  if (!bytes_) throw std::bad_alloc{};
}

void write_buffer::release::operator()(uint8_t* bytes) const { std::free(bytes); }

unfinished_file::unfinished_file(fs::path base, fs::path path, int fd, bool direct, write_buffer& buffer)
    : base_(std::move(base)), path_(std::move(path)), fd_(fd), direct_(direct), buffer_(buffer) {}

unfinished_file::~unfinished_file() {
  if (fd_ >= 0) ::close(fd_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

caf::expected<std::unique_ptr<unfinished_file>> unfinished_file::create(const fs::path& base,
                                                                        const std::string& relative,
                                                                        const std::string& name, write_buffer& buffer) {
  auto path = base / relative / (name + unfinished_suffix);
  constexpr int how = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  constexpr mode_t mode = 0640;
  bool direct = true;
  int fd = ::open(path.c_str(), how | O_DIRECT, mode);
  if (fd < 0 && errno == EINVAL) {
    // Some file systems refuse only after they have made the file.
    ::unlink(path.c_str());
    direct = false;
    fd = ::open(path.c_str(), how, mode);
  }
  if (fd < 0) return io_error(errno, "create", path);
  return std::unique_ptr<unfinished_file>{new unfinished_file{base, std::move(path), fd, direct, buffer}};
}

/// Writes the first `size` bytes of the buffer.
caf::error unfinished_file::write_out(size_t size) {
  for (size_t done = 0; done < size;) {
    const auto written = ::write(fd_, buffer_.data() + done, size - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return io_error(errno, "write", path_);
    done += static_cast<size_t>(written);
  }
  return {};
}

caf::error unfinished_file::append(const blob& bytes) {
  digest_.update(bytes.data(), bytes.size());
  for (size_t taken = 0; taken < bytes.size();) {
    const auto count = std::min(bytes.size() - taken, write_buffer::size - filled_);
    std::memcpy(buffer_.data() + filled_, bytes.data() + taken, count);
    filled_ += count;
    taken += count;
    if (filled_ < write_buffer::size) break;
    if (auto error = write_out(filled_)) return error;
    filled_ = 0;
  }
  length_ += bytes.size();
  return {};
}

/// Writes what is left in the buffer: the last block, which is not whole, goes through the page cache.
caf::error unfinished_file::write_rest() {
  const auto rest = direct_ ? filled_ % write_buffer::alignment : 0;
  const auto whole = filled_ - rest;
  if (auto error = write_out(whole)) return error;
  if (rest != 0) {
    if (::fcntl(fd_, F_SETFL, ::fcntl(fd_, F_GETFL) & ~O_DIRECT) != 0) return io_error(errno, "write", path_);
    std::memmove(buffer_.data(), buffer_.data() + whole, rest);
    if (auto error = write_out(rest)) return error;
  }
  filled_ = 0;
  return {};
}

caf::error unfinished_file::publish(const std::string& target) {
  if (auto error = write_rest()) return error;
  if (::fdatasync(fd_) != 0) return io_error(errno, "sync", path_);
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) return io_error(errno, "close", path_);
  const auto final_path = base_ / target;
  if (::rename(path_.c_str(), final_path.c_str()) != 0) return io_error(errno, "rename to", final_path);
  path_.clear();
  return {};
}

bool is_quarantined(const std::string& path) {
  const std::string prefix = std::string{quarantine_directory} + "/";
  return path.compare(0, prefix.size(), prefix) == 0;
}

bool is_inside(const std::string& path) {
  const fs::path relative{path};
  if (path.empty() || relative.is_absolute()) return false;
  for (const auto& part : relative) {
    if (part == "..") return false;
  }
  return true;
}

caf::expected<blob> read_bytes(const fs::path& base, const std::string& path, uint64_t offset, uint64_t length) {
  if (!is_inside(path)) return failure(errc::invalid_argument, "path leaves the store: " + path);
  const auto full = base / path;
  const int fd = ::open(full.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno == ENOENT) return failure(errc::not_found, "no such file in the store: " + path);
    return io_error(errno, "open", full);
  }
  blob::buffer bytes(length);
  uint64_t have = 0;
  while (have < length) {
    const auto got = ::pread(fd, bytes.data() + have, length - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      ::close(fd);
      return io_error(error, "read", full);
    }
    if (got == 0) break;
    have += static_cast<uint64_t>(got);
  }
  ::close(fd);
  bytes.resize(have);
  return blob{std::move(bytes)};
}

} // namespace noctis::storage
