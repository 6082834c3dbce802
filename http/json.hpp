#pragma once

#include "messages/accounts.hpp"
#include "messages/edit.hpp"
#include "messages/ingest.hpp"
#include "messages/jobs.hpp"
#include "messages/query.hpp"
#include "messages/system.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
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
  /// Puts a document that is JSON already.
  void raw(std::string_view document);

  /// Returns the document.
  std::string take() { return {buffer_.GetString(), buffer_.GetSize()}; }

private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_;
};

/// Returns a value that was parsed as a document again.
std::string json_of(const rapidjson::Value& value);

/// Returns `text` with U+FFFD in the place of what is not UTF-8.
std::string valid_utf8(std::string_view text);

// The shapes of the REST contract.
void write(json_text& json, const user_profile& user);
/// Somebody as colleagues see them.
void write(json_text& json, const person& somebody);
void write(json_text& json, const patient_row& patient);
/// A study as the worklist shows it.
void write(json_text& json, const study_row& study);
/// A study as the DICOM API shows it.
void write_brief(json_text& json, const study_row& study);
/// A series with its images when `with_images`.
void write(json_text& json, const series_row& series, bool with_images);
/// An image within a study.
void write(json_text& json, const image_row& image);
/// An image within a list of a series' images.
void write_with_thumbnail(json_text& json, const image_row& image);
void write(json_text& json, const quarantine_entry& entry);
void write(json_text& json, const facility_row& facility);
/// A patient with its studies.
void write(json_text& json, const patient_detail& patient);
void write(json_text& json, const job& work);
void write(json_text& json, const ae_row& entity);

/// Returns the URL of an image's file.
std::string file_url(int64_t image);

} // namespace noctis
