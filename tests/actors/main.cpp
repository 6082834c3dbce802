#define BOOST_TEST_MODULE actors
#include <boost/test/unit_test.hpp>

#include <csignal>

namespace {

/// As noctisd does: a connection that is gone is an error of its writer, not the end of the process.
struct without_sigpipe {
  without_sigpipe() { std::signal(SIGPIPE, SIG_IGN); }
};
BOOST_TEST_GLOBAL_FIXTURE(without_sigpipe);

} // namespace

/// libpqxx 6.4.5 leaks the last result of a connection that was lost; the leak checker asks here what to overlook.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx"; }
