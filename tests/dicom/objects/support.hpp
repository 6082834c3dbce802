#pragma once

#include "dicom/objects/made_object.hpp"
#include "messages/errors.hpp"
#include "tests/printing.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/dcmdata/dctk.h>

#include <memory>
#include <string>

// What the tests of objects that Noctis writes have in common.

namespace noctis::test {

constexpr auto frame_of_reference = "1.2.826.0.1.3680043.10.543.4.1";
constexpr auto right_code = "24028007";

/// A patient with letters of two scripts, and a study.
object_subject subject();

/// UIDs of their own for each object, which go into one study.
object_identity identity(int number);

/// A CT image of the study, or a frame of it.
object_reference image(int number, int32_t frame = 0);

/// Keeps a file where NOCTIS_KEEP_REPORTS says, to be looked at with other programs, and returns it as DCMTK reads it.
std::unique_ptr<DcmFileFormat> read_back(const std::string& name, const caf::expected<made_object>& object);

/// The values of an element, "" where it is not there.
std::string text(DcmItem& item, const DcmTagKey& tag);

/// An item of a sequence; fails the test where it is not there.
DcmItem& nested(DcmItem& item, const DcmTagKey& tag, size_t number = 0);

/// Fails the test unless something is refused as `invalid_argument`.
template <class T>
void check_refused(const caf::expected<T>& result) {
  BOOST_REQUIRE(!result);
  BOOST_TEST_MESSAGE(reason_of(result.error()));
  BOOST_CHECK(code_of(result.error()) == errc::invalid_argument);
}

} // namespace noctis::test
