#pragma once

#include "dicom/element.hpp"
#include "dicom/inflater.hpp"
#include "dicom/scan_limits.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/errors.hpp"

#include <caf/error.hpp>
#include <caf/optional.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace noctis {

/// What a `data_set_parser` tells, in the order of the data set.
class data_set_sink {
public:
  virtual ~data_set_sink() = default;

  /// A value of defined length begins. Returns whether `value` should follow with its bytes; else they are skipped.
  virtual bool wants(const element& head) = 0;
  /// A wanted value, whole and raw. `bytes` is valid during the call.
  virtual caf::error value(const element& head, const uint8_t* bytes, size_t size) = 0;
  /// Encapsulated Pixel Data (fragments) begins. They are skipped.
  virtual void fragments(const element&) {}
  virtual void begin_sequence(const element&) {}
  virtual void end_sequence() {}
  virtual void begin_item() {}
  virtual void end_item() {}
  /// Returns `vr::SQ` for a tag whose value, of defined length in implicit VR, should be read as a sequence.
  virtual vr implicit_vr(tag_number) { return vr::none; }
};

/// Checks the structure of a data set that arrives in pieces of any size, with an explicit stack and in bounded
/// memory, and tells a sink what it meets. PS3.5 7, with these allowances for what real devices write, all of
/// which DCMTK and other systems take too:
///  - tags in any order, twice, of groups 0000 and 0002, odd lengths, a lone zero byte after an odd length;
///  - a VR that is no pair of capital letters: an element in implicit VR if it isn't printable, else one with a
///    16-bit length; two capital letters that are no known VR: a 32-bit length (PS3.5 6.2.2) unless its reserved
///    bytes aren't zero;
///  - UN of undefined length: a sequence in implicit VR little endian (PS3.5 6.2.2 note 4);
///  - delimiters in sequences and items of defined length, and between elements of the data set: ignored;
///  - any length in a delimiter: ignored.
/// Elements that reach beyond their item, items beyond their sequence and unended sequences are errors.
class data_set_parser {
public:
  data_set_parser(encoding how, data_set_sink& sink, scan_limits limits = {});
  data_set_parser(const data_set_parser&) = delete;
  data_set_parser& operator=(const data_set_parser&) = delete;

  /// Parses the next `size` bytes. Errors, which stay: `malformed_data_set`, `limit_exceeded`, those of the sink.
  caf::error feed(const uint8_t* data, size_t size);

  /// Says that no more bytes come. Errors: as `feed`, and `truncated_data_set` inside an element or a sequence.
  caf::error finish();

  /// Bytes of the (inflated) data set parsed so far.
  [[nodiscard]] uint64_t position() const noexcept { return offset_ + fill_; }

  /// Returns whether what came so far ends inside top-level Pixel Data.
  [[nodiscard]] bool inside_pixel_data() const;

private:
  enum class kind : uint8_t { data_set, item, sequence, fragments };

  /// A container that is open. Its end is an offset, `unbounded` when a delimiter ends it; its limit is that of
  /// the containers around it.
  struct frame {
    kind what = kind::data_set;
    bool implicit_vr = false;
    bool big_endian = false;
    tag_number tag = 0; ///< of the sequence, also in its items
    uint64_t start = 0;
    uint64_t end = unbounded;
    uint64_t limit = unbounded;
  };

  struct cursor {
    const uint8_t* at;
    const uint8_t* end;
    [[nodiscard]] size_t size() const { return static_cast<size_t>(end - at); }
  };

  static constexpr uint64_t unbounded = std::numeric_limits<uint64_t>::max();
  static constexpr size_t longest_header = 12;

  caf::error parse(const uint8_t* data, size_t size);
  bool take_value(cursor& in);
  bool take_header(cursor& in);
  const uint8_t* gather(cursor& in, size_t size);
  void drop_header(cursor& in, size_t size);
  bool read_explicit(const uint8_t* bytes, element& head) const;
  bool open(const element& head);
  bool open_element(const element& head);
  bool open_delimiter(const element& head);
  bool open_undefined(const element& head);
  bool open_value(const element& head);
  bool open_item(const element& head);
  bool open_fragment(const element& head);
  bool push_sequence(const element& head, uint64_t end, bool implicit_little);
  frame& push(kind what, uint64_t start, uint64_t end);
  bool fits(const element& head);
  void close(const frame& done);
  void close_finished();
  bool deliver(const uint8_t* bytes, size_t size);
  bool fail(errc code, std::string reason);
  [[nodiscard]] std::string name_of(const element& head) const;
  [[nodiscard]] std::string truncation() const;

  data_set_sink& sink_;
  scan_limits limits_;
  caf::optional<inflater> inflater_;
  std::vector<frame> frames_;
  caf::error error_;
  uint64_t offset_ = 0;   ///< of the next header or value byte
  uint64_t elements_ = 0; ///< elements and items so far
  uint32_t depth_ = 0;    ///< sequences open
  element current_;
  uint64_t remaining_ = 0; ///< bytes of the current value to come
  bool keep_ = false;      ///< the sink wants the current value
  bool finished_ = false;
  std::vector<uint8_t> value_; ///< what came so far of a wanted value that came in pieces
  std::array<uint8_t, longest_header> header_{};
  size_t fill_ = 0; ///< bytes in `header_`
};

} // namespace noctis
