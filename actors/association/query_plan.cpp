#include "actors/association/query_plan.hpp"

#include "dicom/json/json.hpp"
#include "dicom/json/object.hpp"
#include "dicom/scanner.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint32_t specific_character_set = 0x00080005;
constexpr uint32_t patient_id = 0x00100020;
constexpr uint32_t study_instance_uid = 0x0020000D;
constexpr uint32_t series_instance_uid = 0x0020000E;
constexpr uint32_t sop_instance_uid = 0x00080018;

/// A level of an information model and its unique key (PS3.4 C.6.1.1, C.6.2.1).
struct model_level {
  std::string_view name; ///< Query/Retrieve Level (0008,0052)
  query_level level;
  uint32_t unique_key;
};

const std::vector<model_level>& levels_of(information_model model) {
  static const std::vector<model_level> patient_root{
      {"PATIENT", query_level::patient, patient_id},
      {"STUDY", query_level::study, study_instance_uid},
      {"SERIES", query_level::series, series_instance_uid},
      {"IMAGE", query_level::instance, sop_instance_uid},
  };
  static const std::vector<model_level> study_root{patient_root.begin() + 1, patient_root.end()};
  static const std::vector<model_level> patient_study_only{patient_root.begin(), patient_root.begin() + 2};
  switch (model) {
  case information_model::patient_root:
    return patient_root;
  case information_model::patient_study_only:
    return patient_study_only;
  default:
    return study_root;
  }
}

caf::error wrong(const std::string& reason) { return failure(errc::invalid_argument, reason); }

const match_key* find_key(const std::vector<match_key>& keys, uint32_t tag) {
  const auto found = std::find_if(keys.begin(), keys.end(), [tag](const match_key& key) {
    return key.path.size() == 1 && key.path.front() == tag;
  });
  return found == keys.end() || found->values.empty() ? nullptr : &*found;
}

bool has_wildcard(const std::string& value) { return value.find_first_of("*?") != std::string::npos; }

/// Checks the values of a unique key: UIDs, or patient IDs without wildcards.
caf::error check_values(uint32_t tag, const match_key& key) {
  for (const auto& value : key.values) {
    if (value.empty()) return wrong("empty value in " + keyword_of(tag));
    if (tag != patient_id && !valid_uid(value)) return wrong(keyword_of(tag) + " is no UID: " + shown(value));
    if (has_wildcard(value)) return wrong("wildcard in unique key " + keyword_of(tag));
  }
  return {};
}

/// Checks that the unique keys of the levels above `last` have single values.
caf::error check_keys_above(const std::vector<model_level>& levels, size_t last, const std::vector<match_key>& keys) {
  for (size_t i = 0; i < last; ++i) {
    const auto tag = levels[i].unique_key;
    const auto* key = find_key(keys, tag);
    if (!key) return wrong("unique key missing: " + keyword_of(tag));
    if (key->values.size() != 1) return wrong("unique key with several values: " + keyword_of(tag));
    if (auto error = check_values(tag, *key)) return error;
  }
  return {};
}

caf::expected<size_t> position_of(const std::vector<model_level>& levels, const std::string& name) {
  if (name.empty()) return wrong("QueryRetrieveLevel (0008,0052) is missing");
  const auto found = std::find_if(levels.begin(), levels.end(), [&](const model_level& l) { return l.name == name; });
  if (found == levels.end()) return wrong("QueryRetrieveLevel is not one of this model: " + shown(name));
  return static_cast<size_t>(found - levels.begin());
}

} // namespace

caf::expected<query_identifier> read_identifier(const std::vector<uint8_t>& bytes,
                                                const std::string& transfer_syntax_uid) {
  const auto json = data_set_json(bytes.data(), bytes.size(), transfer_syntax_uid);
  if (!json) return json.error();
  auto document = parse_json_object(*json);
  if (!document) return std::move(document.error());
  auto query = match_keys_of(*document);
  if (!query) return std::move(query.error());
  header_scanner scanner{transfer_syntax_uid, {specific_character_set}};
  if (auto error = scanner.feed(bytes.data(), bytes.size())) return error;
  const auto* character_set = scanner.find(specific_character_set);
  return query_identifier{std::move(*document), std::move(*query),
                          character_set ? std::string{trimmed(character_set->bytes)} : std::string{}};
}

caf::expected<find_request> plan_find(information_model model, const query_identifier& identifier,
                                      const query_features& features) {
  find_request request;
  request.keys = identifier.query.keys;
  request.returned = identifier.query.returned;
  request.fuzzy_names = features.fuzzy_names;
  if (model == information_model::worklist) {
    request.level = query_level::workitem;
    return request;
  }
  const auto& levels = levels_of(model);
  const auto at = position_of(levels, identifier.query.level);
  if (!at) return at.error();
  if (!features.relational) {
    if (auto error = check_keys_above(levels, *at, request.keys)) return error;
  }
  const auto& asked = levels[*at];
  if (const auto* key = find_key(request.keys, asked.unique_key); key && asked.unique_key != patient_id) {
    if (auto error = check_values(asked.unique_key, *key)) return error;
  }
  request.level = asked.level;
  return request;
}

caf::expected<find_request> plan_retrieve(information_model model, const query_identifier& identifier,
                                          const query_features& features) {
  const auto& levels = levels_of(model);
  const auto at = position_of(levels, identifier.query.level);
  if (!at) return at.error();
  const auto& keys = identifier.query.keys;
  if (!features.relational) {
    if (auto error = check_keys_above(levels, *at, keys)) return error;
  }
  find_request request;
  request.level = levels[*at].level;
  for (size_t i = 0; i <= *at; ++i) {
    const auto tag = levels[i].unique_key;
    const auto* key = find_key(keys, tag);
    if (!key && i == *at) return wrong("unique key missing: " + keyword_of(tag));
    if (!key) continue;
    if (auto error = check_values(tag, *key)) return error;
    if (tag == patient_id && key->values.size() != 1) return wrong("several values of PatientID");
    request.keys.push_back(*key);
  }
  request.returned = {study_instance_uid, series_instance_uid, sop_instance_uid};
  // A patient's studies are found at their own level, for a patient has no UID to list instances by.
  if (request.level == query_level::patient) request.level = query_level::study;
  return request;
}

} // namespace noctis
