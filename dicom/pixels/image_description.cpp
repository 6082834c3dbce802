#include "dicom/pixels/image_description.hpp"

#include "dicom/character_set.hpp"
#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/describe_header.hpp"
#include "dicom/pixels/lookup_tables.hpp"
#include "dicom/pixels/value_transforms.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace noctis {

namespace {

constexpr std::string_view interpretations[]{
    "",         "MONOCHROME1",  "MONOCHROME2",     "PALETTE COLOR", "RGB",
    "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_420", "YBR_ICT",       "YBR_RCT",
};
constexpr uint32_t most_frames = 10'000'000;

photometric interpretation_of(std::string_view name) {
  for (size_t i = 1; i < std::size(interpretations); ++i) {
    if (interpretations[i] == name) return static_cast<photometric>(i);
  }
  return photometric::unknown;
}

/// Returns a whole number, `absent` where it isn't there. Errors: `invalid_argument` where it is beyond `most`.
caf::expected<uint32_t> whole(const attribute_set& header, tag_number tag, uint32_t absent, uint32_t least,
                              uint32_t most) {
  const auto value = header.number(tag);
  if (!value) return absent;
  if (*value < least || *value > most)
    return failure(errc::invalid_argument, describe_tag(tag) + " is " + std::to_string(std::llround(*value)));
  return static_cast<uint32_t>(*value);
}

class format_reader {
public:
  explicit format_reader(const attribute_set& header) : header_(header) {}

  caf::expected<pixel_format> read() {
    pixel_format result;
    result.rows = take(0x00280010, 0, 1, 65535);
    result.columns = take(0x00280011, 0, 1, 65535);
    result.samples = static_cast<uint16_t>(take(0x00280002, 1, 1, 3));
    result.planar = take(0x00280006, 0, 0, 1) == 1 && result.samples > 1;
    result.bits_allocated = static_cast<uint16_t>(take(0x00280100, 0, 1, 64));
    result.bits_stored = static_cast<uint16_t>(take(0x00280101, result.bits_allocated, 1, result.bits_allocated));
    result.high_bit = static_cast<uint16_t>(
        take(0x00280102, result.bits_stored - 1U, result.bits_stored - 1U, result.bits_allocated - 1U));
    result.is_signed = take(0x00280103, 0, 0, 1) == 1;
    if (error_) return error_;
    return checked(result);
  }

private:
  uint32_t take(tag_number tag, uint32_t absent, uint32_t least, uint32_t most) {
    if (error_) return absent;
    auto value = whole(header_, tag, absent, least, most);
    if (!value) {
      error_ = value.error();
      return absent;
    }
    if (*value < least) error_ = failure(errc::invalid_argument, describe_tag(tag) + " is absent");
    return *value;
  }

  caf::expected<pixel_format> checked(pixel_format format) const {
    const auto bits = format.bits_allocated;
    if (bits != 1 && bits != 8 && bits != 16 && bits != 32 && bits != 64)
      return failure(errc::invalid_argument, "BitsAllocated (0028,0100) is " + std::to_string(bits));
    const auto name = header_.text(0x00280004);
    format.interpretation = interpretation_of(name);
    if (name.empty()) format.interpretation = format.samples == 3 ? photometric::rgb : photometric::monochrome2;
    if (format.interpretation == photometric::unknown)
      return failure(errc::invalid_argument, "PhotometricInterpretation (0028,0004) is " + shown(name));
    const bool colours = format.interpretation >= photometric::rgb;
    if (colours != (format.samples == 3) || format.samples == 2)
      return failure(errc::invalid_argument, "SamplesPerPixel (0028,0002) is " + std::to_string(format.samples) +
                                                 " where PhotometricInterpretation (0028,0004) is " + name);
    if (format.samples == 3 && bits != 8 && bits != 16 && bits != 32)
      return failure(errc::invalid_argument, "BitsAllocated (0028,0100) is " + std::to_string(bits) + " of a colour");
    return format;
  }

  const attribute_set& header_;
  caf::error error_;
};

image_captions read_captions(const attribute_set& header) {
  text_decoder decoder{header.text(0x00080005)};
  const auto text = [&](tag_number tag, text_kind kind = text_kind::value) {
    return without_controls(cut(decoder.decode(header.text(tag), kind), 256));
  };
  image_captions result;
  result.patient_name = text(0x00100010, text_kind::person_name);
  result.patient_id = text(0x00100020);
  result.patient_birth_date = text(0x00100030);
  result.patient_sex = text(0x00100040);
  result.study_date = text(0x00080020);
  result.study_description = text(0x00081030);
  result.series_description = text(0x0008103E);
  result.modality = text(0x00080060);
  result.manufacturer = text(0x00080070);
  result.institution = text(0x00080080);
  result.laterality = text(0x00200060);
  result.instance_number = text(0x00200013);
  result.kvp = text(0x00180060);
  result.slice_thickness = text(0x00180050);
  result.repetition_time = text(0x00180080);
  result.echo_time = text(0x00180081);
  return result;
}

/// Height and width of a pixel: its aspect ratio, or else the first spacing there is (PS3.3 C.7.6.3.1.7).
void read_pixel_shape(const attribute_set& header, image_description& image) {
  const auto take = [&](const attribute_set& from, tag_number tag) {
    const auto values = from.numbers(tag);
    if (values.size() < 2 || values[0] <= 0 || values[1] <= 0) return false;
    const auto ratio = values[0] / values[1];
    if (ratio < 0.01 || ratio > 100) return false;
    image.pixel_height = values[0];
    image.pixel_width = values[1];
    return true;
  };
  for (const tag_number tag : {0x00280034U, 0x00280030U, 0x00181164U}) {
    if (take(header, tag)) return;
  }
  for (const tag_number groups : {0x52009229U, 0x52009230U}) {
    for (const auto& group : header.items(groups)) {
      for (const auto& measures : group.items(0x00289110)) {
        if (take(measures, 0x00280030)) return;
      }
      break;
    }
  }
}

caf::optional<int32_t> stored_value(const attribute_set& header, tag_number tag, bool is_signed) {
  const auto value = header.number(tag, is_signed);
  if (!value || std::abs(*value) > std::numeric_limits<int32_t>::max()) return caf::none;
  return static_cast<int32_t>(*value);
}

} // namespace

std::string_view to_string(photometric value) { return interpretations[static_cast<size_t>(value)]; }

uint64_t pixel_format::frame_bits() const {
  const auto pixels = uint64_t{rows} * columns;
  if (interpretation == photometric::ybr_full_422) return pixels * 2 * bits_allocated;
  return pixels * samples * bits_allocated;
}

uint64_t pixel_format::frame_bytes() const { return (frame_bits() + 7) / 8; }

const value_transform& image_description::values_of(uint32_t frame) const {
  return frame < frame_values.size() ? frame_values[frame] : values;
}

caf::expected<image_description> describe_header(const image_header& header) {
  const auto& attributes = header.attributes;
  if (!header.pixels.tag) return failure(errc::not_found, "the data set has no pixels");
  image_description result;
  result.transfer_syntax_uid = header.transfer_syntax_uid;
  result.sop_class_uid = attributes.text(0x00080016);
  result.sop_instance_uid = attributes.text(0x00080018);
  auto format = format_reader{attributes}.read();
  if (!format) return format.error();
  result.format = *format;
  auto frames = whole(attributes, 0x00280008, 1, 0, most_frames);
  if (!frames) return frames.error();
  result.frames = std::max(*frames, 1U); // some devices write 0
  if (result.format.interpretation == photometric::palette_color) {
    auto palette = read_palette(attributes, result.format.is_signed);
    if (!palette) return palette.error();
    result.palette = std::move(*palette);
  }
  read_value_transforms(attributes, result);
  read_pixel_shape(attributes, result);
  result.padding_value = stored_value(attributes, 0x00280120, result.format.is_signed);
  result.padding_limit = stored_value(attributes, 0x00280121, result.format.is_signed);
  result.lossy_compression = attributes.text(0x00282110);
  result.inverse_presentation = attributes.text(0x20500020) == "INVERSE";
  result.float_pixels = header.pixels.tag != tags::pixel_data;
  result.captions = read_captions(attributes);
  return result;
}

caf::expected<image_description> describe_image(const byte_source& source) {
  auto header = read_image_header(source);
  if (!header) return header.error();
  return describe_header(*header);
}

} // namespace noctis
