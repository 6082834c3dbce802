#pragma once

#include <caf/optional.hpp>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace noctis {

/// Writes one JSON document. Text that is not UTF-8 loses the bytes in question to U+FFFD.
class json_text {
public:
  json_text() : writer_(buffer_) {}

  void begin_object() { writer_.StartObject(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }
  void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(bool flag) { writer_.Bool(flag); }
  void value(double number);
  void value(std::nullptr_t) { writer_.Null(); }
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>>>
  void value(Integer number) {
    if constexpr (std::is_signed_v<Integer>)
      writer_.Int64(number);
    else
      writer_.Uint64(number);
  }
  template <class T>
  void value(const caf::optional<T>& number) {
    if (number)
      value(*number);
    else
      writer_.Null();
  }
  template <class T>
  void value(const std::vector<T>& items) {
    begin_array();
    for (const auto& item : items) value(item);
    end_array();
  }
  template <class T>
  void field(std::string_view name, const T& what) {
    key(name);
    value(what);
  }
  /// Writes an array of objects; `write` writes the members of one.
  template <class Items, class Write>
  void objects(std::string_view name, const Items& items, Write write) {
    key(name);
    begin_array();
    for (const auto& item : items) {
      begin_object();
      write(item);
      end_object();
    }
    end_array();
  }
  /// Puts a document that is JSON already.
  void raw(std::string_view document);

  /// Returns the document.
  std::string take() { return {buffer_.GetString(), buffer_.GetSize()}; }

private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_;
};

/// Returns an object of one member.
template <class T>
std::string json_object(std::string_view name, const T& what) {
  json_text json;
  json.begin_object();
  json.field(name, what);
  json.end_object();
  return json.take();
}

/// Returns a value that was parsed as a document again.
std::string json_of(const rapidjson::Value& value);

/// Returns `text` with U+FFFD in the place of what is not UTF-8.
std::string valid_utf8(std::string_view text);

} // namespace noctis
