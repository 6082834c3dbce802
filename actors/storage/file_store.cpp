#include "actors/storage/file_store.hpp"

#include "dicom/digest.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <random>
#include <sys/stat.h>
#include <sys/uio.h>
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

std::string sop_instance_of(const std::string& path) {
  const auto name = fs::path{path}.filename().string();
  const auto dash = name.find('-');
  return dash == std::string::npos ? std::string{} : name.substr(0, dash);
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

unfinished_file::unfinished_file(fs::path base, fs::path path, int fd)
    : base_(std::move(base)), path_(std::move(path)), fd_(fd) {}

unfinished_file::~unfinished_file() {
  if (fd_ >= 0) ::close(fd_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

caf::expected<std::unique_ptr<unfinished_file>>
unfinished_file::create(const fs::path& base, const std::string& relative, const std::string& name) {
  auto path = base / relative / (name + unfinished_suffix);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  if (fd < 0) return io_error(errno, "create", path);
  return std::unique_ptr<unfinished_file>{new unfinished_file{base, std::move(path), fd}};
}

caf::error unfinished_file::append(const blob& first, const blob& second) {
  std::array<iovec, 2> pieces{
      {{const_cast<uint8_t*>(first.data()), first.size()}, {const_cast<uint8_t*>(second.data()), second.size()}}};
  auto* next = pieces.data();
  auto* const end = next + pieces.size();
  while (next != end) {
    if (next->iov_len == 0) {
      ++next;
      continue;
    }
    const auto written = ::writev(fd_, next, static_cast<int>(end - next));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return io_error(errno, "write", path_);
    auto left = static_cast<size_t>(written);
    for (auto* piece = next; piece != end && left > 0; ++piece) {
      const auto taken = std::min(left, piece->iov_len);
      piece->iov_base = static_cast<uint8_t*>(piece->iov_base) + taken;
      piece->iov_len -= taken;
      left -= taken;
    }
  }
  length_ += first.size() + second.size();
  digest_.update(first.data(), first.size());
  digest_.update(second.data(), second.size());
  return {};
}

caf::error unfinished_file::publish(const std::string& target) {
  if (::fdatasync(fd_) != 0) return io_error(errno, "sync", path_);
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) return io_error(errno, "close", path_);
  const auto final_path = base_ / target;
  if (::rename(path_.c_str(), final_path.c_str()) != 0) return io_error(errno, "rename to", final_path);
  path_.clear();
  return {};
}

std::string unfinished_file::checksum() const { return digest_.hex(); }

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
