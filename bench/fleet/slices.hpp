#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace noctis::bench {

using bytes = std::vector<std::uint8_t>;

/// Where a value stands in a slice's head: offset and length in bytes, padding not counted.
struct field {
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// One image held in memory in its own transfer syntax, its data set cut in two so that only the small head is copied
/// for each send.
struct slice {
  std::string sop_class;
  std::string transfer_syntax;
  bytes head; ///< the data set up to and including the header of Pixel Data
  bytes body; ///< the value of Pixel Data
  field patient_id;
  field study;
  field series;
  field instance;
};

/// What makes one sent instance different from all others: the same numbers give the same UIDs.
struct identity {
  std::uint64_t seed = 0;        ///< of the run; the last nine digits count
  std::uint64_t association = 0; ///< at most 9,999
  std::uint64_t study = 0;       ///< number of the study within the association
  std::uint64_t instance = 0;    ///< number of the instance within the association
};

/// A data set as it goes over the wire: the head, then `body_length` bytes of the slice's body over and over.
struct payload {
  bytes head;
  const bytes* body = nullptr;
  std::uint64_t body_length = 0;
  std::string sop_class;
  std::string sop_instance;
  std::string study;

  [[nodiscard]] std::uint64_t size() const { return head.size() + body_length; }
};

/// Reads every Part 10 file of the folder that ends in an uncompressed Pixel Data element in little endian, in the
/// order of the names. With `size` (bytes of the whole data set, 0: as they are) Pixel Data is cut or padded with
/// zeros. Throws std::runtime_error when no file is fit.
std::vector<slice> load_slices(const std::filesystem::path& folder, std::size_t size);

/// A slice turned into a multi-frame image of about `size` bytes; its frames repeat the slice's pixels. Throws
/// std::runtime_error when the size is below one frame or above what a 32-bit length can say.
slice make_giant(const slice& frame, std::uint64_t size);

/// The slice's data set with UIDs and Patient ID replaced in place by others of the same length; every other byte
/// stays. `body_length` 0 means the slice's own body.
payload personalise(const slice& original, const identity& who, std::uint64_t body_length = 0);

/// XXH3-128 of the data set's bytes as 32 hexadecimal digits.
std::string checksum(const payload& data);

} // namespace noctis::bench
