#include "dicom/deidentification/table.hpp"

#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace noctis {

namespace {

using action = deidentification_action;

struct option_name {
  uint16_t option;
  std::string_view name;
};

constexpr std::array<option_name, 10> option_names{{
    {deidentification_options::uids, "uids"},
    {deidentification_options::device, "device"},
    {deidentification_options::institution, "institution"},
    {deidentification_options::patient, "patient"},
    {deidentification_options::dates, "dates"},
    {deidentification_options::modified_dates, "modified-dates"},
    {deidentification_options::descriptors, "descriptors"},
    {deidentification_options::structured_content, "structured-content"},
    {deidentification_options::graphics, "graphics"},
    {deidentification_options::safe_private, "safe-private"},
}};

/// PS3.16 CID 7050.
constexpr std::array<deidentification_method, 11> method_codes{{
    {0, "113100", "Basic Application Confidentiality Profile"},
    {deidentification_options::graphics, "113103", "Clean Graphics Option"},
    {deidentification_options::structured_content, "113104", "Clean Structured Content Option"},
    {deidentification_options::descriptors, "113105", "Clean Descriptors Option"},
    {deidentification_options::dates, "113106", "Retain Longitudinal Temporal Information Full Dates Option"},
    {deidentification_options::modified_dates, "113107",
     "Retain Longitudinal Temporal Information Modified Dates Option"},
    {deidentification_options::patient, "113108", "Retain Patient Characteristics Option"},
    {deidentification_options::device, "113109", "Retain Device Identity Option"},
    {deidentification_options::uids, "113110", "Retain UIDs Option"},
    {deidentification_options::safe_private, "113111", "Retain Safe Private Option"},
    {deidentification_options::institution, "113112", "Retain Institution Identity Option"},
}};

struct private_attribute {
  tag_number tag; ///< without its block
  std::string_view creator;
};

constexpr private_attribute safe_private_attributes[]{
#include "dicom/safe_private_attributes.inc"
};

std::vector<deidentification_row> make_rows() {
  using namespace deidentification_options;
  std::vector<deidentification_row> rows{
#include "dicom/deidentification_actions.inc"
      // The texts in a Content Sequence and a Graphic Annotation Sequence, which the table has as wholes.
      {0x0040A160, 0xFFFFFFFF, action::dummy, 0, structured_content},
      {0x00700006, 0xFFFFFFFF, action::dummy, 0, graphics},
  };
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    const bool repeats = a.mask != 0xFFFFFFFF;
    const bool other_repeats = b.mask != 0xFFFFFFFF;
    return repeats != other_repeats ? other_repeats : a.tag < b.tag;
  });
  return rows;
}

const deidentification_row* row_of(tag_number tag) {
  const auto& rows = deidentification_rows();
  const auto repeating = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.mask != 0xFFFFFFFF; });
  const auto found =
      std::lower_bound(rows.begin(), repeating, tag, [](const auto& row, tag_number t) { return row.tag < t; });
  if (found != repeating && found->tag == tag) return &*found;
  const auto in_group =
      std::find_if(repeating, rows.end(), [tag](const auto& row) { return (tag & row.mask) == row.tag; });
  return in_group == rows.end() ? nullptr : &*in_group;
}

bool is_safe(tag_number tag, std::string_view creator) {
  const auto in_block = tag & 0xFFFF00FF;
  return std::any_of(std::begin(safe_private_attributes), std::end(safe_private_attributes),
                     [&](const auto& row) { return row.tag == in_block && row.creator == creator; });
}

/// A creator stays where it has attributes that are safe.
bool has_safe_attributes(std::string_view creator) {
  return std::any_of(std::begin(safe_private_attributes), std::end(safe_private_attributes),
                     [creator](const auto& row) { return row.creator == creator; });
}

action action_of_private(tag_number tag, std::string_view creator, const deidentification_profile& profile) {
  if (!profile.has(deidentification_options::safe_private)) return action::remove;
  const bool is_creator = (tag & 0xFFFF) <= 0xFF;
  return (is_creator ? has_safe_attributes(creator) : is_safe(tag, creator)) ? action::keep : action::remove;
}

} // namespace

const std::vector<deidentification_row>& deidentification_rows() {
  static const auto rows = make_rows();
  return rows;
}

action deidentification_action_of(tag_number tag, vr representation, std::string_view private_creator,
                                  const deidentification_profile& profile) {
  const auto group = tag >> 16;
  if ((tag & 0xFFFF) == 0 || group <= 0x0002) return action::remove;
  if (group % 2 == 1) return action_of_private(tag, private_creator, profile);
  const auto* row = row_of(tag);
  if (row == nullptr) {
    if (representation == vr::PN) return action::dummy;
    const bool known = !keyword_of(tag).empty() || dictionary_vr(tag) != vr::UN;
    return known ? action::keep : action::remove;
  }
  if ((row->keeping & profile.options) != 0) return action::keep;
  if ((row->cleaning & profile.options) != 0) return action::clean;
  return row->action;
}

std::vector<deidentification_method> deidentification_methods(const deidentification_profile& profile) {
  std::vector<deidentification_method> result;
  std::copy_if(method_codes.begin(), method_codes.end(), std::back_inserter(result),
               [&profile](const auto& code) { return code.option == 0 || profile.has(code.option); });
  return result;
}

caf::expected<deidentification_profile> parse_profile(std::string_view text) {
  deidentification_profile result;
  const auto basic = text.substr(0, text.find('+'));
  if (basic != "basic")
    return failure(errc::invalid_argument, shown(text) + " is no de-identification profile: it begins with \"basic\"");
  for (auto rest = text.substr(basic.size()); !rest.empty();) {
    rest.remove_prefix(1);
    const auto name = rest.substr(0, rest.find('+'));
    const auto found =
        std::find_if(option_names.begin(), option_names.end(), [name](const auto& row) { return row.name == name; });
    if (found == option_names.end())
      return failure(errc::invalid_argument, shown(name) + " is no option of a de-identification profile");
    result.options |= found->option;
    rest.remove_prefix(name.size());
  }
  if (result.has(deidentification_options::dates) && result.has(deidentification_options::modified_dates))
    return failure(errc::invalid_argument, "a de-identification profile has either dates or modified-dates");
  return result;
}

std::string to_string(const deidentification_profile& profile) {
  std::string result = "basic";
  for (const auto& [option, name] : option_names) {
    if (profile.has(option)) result.append("+").append(name);
  }
  return result;
}

} // namespace noctis
