#include "dicom/describe.hpp"
#include "dicom/part10.hpp"
#include "http/files/file_response.hpp"
#include "http/files/instance_stream.hpp"
#include "http/request/context.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

constexpr uint64_t first_look = uint64_t{256} << 10;
constexpr uint64_t last_look = max_message_bytes;

void file(context& c) {
  const auto found = c.actors->query<image_detail>(image_request{c.who, c.key()});
  send_file(c, found.image.locations, found.image.attributes.sop_instance_uid + ".dcm");
}

/// The first `length` bytes of an instance.
blob::buffer read_start(context& c, const std::vector<location>& copies, uint64_t length) {
  blob::buffer bytes;
  instance_stream stream(c.actors, copies);
  stream.open(0, std::min(length, stream.size()));
  for (auto piece = stream.next(); !piece.empty(); piece = stream.next())
    bytes.insert(bytes.end(), piece.data(), piece.data() + piece.size());
  return bytes;
}

/// What the first bytes of a Part 10 file say.
caf::expected<std::string> describe(const blob::buffer& bytes, bool whole) {
  const auto reading = read_part10_meta(bytes.data(), bytes.size(), whole);
  if (!reading) return reading.error();
  if (reading->state == part10_state::need_more)
    return failure(errc::truncated_data_set, "the Part 10 header is longer than what was read");
  const auto& meta = reading->meta;
  return describe_data_set(bytes.data() + meta.data_set_offset, bytes.size() - meta.data_set_offset,
                           meta.transfer_syntax_uid);
}

/// Reads more of the file while what was read ends inside the header.
std::string read_description(context& c, const std::vector<location>& copies) {
  const auto size = copies.empty() ? 0 : copies.front().length;
  for (auto length = first_look;; length *= 4) {
    const auto description = describe(read_start(c, copies, length), length >= size);
    if (description) return *description;
    const auto more = code_of(description.error()) == errc::truncated_data_set && length < std::min(size, last_look);
    if (!more) throw actor_failure{description.error()};
  }
}

void metadata(context& c) {
  const auto found = c.actors->query<image_detail>(image_request{c.who, c.key()});
  json_text json;
  json.begin_object();
  json.field("status", "success");
  json.key("metadata");
  json.raw(read_description(c, found.image.locations));
  json.end_object();
  c.send_json(200, json.take());
}

} // namespace

void add_image_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/dicom/api/images/<id>/file/", viewers, file)
      .says("A Part 10 file as it was stored")
      .answers_with(200, "application/dicom")
      .answers_with(206, "application/dicom");
  routes.add("GET", "/dicom/api/images/<id>/metadata/", viewers, metadata)
      .says("What an image's header says")
      .answers(200, "image_metadata");
}

} // namespace noctis
