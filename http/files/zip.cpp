#include "http/files/zip.hpp"

#include "http/representation/json.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <vector>

namespace noctis {

namespace {

constexpr size_t piece = size_t{64} << 10;

struct source {
  byte_pipe& pipe;
  std::string bytes;
  uint64_t taken = 0;
};

la_ssize_t pull(archive*, void* data, const void** bytes) {
  auto& from = *static_cast<source*>(data);
  if (!from.pipe.read(from.bytes)) return 0;
  from.taken += from.bytes.size();
  *bytes = from.bytes.data();
  return static_cast<la_ssize_t>(from.bytes.size());
}

std::string reason_of(archive* zip) {
  const auto* text = archive_error_string(zip);
  return valid_utf8(text ? text : "unknown error");
}

std::string name_of(archive_entry* entry) {
  const auto* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return valid_utf8(name ? name : "");
}

/// Walks through one archive.
class zip_walk {
public:
  zip_walk(archive* zip, const source& from, const zip_limits& limits, zip_receiver& to)
      : zip_(zip), from_(from), limits_(limits), to_(to), buffer_(piece) {}

  std::string run() {
    archive_entry* entry = nullptr;
    uint64_t entries = 0;
    for (;;) {
      const auto result = archive_read_next_header(zip_, &entry);
      if (result == ARCHIVE_EOF) return from_.pipe.broken() ? "the upload ended inside the ZIP" : "";
      if (result < ARCHIVE_WARN) return "the ZIP is broken: " + reason_of(zip_);
      if (++entries > limits_.entries) return "the ZIP has more than " + std::to_string(limits_.entries) + " entries";
      auto why = read_entry(entry);
      if (!why.empty()) return why;
    }
  }

private:
  /// Returns why nothing that follows can be read.
  std::string read_entry(archive_entry* entry) {
    const auto name = name_of(entry);
    if (archive_entry_filetype(entry) == AE_IFDIR || name.empty() || name.back() == '/') return {};
    to_.begin(name);
    if (archive_entry_is_encrypted(entry) != 0) {
      to_.refuse("the entry is encrypted");
      return {};
    }
    for (;;) {
      const auto got = archive_read_data(zip_, buffer_.data(), buffer_.size());
      if (got == 0) break;
      if (got < 0) {
        to_.refuse("the entry is broken: " + reason_of(zip_));
        return got == ARCHIVE_FATAL ? "the ZIP is broken: " + reason_of(zip_) : "";
      }
      unpacked_ += static_cast<uint64_t>(got);
      auto why = over_limit();
      if (!why.empty()) {
        to_.refuse(why);
        return why;
      }
      to_.data(buffer_.data(), static_cast<size_t>(got));
    }
    to_.end();
    return {};
  }

  [[nodiscard]] std::string over_limit() const {
    if (unpacked_ > limits_.unpacked)
      return "the ZIP unpacks to more than " + std::to_string(limits_.unpacked) + " bytes";
    if (unpacked_ > limits_.ratio_from && unpacked_ / limits_.ratio > from_.taken)
      return "the ZIP unpacks to more than " + std::to_string(limits_.ratio) + " times its size";
    return {};
  }

  archive* zip_;
  const source& from_;
  const zip_limits& limits_;
  zip_receiver& to_;
  std::vector<char> buffer_;
  uint64_t unpacked_ = 0;
};

} // namespace

std::string read_zip(byte_pipe& from, const zip_limits& limits, zip_receiver& to) {
  const std::unique_ptr<archive, decltype(&archive_read_free)> zip(archive_read_new(), archive_read_free);
  source bytes{from, {}, 0};
  archive_read_support_format_zip_streamable(zip.get());
  std::string why;
  if (archive_read_open(zip.get(), &bytes, nullptr, pull, nullptr) != ARCHIVE_OK)
    why = "this is not a ZIP: " + reason_of(zip.get());
  else
    why = zip_walk(zip.get(), bytes, limits, to).run();
  from.abandon();
  return why;
}

} // namespace noctis
