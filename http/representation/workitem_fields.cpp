#include "http/representation/workitem_fields.hpp"

#include "dicom/json/object.hpp"
#include "http/representation/time_text.hpp"
#include "http/request/context.hpp"

#include <algorithm>
#include <cctype>

namespace noctis {

namespace {

constexpr tag_number step_sequence = 0x00400100;
constexpr tag_number start_date = 0x00400002;
constexpr tag_number start_time = 0x00400003;
constexpr auto start_field = "scheduled_start";

enum class form { text, code, date, uid, name };

struct field {
  const char* name;
  tag_number tag;
  vr representation;
  size_t longest; ///< characters (PS3.5 6.2)
  form is;
  bool in_step; ///< in the item of the Scheduled Procedure Step Sequence (0040,0100)
};

constexpr field fields[] = {
    {"patient_id", 0x00100020, vr::LO, 64, form::text, false},
    {"issuer", 0x00100021, vr::LO, 64, form::text, false},
    {"patient_name", 0x00100010, vr::PN, 194, form::name, false},
    {"birth_date", 0x00100030, vr::DA, 10, form::date, false},
    {"sex", 0x00100040, vr::CS, 1, form::code, false},
    {"accession_number", 0x00080050, vr::SH, 16, form::text, false},
    {"referring_physician", 0x00080090, vr::PN, 194, form::name, false},
    {"study_instance_uid", 0x0020000D, vr::UI, 64, form::uid, false},
    {"procedure_id", 0x00401001, vr::SH, 16, form::text, false},
    {"procedure_description", 0x00321060, vr::LO, 64, form::text, false},
    {"priority", 0x00401003, vr::SH, 16, form::text, false},
    {"modality", 0x00080060, vr::CS, 16, form::code, true},
    {"station_ae_title", 0x00400001, vr::AE, 16, form::text, true},
    {"station_name", 0x00400010, vr::SH, 16, form::text, true},
    {"location", 0x00400011, vr::SH, 16, form::text, true},
    {"performing_physician", 0x00400006, vr::PN, 194, form::name, true},
    {"step_id", 0x00400009, vr::SH, 16, form::text, true},
    {"step_description", 0x00400007, vr::LO, 64, form::text, true},
};

const rapidjson::Value& step_of(const rapidjson::Value& attributes) {
  static const rapidjson::Value none(rapidjson::kObjectType);
  const auto items = items_of(attributes, step_sequence);
  return items.empty() ? none : *items.front();
}

size_t characters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80; }));
}

/// What is wrong with a value, "" for nothing.
std::string wrong_with(const field& f, const std::string& value) {
  const auto only = [&](auto allowed) { return std::all_of(value.begin(), value.end(), allowed); };
  if (characters(value) > f.longest) return "Longer than " + std::to_string(f.longest) + " characters.";
  if (!only([](unsigned char c) { return c >= 0x20 && c != '\\' && c != 0x7F; }))
    return "Control characters and backslashes are not allowed.";
  if (f.is == form::date && !value.empty() && da_of(value).empty()) return "Must be a date as YYYY-MM-DD.";
  if (f.is == form::uid && !only([](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; }))
    return "Must be a DICOM UID.";
  if (f.is == form::code &&
      !only([](unsigned char c) { return std::isupper(c) != 0 || std::isdigit(c) != 0 || c == '_' || c == ' '; }))
    return "Must be of capital letters, digits, spaces and underscores.";
  return {};
}

void put(json_data_set& into, const field& f, const std::string& value) {
  into.set(f.tag, f.representation, f.is == form::date ? da_of(value) : value);
}

/// Divides "2026-01-31T10:20[:30]" into DA and TM; false where it is none.
bool read_moment(const std::string& text, std::string& date, std::string& time) {
  constexpr size_t date_length = 10;
  constexpr size_t minutes_length = 16;
  constexpr size_t seconds_length = 19;
  if (text.size() != minutes_length && text.size() != seconds_length) return false;
  if (text[date_length] != 'T') return false;
  date = da_of(text.substr(0, date_length));
  time = text.substr(date_length + 1);
  time.erase(std::remove(time.begin(), time.end(), ':'), time.end());
  return !date.empty() && time.size() == (text.size() == minutes_length ? 4 : 6) && !iso_time(time).empty();
}

void put_start(json_data_set& step, const rapidjson::Value& value, field_errors& errors) {
  std::string date;
  std::string time;
  if (value.IsString() && !read_moment(value.GetString(), date, time)) {
    errors[start_field].emplace_back("Must be a local time as YYYY-MM-DDTHH:MM.");
    return;
  }
  step.set(start_date, vr::DA, date);
  step.set(start_time, vr::TM, time);
}

} // namespace

void write_workitem_fields(json_text& json, const rapidjson::Value& attributes) {
  const auto& step = step_of(attributes);
  for (const auto& f : fields) {
    const auto text = text_of(f.in_step ? step : attributes, f.tag);
    json.field(f.name, f.is == form::date ? iso_date(text) : text);
  }
  const auto date = iso_date(text_of(step, start_date));
  const auto time = iso_time(text_of(step, start_time));
  json.key(start_field);
  if (date.empty())
    json.value(nullptr);
  else
    json.value(time.empty() ? date : date + "T" + time);
}

std::string workitem_attributes_from(const rapidjson::Value& body, const rapidjson::Value& attributes) {
  json_data_set whole(attributes);
  json_data_set step(step_of(attributes));
  field_errors errors;
  for (const auto& f : fields) {
    if (!body.HasMember(f.name)) continue;
    const auto value = field_text(body, f.name);
    if (auto wrong = wrong_with(f, value); !wrong.empty()) errors[f.name].push_back(std::move(wrong));
    put(f.in_step ? step : whole, f, value);
  }
  if (body.HasMember(start_field)) put_start(step, body[start_field], errors);
  if (!errors.empty()) throw refusal(problem_of(std::move(errors)));
  whole.set_items(step_sequence, {step});
  return whole.str();
}

} // namespace noctis
