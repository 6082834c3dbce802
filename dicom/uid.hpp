#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace noctis {

/// The longest UID that DICOM allows (PS3.5 9.1), characters.
inline constexpr size_t max_uid_length = 64;

/// Returns whether `uid` is digits in components divided by single dots, at most 64 characters (PS3.5 9.1).
/// Leading zeros in a component, which real devices write, are let pass.
bool valid_uid(std::string_view uid);

/// Returns the UID of a UUID (PS3.5 B.2): "2.25." and the number that its 16 bytes are. What distinguishes UUIDs of
/// `version` (RFC 9562) is written into the bytes first.
std::string uid_of_uuid(std::array<uint8_t, 16> bytes, int version);

/// Returns the UID of a UUID in its text form (RFC 9562, 4), its bytes as they are; "" where it is none.
std::string uid_of_uuid(std::string_view text);

/// Returns the UUID, in lower case, that a UID below "2.25." stands for; "" where it stands for none.
std::string uuid_of_uid(std::string_view uid);

/// Returns the UID that is derived from a UUID and a number: the same for the same.
std::string derived_uid(std::string_view uuid, int64_t number);

/// Returns a new UID, made at random.
std::string new_uid();

} // namespace noctis
