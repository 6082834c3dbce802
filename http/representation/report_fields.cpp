#include "http/representation/report_fields.hpp"

#include "http/representation/known.hpp"
#include "http/representation/time_text.hpp"
#include "http/request/context.hpp"

#include <ctime>

namespace noctis {

namespace {

void write_signature(json_text& json, const report_signature& what) {
  json.begin_object();
  json.field("signed_by", what.signed_by);
  json.field("signed_at", rfc3339(what.signed_at));
  json.field("digest", what.digest);
  json.field("intact", what.intact);
  json.end_object();
}

void write_editor(json_text& json, const report& what) {
  if (what.editor == 0) return json.value(nullptr);
  json.begin_object();
  json.field("id", what.editor);
  json.field("name", what.editor_name);
  json.field("since", rfc3339(what.editing_since));
  json.end_object();
}

void write_summary_fields(json_text& json, const report& what) {
  json.field("id", what.id);
  json.key("study");
  write(json, what.study);
  json.field("status", what.status);
  json.field("version", what.version);
  json.field("editing", what.editing);
  json.field("revision", what.revision);
  json.key("author");
  json.begin_object();
  json.field("id", what.author);
  json.field("name", what.author_name);
  json.end_object();
  json.key("editor");
  write_editor(json, what);
  json.key("signature");
  if (what.version == 0)
    json.value(nullptr);
  else
    write_signature(json, what.signature);
  json.field("created_at", rfc3339(what.created_at));
  json.field("updated_at", rfc3339(what.updated_at));
  write_known(json, "snippet", what.snippet);
}

void write_sections(json_text& json, const std::vector<report_section>& sections) {
  json.objects("sections", sections, [&](const auto& one) {
    json.field("heading", one.heading);
    json.field("text", one.text);
  });
}

std::vector<report_section> sections_of(const rapidjson::Value& object) {
  std::vector<report_section> result;
  const auto found = object.FindMember("sections");
  if (found == object.MemberEnd()) return result;
  for (const auto& one : found->value.GetArray())
    result.push_back({field_text(one, "heading"), field_text(one, "text")});
  return result;
}

} // namespace

void write_summary(json_text& json, const report& what) {
  json.begin_object();
  write_summary_fields(json, what);
  json.end_object();
}

void write(json_text& json, const report& what) {
  json.begin_object();
  write_summary_fields(json, what);
  json.key("content");
  write(json, what.content);
  json.end_object();
}

void write(json_text& json, const report_content& what) {
  json.begin_object();
  json.field("title", what.title);
  json.field("language", what.language);
  write_sections(json, what.sections);
  json.objects("values", what.values, [&](const auto& one) {
    json.field("heading", one.heading);
    json.field("text", one.text);
    json.field("source", one.source);
    json.field("id", one.id);
    json.field("origin", one.origin);
  });
  json.objects("images", what.images, [&](const auto& one) {
    json.field("sop_instance_uid", one.sop_instance_uid);
    json.field("frame", one.frame);
    json.field("caption", one.caption);
  });
  json.field("addendum", what.addendum);
  json.end_object();
}

void write(json_text& json, const report_version& what) {
  json.begin_object();
  json.field("version", what.version);
  json.field("status", what.status);
  json.key("content");
  write(json, what.content);
  json.key("signature");
  write_signature(json, what.signature);
  write_known(json, "document_uid", what.document_uid);
  write_known(json, "sr_uid", what.sr_uid);
  json.end_object();
}

void write(json_text& json, const report_attachment& what) {
  json.begin_object();
  json.field("id", what.id);
  json.field("name", what.name);
  json.field("media_type", what.media_type);
  json.field("size", what.size);
  json.field("added_by", what.added_by);
  json.field("added_at", rfc3339(what.added_at));
  json.end_object();
}

void write(json_text& json, const report_communication& what) {
  json.begin_object();
  json.field("id", what.id);
  json.field("told", what.told);
  json.field("how", what.how);
  json.field("finding", what.finding);
  json.field("read_back", what.read_back);
  json.field("at", rfc3339(what.at));
  json.field("told_by", what.told_by);
  json.end_object();
}

void write(json_text& json, const report_template& what) {
  json.begin_object();
  json.field("id", what.id);
  json.field("name", what.name);
  json.field("modality", what.modality);
  json.field("body_part", what.body_part);
  json.field("title", what.title);
  write_sections(json, what.sections);
  json.objects("macros", what.macros, [&](const auto& one) {
    json.field("name", one.name);
    json.field("text", one.text);
  });
  json.field("version", what.version);
  json.field("changed_by", what.changed_by);
  json.field("updated_at", rfc3339(what.updated_at));
  json.end_object();
}

report_content read_report_content(const rapidjson::Value& content) {
  report_content result;
  result.title = field_text(content, "title");
  if (content.HasMember("language")) result.language = field_text(content, "language");
  result.sections = sections_of(content);
  if (content.HasMember("values")) {
    for (const auto& one : content["values"].GetArray())
      result.values.push_back({field_text(one, "heading"), field_text(one, "text"), field_text(one, "source"),
                               field_text(one, "id"), field_text(one, "origin")});
  }
  if (content.HasMember("images")) {
    for (const auto& one : content["images"].GetArray())
      result.images.push_back({field_text(one, "sop_instance_uid"), one.HasMember("frame") ? one["frame"].GetInt() : 1,
                               field_text(one, "caption")});
  }
  result.addendum = field_text(content, "addendum");
  return result;
}

report_template read_report_template(const rapidjson::Value& body) {
  report_template result;
  result.name = field_text(body, "name");
  result.modality = field_text(body, "modality");
  result.body_part = field_text(body, "body_part");
  result.title = field_text(body, "title");
  result.sections = sections_of(body);
  if (body.HasMember("macros")) {
    for (const auto& one : body["macros"].GetArray())
      result.macros.push_back({field_text(one, "name"), field_text(one, "text")});
  }
  if (body.HasMember("version")) result.version = body["version"].GetInt64();
  return result;
}

report_communication read_report_communication(const rapidjson::Value& body) {
  report_communication result;
  result.told = field_text(body, "told");
  result.how = field_text(body, "how");
  result.finding = field_text(body, "finding");
  result.read_back = body.HasMember("read_back") && body["read_back"].GetBool();
  result.at = body.HasMember("at") ? ms_of(field_text(body, "at")) : int64_t{std::time(nullptr)} * 1000;
  if (result.at <= 0) throw refusal(problem_of(field_errors{{"at", {"Not a time such as 2026-01-31T10:20:30Z."}}}));
  return result;
}

} // namespace noctis
