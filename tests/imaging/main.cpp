#define BOOST_TEST_MODULE imaging
#include <boost/test/unit_test.hpp>
