#define BOOST_TEST_MODULE dicom
#include <boost/test/unit_test.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/oflog/oflog.h>

namespace {

/// DCMTK, which the tests compare with, complains about broken files on the console.
struct quiet_dcmtk {
  quiet_dcmtk() { OFLog::configure(OFLogger::OFF_LOG_LEVEL); }
};

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(quiet_dcmtk);
