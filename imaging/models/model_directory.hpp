#pragma once

#include "imaging/models/manifest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace noctis {

/// One model of a directory.
struct model_entry {
  std::filesystem::path file; ///< the network: *.onnx
  model_manifest manifest;    ///< its name is the file's stem where the manifest cannot be read
  bool ready = false;
  std::string reason; ///< one sentence why it is refused
};

/// Lists the models of `directory` by their files' names: each NAME.onnx with its NAME.json. Refused is what lacks one
/// of the two, has a wrong checksum, cannot be read or takes another's name. No directory: no models. Error:
/// `storage_failure` where the directory cannot be read.
caf::expected<std::vector<model_entry>> read_models(const std::filesystem::path& directory);

/// Returns the bytes of a model's network once more compared with its checksum. Errors: `not_found`,
/// `limit_exceeded`, `invalid_argument` where they differ.
caf::expected<std::string> network_bytes(const model_entry& model);

} // namespace noctis
