#include "imaging/models/model_directory.hpp"

#include "imaging/models/network.hpp"
#include "messages/errors.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <system_error>

namespace noctis {

namespace {

namespace fs = std::filesystem;

constexpr uintmax_t greatest_manifest = 64 << 10;
constexpr uintmax_t greatest_network = uintmax_t{1} << 30;
constexpr size_t most_models = 200;

std::string sha256_of(const std::string& bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    constexpr const char* digits = "0123456789abcdef";
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 15U];
  }
  return text;
}

caf::expected<std::string> contents_of(const fs::path& file, uintmax_t most) {
  std::error_code status;
  if (!fs::is_regular_file(file, status))
    return failure(errc::not_found, "the file " + file.filename().string() + " is absent");
  const auto size = fs::file_size(file, status);
  if (status) return failure(errc::storage_failure, "the file " + file.filename().string() + " cannot be read");
  if (size > most)
    return failure(errc::limit_exceeded,
                   "the file " + file.filename().string() + " is larger than " + std::to_string(most >> 10U) + " KiB");
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), std::streamsize(size)))
    return failure(errc::storage_failure, "the file " + file.filename().string() + " cannot be read");
  return bytes;
}

model_entry entry_of(const fs::path& network_file) {
  model_entry entry;
  entry.file = network_file;
  auto manifest_file = network_file;
  const auto json = contents_of(manifest_file.replace_extension(".json"), greatest_manifest);
  entry.manifest.name = network_file.stem().string();
  if (!json) {
    entry.reason = reason_of(json.error());
    return entry;
  }
  auto manifest = manifest_of(*json);
  if (!manifest) {
    entry.reason = reason_of(manifest.error());
    return entry;
  }
  entry.manifest = std::move(*manifest);
  const auto bytes = network_bytes(entry);
  if (!bytes) {
    entry.reason = reason_of(bytes.error());
    return entry;
  }
  if (const auto net = network::read(*bytes); !net)
    entry.reason = reason_of(net.error());
  else
    entry.ready = true;
  return entry;
}

} // namespace

caf::expected<std::string> network_bytes(const model_entry& model) {
  auto bytes = contents_of(model.file, greatest_network);
  if (!bytes) return bytes;
  if (sha256_of(*bytes) != model.manifest.sha256)
    return failure(errc::invalid_argument, "the network's checksum is not the manifest's");
  return bytes;
}

caf::expected<std::vector<model_entry>> read_models(const fs::path& directory) {
  std::vector<model_entry> models;
  std::error_code status;
  if (!fs::exists(directory, status) && !status) return models;
  std::set<fs::path> files; // a manifest without network counts as one whose network is absent
  fs::directory_iterator each(directory, status);
  for (; !status && each != fs::directory_iterator{}; each.increment(status)) {
    const auto& path = each->path();
    if (path.extension() == ".onnx" || path.extension() == ".json")
      files.insert(fs::path(path).replace_extension(".onnx"));
  }
  if (status) return failure(errc::storage_failure, "the models' directory cannot be read: " + status.message());
  if (files.size() > most_models)
    return failure(errc::limit_exceeded, "the models' directory holds more than 200 models");
  std::set<std::string> names;
  for (const auto& file : files) {
    auto entry = entry_of(file);
    if (entry.ready && !names.insert(entry.manifest.name).second) {
      entry.ready = false;
      entry.reason = "another model is called " + entry.manifest.name;
    }
    models.push_back(std::move(entry));
  }
  return models;
}

} // namespace noctis
