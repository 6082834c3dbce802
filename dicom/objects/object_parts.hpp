#pragma once

#include "dicom/objects/made_object.hpp"
#include "dicom/objects/ordered_elements.hpp"

#include <caf/error.hpp>

#include <string>
#include <string_view>

// What all objects that are made here begin with. For the sources of this room alone.

namespace noctis {

/// Puts patient, study, equipment, series and instance (but the SOP class) into a data set.
void put_common(ordered_elements& into, const object_subject& subject, const object_identity& identity,
                std::string_view modality, std::string_view series_description);

/// Returns the item that names the SOP class and instance of a reference, and its frame where it has one.
ordered_elements reference_item(const object_reference& what);

/// Returns the Part 10 file of a data set that is put together, with `tail`, elements that are encoded, behind it.
made_object file_of(ordered_elements data_set, const std::string& sop_class_uid, const std::string& sop_instance_uid,
                    std::string_view tail = {});

/// Error: `invalid_argument` where identity or subject has a UID that is none.
caf::error check_identity(const object_subject& subject, const object_identity& identity);

/// Error: `invalid_argument` where a reference has a UID that is none.
caf::error check_reference(const object_reference& what);

/// Returns a serial number (Device Serial Number): this system has none but its implementation class.
std::string own_serial_number();

} // namespace noctis
