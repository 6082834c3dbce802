#define BOOST_TEST_MODULE actors
#include <boost/test/unit_test.hpp>

/// libpqxx 6.4.5 leaks the last result of a connection that was lost; the leak checker asks here what to overlook.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx"; }
