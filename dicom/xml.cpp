#include "dicom/xml.hpp"

#include "dicom/json/object.hpp"
#include "dicom/vr.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace noctis {

namespace {

using json_value = rapidjson::Value;

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
constexpr std::string_view root =
    R"(<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">)";
constexpr tag_number private_mask = 0xFFFF00FF; ///< without the block, which the private creator stands for
constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::string_view view_of(const json_value& value) { return {value.GetString(), value.GetStringLength()}; }

/// Appends UTF-8 text as character data that also fits into an attribute.
void append_escaped(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto code = static_cast<unsigned char>(c);
    const auto three = text.substr(at, 3);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\t' || c == '\n' || c == '\r')
      out.append("&#").append(std::to_string(code)).append(";");
    else if (code < 0x20)
      out += replacement;
    else if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") { // U+FFFE, U+FFFF
      out += replacement;
      at += 2;
    } else
      out += c;
  }
}

/// Writes the elements of the Native DICOM Model (PS3.19 A.1.6).
class xml_writer {
public:
  void attributes(const json_value& object) {
    if (!object.IsObject()) return;
    std::vector<std::pair<tag_number, const json_value*>> sorted;
    for (const auto& member : object.GetObject()) {
      const auto tag = tag_of_digits(view_of(member.name));
      if (tag != 0 && member.value.IsObject()) sorted.emplace_back(tag, &member.value);
    }
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [tag, attribute] : sorted) write_attribute(object, tag, *attribute);
  }

  std::string out{std::string{declaration}.append(root)};

private:
  void write_attribute(const json_value& object, tag_number tag, const json_value& attribute) {
    const auto representation = vr_of(attribute, tag);
    const bool is_private = (tag >> 16) % 2 == 1 && (tag & 0xFFFF) > 0xFF;
    const auto creator = is_private ? text_of(object, (tag & 0xFFFF0000) | (tag >> 8 & 0xFF)) : std::string{};
    out.append("<DicomAttribute tag=\"").append(tag_digits(creator.empty() ? tag : tag & private_mask));
    out.append("\" vr=\"").append(letters_of(representation)).append("\"");
    write_xml_attribute("keyword", keyword_of(tag));
    write_xml_attribute("privateCreator", creator);
    out += '>';
    for (const auto& member : attribute.GetObject()) {
      const auto name = view_of(member.name);
      if (name == "Value" && member.value.IsArray())
        write_values(representation, member.value);
      else if (name == "InlineBinary" && member.value.IsString())
        element("InlineBinary", view_of(member.value));
      else if (name == "BulkDataURI" && member.value.IsString()) {
        out += "<BulkData";
        write_xml_attribute("uri", view_of(member.value));
        out += "/>";
      }
    }
    out += "</DicomAttribute>";
  }

  void write_values(vr representation, const json_value& values) {
    size_t number = 0;
    for (const auto& value : values.GetArray()) {
      ++number;
      if (representation == vr::SQ) {
        open("Item", number);
        attributes(value);
        out += "</Item>";
      } else if (representation == vr::PN) {
        if (text_of_value(value).find_first_not_of("^=") == std::string::npos) continue;
        open("PersonName", number);
        write_person_name(value);
        out += "</PersonName>";
      } else {
        open("Value", number);
        append_escaped(out, text_of_value(value));
        out += "</Value>";
      }
    }
  }

  void write_person_name(const json_value& name) {
    if (!name.IsObject()) return element_group("Alphabetic", text_of_value(name));
    for (const char* group : {"Alphabetic", "Ideographic", "Phonetic"}) {
      const auto found = name.FindMember(group);
      if (found != name.MemberEnd() && found->value.IsString()) element_group(group, view_of(found->value));
    }
  }

  /// Writes one component group, divided into its components.
  void element_group(std::string_view group, std::string_view text) {
    constexpr std::array<std::string_view, 5> components{"FamilyName", "GivenName", "MiddleName", "NamePrefix",
                                                         "NameSuffix"};
    out.append("<").append(group).append(">");
    for (const auto component : components) {
      const auto end = text.find('^');
      const auto part = text.substr(0, end);
      if (!part.empty()) element(component, part);
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    out.append("</").append(group).append(">");
  }

  void element(std::string_view name, std::string_view text) {
    out.append("<").append(name).append(">");
    append_escaped(out, text);
    out.append("</").append(name).append(">");
  }

  void open(std::string_view name, size_t number) {
    out.append("<").append(name).append(" number=\"").append(std::to_string(number)).append("\">");
  }

  void write_xml_attribute(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append(" ").append(name).append("=\"");
    append_escaped(out, value);
    out += '"';
  }
};

} // namespace

std::string native_model_xml(const json_value& object) {
  xml_writer writer;
  writer.attributes(object);
  writer.out += "</NativeDicomModel>";
  return std::move(writer.out);
}

caf::expected<std::string> native_model_xml(std::string_view json) {
  const auto object = parse_json_object(json);
  if (!object) return object.error();
  return native_model_xml(*object);
}

} // namespace noctis
