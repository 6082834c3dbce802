#include "schema/repositories/reports/json.hpp"

#include "messages/json_text.hpp"

#include <rapidjson/document.h>

#include <cstdint>

namespace noctis::schema {

namespace {

void put_sections(json_text& json, const std::vector<report_section>& sections) {
  json.objects("sections", sections, [&](const report_section& one) {
    json.field("heading", one.heading);
    json.field("text", one.text);
  });
}

/// Calls `read` with each object of an array.
template <class Read>
void each_object(const rapidjson::Value& object, const char* name, Read read) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsArray()) return;
  for (const auto& one : found->value.GetArray()) {
    if (one.IsObject()) read(one);
  }
}

std::vector<report_section> sections_of(const rapidjson::Value& object) {
  std::vector<report_section> result;
  each_object(object, "sections", [&](const rapidjson::Value& one) {
    result.push_back({text_of(one, "heading"), text_of(one, "text")});
  });
  return result;
}

/// What somebody changed in the database until it is no JSON, holds nothing.
rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (document.HasParseError() || !document.IsObject()) document.SetObject();
  return document;
}

} // namespace

std::string text_of(const rapidjson::Value& object, const char* name) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsString()) return {};
  return {found->value.GetString(), found->value.GetStringLength()};
}

std::string content_of(const report_content& what) {
  json_text json;
  json.begin_object();
  json.field("title", what.title);
  json.field("language", what.language);
  put_sections(json, what.sections);
  json.objects("values", what.values, [&](const report_value& one) {
    json.field("heading", one.heading);
    json.field("text", one.text);
    json.field("source", one.source);
    json.field("id", one.id);
    json.field("origin", one.origin);
  });
  json.objects("images", what.images, [&](const report_image& one) {
    json.field("sop_instance_uid", one.sop_instance_uid);
    json.field("frame", one.frame);
    json.field("caption", one.caption);
  });
  json.field("addendum", what.addendum);
  json.end_object();
  return json.take();
}

report_content report_content_from(const std::string& json) {
  const auto document = parsed(json);
  report_content result;
  result.title = text_of(document, "title");
  result.language = text_of(document, "language");
  result.sections = sections_of(document);
  each_object(document, "values", [&](const rapidjson::Value& one) {
    result.values.push_back({text_of(one, "heading"), text_of(one, "text"), text_of(one, "source"), text_of(one, "id"),
                             text_of(one, "origin")});
  });
  each_object(document, "images", [&](const rapidjson::Value& one) {
    const auto frame = one.FindMember("frame");
    result.images.push_back({text_of(one, "sop_instance_uid"),
                             frame != one.MemberEnd() && frame->value.IsInt() ? frame->value.GetInt() : 1,
                             text_of(one, "caption")});
  });
  result.addendum = text_of(document, "addendum");
  return result;
}

std::string content_of(const report_template& what) {
  json_text json;
  json.begin_object();
  json.field("title", what.title);
  put_sections(json, what.sections);
  json.objects("macros", what.macros, [&](const report_macro& one) {
    json.field("name", one.name);
    json.field("text", one.text);
  });
  json.end_object();
  return json.take();
}

void read_template(const std::string& json, report_template& into) {
  const auto document = parsed(json);
  into.title = text_of(document, "title");
  into.sections = sections_of(document);
  each_object(document, "macros", [&](const rapidjson::Value& one) {
    into.macros.push_back({text_of(one, "name"), text_of(one, "text")});
  });
}

std::string searched_text_of(const report_content& what) {
  std::string result;
  const auto add = [&](const std::string& text) {
    if (text.empty()) return;
    if (!result.empty()) result += '\n';
    for (const char c : text) {
      const auto byte = static_cast<uint8_t>(c);
      result += (byte < 0x20 && c != '\n') || byte == 0x7F ? ' ' : c;
      if (c == '<') result += ' ';
    }
  };
  add(what.title);
  for (const auto& section : what.sections) add(section.text);
  for (const auto& value : what.values) add(value.text);
  for (const auto& image : what.images) add(image.caption);
  add(what.addendum);
  return result;
}

} // namespace noctis::schema
