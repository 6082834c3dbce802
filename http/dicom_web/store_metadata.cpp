#include "http/dicom_web/store_metadata.hpp"

#include "dicom/part10.hpp"
#include "http/dicom_web/frame_media.hpp"
#include "messages/errors.hpp"

namespace noctis {

namespace {

constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number study_instance_uid = 0x0020000D;
constexpr tag_number series_instance_uid = 0x0020000E;
constexpr const char* explicit_little = "1.2.840.10008.1.2.1";

/// Content-ID stands in angle brackets and is spoken of as "cid:…" (RFC 2392).
std::string location_of(std::string text) {
  if (text.size() > 2 && text.front() == '<' && text.back() == '>') return "cid:" + text.substr(1, text.size() - 2);
  return text;
}

} // namespace

void store_metadata::begin_metadata() {
  documents_.emplace_back();
  bulk_ = nullptr;
}

void store_metadata::begin_bulk_data(const std::string& location, const std::string& type,
                                     const std::string& transfer_syntax) {
  auto& data = bulk_data_[location_of(location)];
  data.transfer_syntax = transfer_syntax.empty() ? syntax_of_media_type(type) : transfer_syntax;
  bulk_ = &data.parts.emplace_back();
}

std::string store_metadata::add(const char* bytes, size_t size) {
  bytes_ += size;
  if (bytes_ > most_bytes)
    return "metadata and bulk data together are larger than " + std::to_string(most_bytes) + " bytes";
  if (bulk_ == nullptr)
    documents_.back().append(bytes, size);
  else
    bulk_->insert(bulk_->end(), bytes, bytes + size);
  return {};
}

caf::error store_metadata::for_each(const std::function<void(instance_identity, caf::expected<blob>)>& take) {
  std::vector<rapidjson::Document> all;
  for (const auto& document : documents_) {
    auto objects = parse_json_objects(document);
    if (!objects) return objects.error();
    all.push_back(std::move(*objects));
  }
  for (const auto& objects : all) {
    for (const auto& object : objects.GetArray()) {
      instance_identity what{text_of(object, sop_class_uid), text_of(object, sop_instance_uid),
                             text_of(object, study_instance_uid), text_of(object, series_instance_uid)};
      auto file = file_of(object, what);
      take(std::move(what), std::move(file));
    }
  }
  return caf::none;
}

caf::expected<blob> store_metadata::file_of(const rapidjson::Value& object, const instance_identity& what) const {
  if (!what.is_complete())
    return failure(errc::missing_identifier, "SOP Class, SOP Instance, Study or Series Instance UID is missing");
  const auto syntax = syntax_of(object);
  json_encoding_options options;
  options.output = most_bytes;
  options.bulk_data = [this](std::string_view uri, tag_number) { return find(uri); };
  const auto data_set = encode_json_data_set(object, syntax, options);
  if (!data_set) return data_set.error();
  auto file = part10_preamble(what.sop_class, what.sop_instance, syntax, {});
  file.insert(file.end(), data_set->begin(), data_set->end());
  return blob{std::move(file)};
}

caf::expected<bulk_data_parts> store_metadata::find(std::string_view uri) const {
  const auto found = bulk_data_.find(uri);
  if (found != bulk_data_.end()) return found->second.parts;
  return failure(errc::invalid_argument, "there is no part with the location " + std::string(uri.substr(0, 256)));
}

std::string store_metadata::syntax_of(const rapidjson::Value& object) const {
  const auto* pixels = find_attribute(object, tags::pixel_data);
  if (pixels == nullptr || !pixels->IsObject()) return explicit_little;
  const auto uri = pixels->FindMember("BulkDataURI");
  if (uri == pixels->MemberEnd() || !uri->value.IsString()) return explicit_little;
  const auto found = bulk_data_.find(std::string_view(uri->value.GetString(), uri->value.GetStringLength()));
  return found == bulk_data_.end() ? explicit_little : found->second.transfer_syntax;
}

} // namespace noctis
