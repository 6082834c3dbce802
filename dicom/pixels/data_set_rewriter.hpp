#pragma once

#include "dicom/pixels/compression.hpp"
#include "dicom/pixels/image_description.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/blob.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace noctis {

/// What stands before, or behind, the pixels of a data set: read in one encoding, changed, written in another.
class data_set_rewriter {
public:
  /// Reads `bytes`, which are whole elements. Error: `malformed_data_set`.
  static caf::expected<data_set_rewriter> read(const blob& bytes, encoding how);

  ~data_set_rewriter();
  data_set_rewriter(data_set_rewriter&&) noexcept;
  data_set_rewriter& operator=(data_set_rewriter&&) noexcept;

  /// Says what pixels coded with `how` are: `decoded` is their form before.
  void set_pixel_module(const image_description& decoded, compression how);

  /// Says that information may have been lost; `how`: by which compression.
  void set_lossy(compression how);

  /// Makes another instance of this one, since its compression by `ratio` has lost information (PS3.3
  /// C.7.6.1.1.5). Returns its SOP Instance UID.
  std::string make_derived(double ratio);

  /// Removes what described the fragments or can't be true any more: extended offset tables, digital signatures,
  /// padding.
  void remove_stale();

  /// Appends the elements to `out`. Error: `internal` where DCMTK can't write them.
  caf::error write(encoding how, blob::buffer& out);

private:
  struct contents;

  explicit data_set_rewriter(std::unique_ptr<contents> read);

  std::unique_ptr<contents> contents_;
};

} // namespace noctis
