#include "dicom/digest.hpp"
#include "http/dicom_web/instance_parts.hpp"
#include "http/dicom_web/numbers.hpp"
#include "http/dicom_web/rendering.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint32_t largest_edge = 8192;

const std::vector<media_offer> offers{{"application/dicom", ""}, {"image/jpeg", ""}, {"image/png", ""}};
constexpr size_t file_offer = 0;
constexpr size_t jpeg_offer = 1;

/// The parameters of a WADO-URI request (PS3.18 9), each read by its name.
class uri_parameters {
public:
  explicit uri_parameters(const context& c) : c_(c) {}

  [[nodiscard]] std::string text(const char* name) const { return c_.request.get_param_value(name); }

  [[nodiscard]] std::optional<double> number(const char* name, double least, double most) const {
    const auto value = text(name);
    if (value.empty()) return std::nullopt;
    const auto result = decimal_of(value);
    if (!result || *result < least || *result > most)
      throw wrong(name, "Must be a number from " + std::to_string(static_cast<int64_t>(least)) + " to " +
                            std::to_string(static_cast<int64_t>(most)) + ".");
    return result;
  }

  static refusal wrong(const char* name, std::string why) {
    return refusal(problem_of(field_errors{{name, {std::move(why)}}}));
  }

private:
  const context& c_;
};

web_target target_of_uri(const uri_parameters& given) {
  if (given.text("requestType") != "WADO") throw uri_parameters::wrong("requestType", "Must be WADO.");
  if (!given.text("presentationUID").empty())
    throw uri_parameters::wrong("presentationUID", "Presentation states are not applied here.");
  const auto anonymize = given.text("anonymize");
  if (!anonymize.empty()) throw uri_parameters::wrong("anonymize", "Instances are given as they are.");
  web_target target{given.text("studyUID"), given.text("seriesUID"), given.text("objectUID")};
  check_uid(target.study, "parameter studyUID");
  check_uid(target.series, "parameter seriesUID");
  check_uid(target.instance, "parameter objectUID");
  return target;
}

/// A part of the image by its corners, each from 0 to 1.
void read_region(const std::string& text, const pixel_format& format, viewport& view) {
  std::vector<double> corners;
  for (const auto& part : comma_list(text)) {
    const auto number = decimal_of(part);
    if (!number || *number < 0 || *number > 1) break;
    corners.push_back(*number);
  }
  if (corners.size() != 4 || corners[0] >= corners[2] || corners[1] >= corners[3])
    throw uri_parameters::wrong("region", "Must be left,top,right,bottom as numbers from 0 to 1.");
  view.source_x = corners[0] * format.columns;
  view.source_y = corners[1] * format.rows;
  view.source_width = (corners[2] - corners[0]) * format.columns;
  view.source_height = (corners[3] - corners[1]) * format.rows;
}

caf::optional<viewport> view_of(const uri_parameters& given, const pixel_format& format) {
  const auto rows = given.number("rows", 1, largest_edge);
  const auto columns = given.number("columns", 1, largest_edge);
  const auto region = given.text("region");
  if (!rows && !columns && region.empty()) return caf::none;
  viewport view;
  view.height = rows ? static_cast<uint32_t>(*rows) : largest_edge;
  view.width = columns ? static_cast<uint32_t>(*columns) : largest_edge;
  if (!region.empty()) read_region(region, format, view);
  if (!rows && !columns) {
    view.width = std::max(1u, static_cast<uint32_t>(*view.source_width));
    view.height = std::max(1u, static_cast<uint32_t>(*view.source_height));
  }
  return view;
}

render_request render_request_of(const uri_parameters& given, const pixel_format& format) {
  render_request how;
  const auto centre = given.number("windowCenter", -1e9, 1e9);
  const auto width = given.number("windowWidth", 1, 1e9);
  if (centre.has_value() != width.has_value())
    throw uri_parameters::wrong("windowWidth", "windowCenter and windowWidth come together.");
  if (centre) {
    voi_window window;
    window.centre = *centre;
    window.width = *width;
    how.options.window = window;
  }
  how.options.view = view_of(given, format);
  how.quality = static_cast<int>(given.number("imageQuality", 1, 100).value_or(how.quality));
  for (const auto& word : comma_list(given.text("annotation"))) {
    if (word == "patient") how.options.annotate_patient = true;
    if (word == "technique") how.options.annotate_technique = true;
  }
  return how;
}

/// What the client gets: `contentType`, else what Accept says, else a picture of a single frame or the file.
size_t offer_for(const context& c, const uri_parameters& given, const image_row& image) {
  const auto wanted = given.text("contentType");
  const auto picture = image.attributes.rows && image.attributes.number_of_frames == 1;
  if (wanted.empty() && c.request.get_header_value("Accept").find("application/dicom") == std::string::npos)
    return picture ? jpeg_offer : file_offer;
  const auto choice = choose_media(parse_accept(wanted.empty() ? "application/dicom" : wanted), offers);
  if (!choice) throw refusal(problem_of(406, "This is given as " + list_of(offers) + "."));
  return choice->offer;
}

void send_as_file(context& c, const uri_parameters& given, const image_row& image) {
  const auto& stored = image.attributes.transfer_syntax_uid;
  const auto wanted = given.text("transferSyntax");
  const auto syntax = syntax_to_send(stored, wanted.empty() || wanted == "*" ? std::vector<std::string>{}
                                                                             : std::vector<std::string>{wanted});
  if (syntax.empty())
    throw refusal(problem_of(406, "The instance is kept in transfer syntax " + stored +
                                      " and cannot be given in the one that is asked for."));
  if (syntax == stored) return send_file(c, image.locations, image.attributes.sop_instance_uid + ".dcm");
  send_bytes(c, transcoded_file(c.app, c.actors, image, syntax), offers[file_offer].type, "");
}

void wado(context& c) {
  const uri_parameters given(c);
  const auto target = target_of_uri(given);
  const auto image = instance_at(c, target);
  const auto offer = offer_for(c, given, image);
  if (offer == file_offer) return send_as_file(c, given, image);
  const auto frame = given.number("frameNumber", 1, 1e9);
  const auto opened = open_drawable(c.actors, image);
  const auto how = render_request_of(given, opened.description.format);
  const auto index = frame ? static_cast<uint32_t>(*frame) - 1 : representative_frame(opened);
  const auto form = offer == jpeg_offer ? picture_form::jpeg : picture_form::png;
  send_bytes(c, draw(c.app, opened, index, how, form), offers[offer].type, "");
}

} // namespace

void add_wado_uri_routes(router& routes) {
  routes.add("GET", "/dicom-web/wado", access::may(permission::study_view), wado);
}

} // namespace noctis
