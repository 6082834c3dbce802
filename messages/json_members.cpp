#include "messages/json_members.hpp"

#include "messages/errors.hpp"

namespace noctis {

json_members::json_members(const rapidjson::Value& object, std::string what) : object_(object), what_(std::move(what)) {
  if (!object_.IsObject()) error_ = failure(errc::invalid_argument, what_ + " is no JSON object");
}

json_members::json_members(std::string_view text, std::string what) : object_(parsed_), what_(std::move(what)) {
  parsed_.Parse(text.data(), text.size());
  if (parsed_.HasParseError() || !parsed_.IsObject())
    error_ = failure(errc::invalid_argument, what_ + " is no JSON object");
}

template <class Fits>
const rapidjson::Value* json_members::find(const char* name, presence how, const char* type, Fits fits) {
  if (error_) return nullptr;
  const auto found = object_.FindMember(name);
  const bool is_there = found != object_.MemberEnd() && !found->value.IsNull();
  if (is_there && fits(found->value)) return &found->value;
  if (is_there || how == presence::required)
    error_ = failure(errc::invalid_argument, what_ + ": " + name + " must be " + type);
  return nullptr;
}

void json_members::text(const char* name, std::string& into, presence how) {
  if (const auto* value = find(name, how, "a string", [](const auto& v) { return v.IsString(); }))
    into.assign(value->GetString(), value->GetStringLength());
}

void json_members::real(const char* name, double& into, presence how) {
  if (const auto* value = find(name, how, "a number", [](const auto& v) { return v.IsNumber(); }))
    into = value->GetDouble();
}

void json_members::flag(const char* name, bool& into, presence how) {
  if (const auto* value = find(name, how, "true or false", [](const auto& v) { return v.IsBool(); }))
    into = value->GetBool();
}

const rapidjson::Value* json_members::array(const char* name, presence how) {
  return find(name, how, "an array", [](const auto& v) { return v.IsArray(); });
}

const rapidjson::Value* json_members::object(const char* name, presence how) {
  return find(name, how, "an object", [](const auto& v) { return v.IsObject(); });
}

const rapidjson::Value* json_members::signed_number(const char* name, int64_t least, int64_t most, presence how) {
  return find(name, how, "a whole number that is possible here",
              [=](const auto& v) { return v.IsInt64() && v.GetInt64() >= least && v.GetInt64() <= most; });
}

const rapidjson::Value* json_members::unsigned_number(const char* name, uint64_t most, presence how) {
  return find(name, how, "a whole number that is possible here",
              [=](const auto& v) { return v.IsUint64() && v.GetUint64() <= most; });
}

std::vector<std::string> texts_in(const rapidjson::Value& array) {
  std::vector<std::string> texts;
  if (!array.IsArray()) return texts;
  for (const auto& each : array.GetArray()) {
    if (!each.IsString()) return {};
    texts.emplace_back(each.GetString(), each.GetStringLength());
  }
  return texts;
}

} // namespace noctis
