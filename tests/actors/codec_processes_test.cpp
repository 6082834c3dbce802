#include "actors/work/codec_processes.hpp"
#include "messages/errors.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <thread>
#include <unistd.h>

namespace noctis {

using namespace test;

namespace {

using namespace std::chrono_literals;

/// Two processes of the test program, which does with a frame what its text says.
struct codec_fixture {
  worker_options options;

  codec_fixture() {
    options.program = NOCTIS_UNRULY_WORKER;
    options.time = 20s;
  }

  static caf::expected<blob> convert(codec_processes& codecs, const std::string& text) {
    return codecs.transcode(blob{blob::buffer{text.begin(), text.end()}}, {}, "1.2.840.10008.1.2.1");
  }

  static std::string text_of(const caf::expected<blob>& answer) {
    BOOST_REQUIRE_MESSAGE(answer, reason_for(answer));
    return {answer->data(), answer->data() + answer->size()};
  }

  static void fails(const caf::expected<blob>& answer, errc code, const std::string& text) {
    BOOST_REQUIRE(!answer);
    BOOST_TEST((code_of(answer.error()) == code), reason_of(answer.error()));
    BOOST_TEST(reason_of(answer.error()).find(text) != std::string::npos, reason_of(answer.error()));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(codecs_in_processes, codec_fixture)

BOOST_AUTO_TEST_CASE(frames_are_converted_and_refused_one_after_the_other) {
  codec_processes codecs{options, 2};
  BOOST_TEST(text_of(convert(codecs, "abc")) == "cba");
  fails(convert(codecs, "refuse"), errc::limit_exceeded, "too many samples");
  const std::string large(size_t{9} << 20, 'x');
  BOOST_TEST((text_of(convert(codecs, large)) == large));
}

BOOST_AUTO_TEST_CASE(many_ask_at_once) {
  codec_processes codecs{options, 2};
  std::vector<std::thread> askers;
  std::vector<std::string> answers(8);
  for (size_t i = 0; i < answers.size(); ++i)
    askers.emplace_back([&, i] {
      const auto answer = convert(codecs, "a" + std::to_string(i));
      if (answer) answers[i].assign(answer->data(), answer->data() + answer->size());
    });
  for (auto& each : askers) each.join();
  for (size_t i = 0; i < answers.size(); ++i) BOOST_TEST(answers[i] == std::to_string(i) + "a");
}

BOOST_AUTO_TEST_CASE(a_frame_that_its_codec_does_not_survive_is_an_error_and_no_more) {
  codec_processes codecs{options, 1};
  fails(convert(codecs, "crash"), errc::malformed_data_set, "killed by signal 11");
  BOOST_TEST(text_of(convert(codecs, "abc")) == "cba");
}

BOOST_AUTO_TEST_CASE(a_frame_that_takes_for_ever_is_an_error) {
  options.time = 300ms;
  codec_processes codecs{options, 1};
  fails(convert(codecs, "sleep"), errc::malformed_data_set, "more than 300 ms");
  BOOST_TEST(text_of(convert(codecs, "abc")) == "cba");
}

BOOST_AUTO_TEST_CASE(a_process_that_is_killed_from_outside_is_started_anew) {
  codec_processes codecs{options, 1};
  const auto mark = std::filesystem::temp_directory_path() / ("noctis-killed-" + std::to_string(::getpid()));
  const auto frame = "killed once " + mark.string();
  BOOST_TEST(text_of(convert(codecs, frame)) == std::string(frame.rbegin(), frame.rend()));
  std::filesystem::remove(mark);
  fails(convert(codecs, "killed"), errc::internal, "killed by signal 9");
}

BOOST_AUTO_TEST_CASE(without_a_program_the_error_says_so) {
  options.program = "/nowhere/noctis-worker";
  codec_processes codecs{options, 1};
  fails(convert(codecs, "abc"), errc::internal, "does not start");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
