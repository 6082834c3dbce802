#pragma once

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// Our Implementation Class UID and Version Name (PS3.7 D.3.3.2), in files and associations.
inline constexpr std::string_view implementation_class_uid = "2.25.294157831562290340137426187093156187317";
extern const std::string_view implementation_version_name; ///< "NOCTIS_" and the version, at most 16 characters

/// The longest Part 10 header that `read_part10_meta` takes, bytes.
inline constexpr size_t max_part10_header = size_t{1} << 20;

/// Returns what stands before a data set in a Part 10 file (PS3.10 7.1): 128 zeros, "DICM" and the file meta
/// information. `source_aet` and `receiving_aet` are left out when empty; more than 16 characters are cut.
std::vector<uint8_t> part10_preamble(std::string_view sop_class_uid, std::string_view sop_instance_uid,
                                     std::string_view transfer_syntax_uid, std::string_view source_aet,
                                     std::string_view receiving_aet = {});

/// What a Part 10 header says; absent values are "".
struct part10_meta {
  size_t data_set_offset = 0; ///< bytes from the start of the file
  std::string sop_class_uid;
  std::string sop_instance_uid;
  std::string transfer_syntax_uid; ///< never ""
  std::string source_aet;
};

/// Whether a Part 10 header is all there.
enum class part10_state : uint8_t {
  complete,
  need_more, ///< the bytes end before the data set begins
};

struct part10_reading {
  part10_state state = part10_state::need_more;
  part10_meta meta; ///< when complete
};

/// Reads the header of a Part 10 file from its first `size` bytes. `whole`: the file has no more of them; then a
/// header that isn't all there is `truncated_data_set`. A missing or wrong group length is tolerated: the data set
/// begins at the first tag that isn't of group 0002. Errors: `malformed_data_set` ("not a DICOM Part 10 file", no
/// transfer syntax, a broken element), `limit_exceeded` above `max_part10_header`.
caf::expected<part10_reading> read_part10_meta(const uint8_t* data, size_t size, bool whole);

} // namespace noctis
