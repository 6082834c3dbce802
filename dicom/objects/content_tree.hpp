#pragma once

#include "dicom/objects/made_object.hpp"
#include "dicom/objects/measurement_codes.hpp"
#include "messages/annotations.hpp"

#include <caf/error.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmsr/dsrdoc.h>

#include <string>

// The content of an SR document while it grows. For the sources of this room alone.

namespace noctis {

/// Returns the code as DCMTK has it.
DSRCodedEntryValue entry(const concept_code& what);

/// Returns a code with texts of its own as DCMTK has it; values of more than 16 characters become Long Code Values.
DSRCodedEntryValue entry(const code_text& what);

/// Adds content items to a document, each below the one that is open. The first thing that DCMTK refuses is kept.
class content_tree {
public:
  /// Begins with a container of this name.
  content_tree(DSRDocument& document, const concept_code& title, const char* template_id);

  using relation = DSRTypes::E_RelationshipType;

  /// Adds an item and leaves it open; `name` nullptr: without a name.
  void open(relation how, DSRTypes::E_ValueType type, const concept_code* name);
  void open_container(const concept_code& name, const char* template_id);
  void close();

  /// Each of these adds an item and leaves the one above it open.
  void add_code(relation how, const concept_code& name, const concept_code& value);
  void add_code(relation how, const concept_code& name, const code_text& value);
  void add_text(relation how, const concept_code& name, const std::string& value);
  void add_uid(relation how, const concept_code& name, const std::string& value);
  void add_name(relation how, const concept_code& name, const std::string& value);
  void add_image(relation how, const concept_code* name, const annotation& what);
  void add_image(relation how, const concept_code* name, const object_reference& what);

  /// The item that is open.
  DSRContentItem& item() { return tree_.getCurrentContentItem(); }

  void check(const OFCondition& result);

  /// What DCMTK has refused first, and below which item.
  [[nodiscard]] caf::error error() const;

private:
  DSRDocumentTree& tree_;
  std::string refused_;
};

/// Returns ms since the epoch as a DT value (YYYYMMDDHHMMSS), as this node's clock on the wall shows it.
std::string date_time_of(int64_t ms);

/// Returns text with the line ends of DICOM (PS3.5 6.1.3), or without them.
std::string with_crlf(const std::string& text);
std::string without_cr(const std::string& text);

} // namespace noctis
