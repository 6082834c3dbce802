#pragma once

#include "dicom/data_set_parser.hpp"
#include "dicom/json/json.hpp"
#include "dicom/json/values.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace noctis {

/// Writes DICOM JSON while a data set, or chosen attributes of one, are parsed.
class json_sink : public data_set_sink {
public:
  /// `options` outlives the sink. `character_set`: the raw value of (0008,0005), until the data set tells its own.
  explicit json_sink(const json_options& options, std::string_view character_set = {});

  bool wants(const element& head) override;
  caf::error value(const element& head, const uint8_t* bytes, size_t size) override;
  void fragments(const element& head) override;
  void begin_sequence(const element& head) override;
  void end_sequence() override;
  void begin_item() override;
  void end_item() override;
  vr implicit_vr(tag_number tag) override { return dictionary_vr(tag); }

  /// Bytes so far.
  [[nodiscard]] size_t size() const { return buffer_.GetSize(); }

  /// Ends the object and returns it. Nothing is written after that.
  std::string finish();

private:
  /// The data set or an item of it.
  struct level {
    explicit level(std::shared_ptr<text_decoder> d) : decoder(std::move(d)) {}
    std::shared_ptr<text_decoder> decoder;
    std::unordered_set<tag_number> seen;
  };

  struct sequence {
    std::string digits;
    size_t items = 0;
  };

  bool begins(tag_number tag);
  [[nodiscard]] vr representation_of(const element& head) const;
  [[nodiscard]] size_t limit_of(vr representation) const;
  void write_head(tag_number tag, vr representation);
  void write_bulk(const element& head);
  [[nodiscard]] caf::error check_size() const;

  const json_options& options_;
  rapidjson::StringBuffer buffer_;
  json_writer out_{buffer_};
  std::vector<level> levels_;
  std::vector<sequence> sequences_;
  size_t skipped_ = 0; ///< sequences open that are not written
  bool signed_pixels_ = false;
};

} // namespace noctis
