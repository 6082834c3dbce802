#pragma once

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace noctis {

/// Returns the data set that `size` deflated bytes hold (PS3.5 A.5). Errors: those of `inflater`.
caf::expected<std::vector<uint8_t>> inflate_whole(const uint8_t* data, size_t size);

/// Returns a data set deflated, padded to an even length.
std::vector<uint8_t> deflate_whole(const std::vector<uint8_t>& data_set);

} // namespace noctis
