#include "http/dicom_web/render_parameters.hpp"

#include "http/dicom_web/numbers.hpp"

#include <algorithm>
#include <array>

namespace noctis {

namespace {

constexpr uint32_t largest_edge = 8192;
constexpr uint32_t largest_thumbnail = 1024;
constexpr uint32_t usual_thumbnail = 256;

const std::array<std::pair<const char*, window_function>, 3> functions{{{"linear", window_function::linear},
                                                                        {"linear-exact", window_function::linear_exact},
                                                                        {"sigmoid", window_function::sigmoid}}};

[[noreturn]] void refuse(const std::string& name, std::string why) {
  throw refusal(problem_of(field_errors{{name, {std::move(why)}}}));
}

double number_of(const std::string& name, const std::string& text) {
  const auto number = decimal_of(text);
  if (!number) refuse(name, "\"" + valid_utf8(text) + "\" is no number.");
  return *number;
}

uint32_t edge_of(const std::string& text, uint32_t most) {
  const auto number = decimal_of(text);
  if (!number || *number < 1 || *number > most)
    refuse("viewport", "Width and height are numbers from 1 to " + std::to_string(most) + ".");
  return static_cast<uint32_t>(*number);
}

voi_window window_of(const std::string& text) {
  const auto parts = comma_list(text);
  if (parts.size() != 2 && parts.size() != 3)
    refuse("window", "Must be centre,width,function with the function linear, linear-exact or sigmoid.");
  voi_window window;
  window.centre = number_of("window", parts[0]);
  window.width = number_of("window", parts[1]);
  if (window.width <= 0) refuse("window", "The width must be above 0.");
  if (parts.size() == 3) {
    const auto* found =
        std::find_if(functions.begin(), functions.end(), [&](const auto& one) { return parts[2] == one.first; });
    if (found == functions.end()) refuse("window", "The function is linear, linear-exact or sigmoid.");
    window.function = found->second;
  }
  return window;
}

viewport viewport_of(const std::string& text) {
  const auto parts = comma_list(text);
  if (parts.size() != 2 && parts.size() != 6)
    refuse("viewport", "Must be width,height or width,height,x,y,source width,source height.");
  viewport view;
  view.width = edge_of(parts[0], largest_edge);
  view.height = edge_of(parts[1], largest_edge);
  if (parts.size() == 2) return view;
  if (!parts[2].empty()) view.source_x = number_of("viewport", parts[2]);
  if (!parts[3].empty()) view.source_y = number_of("viewport", parts[3]);
  if (!parts[4].empty()) view.source_width = number_of("viewport", parts[4]);
  if (!parts[5].empty()) view.source_height = number_of("viewport", parts[5]);
  return view;
}

void read_annotation(const std::string& text, render_options& options) {
  for (const auto& word : comma_list(text)) {
    if (word == "patient")
      options.annotate_patient = true;
    else if (word == "technique")
      options.annotate_technique = true;
    else
      refuse("annotation", "Must be patient, technique or both, divided by a comma.");
  }
}

} // namespace

render_request read_render_request(const context& c) {
  render_request result;
  for (const auto* name : {"annotation", "iccprofile", "quality", "viewport", "window"}) {
    const auto value = c.request.get_param_value(name);
    if (c.request.params.count(name) > 1) refuse(name, "Given more than once.");
    if (!value.empty()) result.variant += std::string(name) + "=" + value + "&";
  }
  const auto text = [&](const char* name) { return c.request.get_param_value(name); };
  if (!text("annotation").empty()) read_annotation(text("annotation"), result.options);
  if (!text("window").empty()) result.options.window = window_of(text("window"));
  if (!text("viewport").empty()) result.options.view = viewport_of(text("viewport"));
  if (!text("quality").empty()) {
    const auto quality = number_of("quality", text("quality"));
    if (quality < 1 || quality > 100) refuse("quality", "Must be a number from 1 to 100.");
    result.quality = static_cast<int>(quality);
  }
  if (!text("iccprofile").empty() && text("iccprofile") != "no")
    refuse("iccprofile", "Pictures carry no ICC profile; only \"no\" can be asked for.");
  return result;
}

uint32_t read_thumbnail_edge(const context& c) {
  const auto text = c.request.get_param_value("viewport");
  if (text.empty()) return usual_thumbnail;
  const auto parts = comma_list(text);
  if (parts.size() != 2) refuse("viewport", "Must be width,height.");
  return std::min(edge_of(parts[0], largest_thumbnail), edge_of(parts[1], largest_thumbnail));
}

} // namespace noctis
