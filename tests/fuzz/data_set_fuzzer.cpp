#include "dicom/describe.hpp"
#include "dicom/header.hpp"
#include "dicom/json/json.hpp"
#include "dicom/part10.hpp"
#include "dicom/scanner.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>

// What arrives, whatever it is: the first byte chooses how the rest is taken.

namespace {

using namespace noctis;

constexpr const char* transfer_syntaxes_tried[]{
    "1.2.840.10008.1.2.1",    "1.2.840.10008.1.2",      "1.2.840.10008.1.2.2",
    "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.50",
};

void demand(bool condition, const std::string& what) {
  if (condition) return;
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

caf::error scan(header_scanner& scanner, const uint8_t* data, size_t size, size_t step) {
  for (size_t at = 0; at < size; at += step) {
    if (auto err = scanner.feed(data + at, std::min(step, size - at))) return err;
  }
  return scanner.finish();
}

void try_data_set(const uint8_t* data, size_t size, const std::string& transfer_syntax, size_t step) {
  header_scanner whole{transfer_syntax};
  header_scanner pieces{transfer_syntax};
  const auto whole_end = scan(whole, data, size, std::max<size_t>(size, 1));
  const auto pieces_end = scan(pieces, data, size, step);
  demand(code_of(whole_end) == code_of(pieces_end) && reason_of(whole_end) == reason_of(pieces_end),
         "whole: " + reason_of(whole_end) + "\nin pieces: " + reason_of(pieces_end));
  demand(whole.kept().size() == pieces.kept().size(), "whole and pieces keep different values");
  const auto header = read_header(whole, transfer_syntax);
  static_cast<void>(validate(header, "1.2.840.10008.5.1.4.1.1.2", "1.2.3"));
  static_cast<void>(data_set_json(data, size, transfer_syntax));
  static_cast<void>(describe_data_set(data, size, transfer_syntax));
}

void try_file(const uint8_t* data, size_t size, size_t step) {
  const auto reading = read_part10_meta(data, size, true);
  if (!reading) return;
  demand(reading->state == part10_state::complete, "a whole file needs more bytes");
  const auto& meta = reading->meta;
  demand(meta.data_set_offset <= size, "the data set begins after the end");
  try_data_set(data + meta.data_set_offset, size - meta.data_set_offset, meta.transfer_syntax_uid, step);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr size_t ways = std::size(transfer_syntaxes_tried) + 1;
  const size_t way = data[0] % ways;
  const size_t step = 1 + data[0] / ways;
  if (way + 1 == ways)
    try_file(data + 1, size - 1, step);
  else
    try_data_set(data + 1, size - 1, transfer_syntaxes_tried[way], step);
  return 0;
}
