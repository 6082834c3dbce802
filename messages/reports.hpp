#pragma once

#include "messages/principal.hpp"
#include "messages/query.hpp"

#include <caf/optional.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// What radiologists write. A study has one report; it grows by versions, and every version that was signed stays.
// draft → preliminary → final → amended. One person edits at a time. Times are ms since the epoch, UTC.

/// The queue of jobs that bring a signed version into its study as SR and PDF. Their payload is {"report": <id>,
/// "version": <number>, "study_uid": …}.
inline constexpr const char* report_queue = "report";

/// The headings, in the order in which they are read: clinical_information, technique, comparison, findings,
/// impression, recommendations.
const std::vector<std::string>& report_headings();

struct report_section {
  std::string heading; ///< one of `report_headings()`
  std::string text;    ///< plain, UTF-8, lines end by \n
};

/// A value that was pulled into a section, and where it comes from.
struct report_value {
  std::string heading;
  std::string text;   ///< as it was put into the section, e.g. "bleed 15.7 ml"
  std::string source; ///< annotation, analysis
  std::string id;     ///< of the annotation (UUID) or the finding (row id)
  std::string origin; ///< for people: "ct-head 1.0, series 2" or "Dr. Jane Doe"
};

struct report_image {
  std::string sop_instance_uid;
  int32_t frame = 1;
  std::string caption;
};

struct report_content {
  std::string title;
  std::string language = "en"; ///< RFC 5646
  std::vector<report_section> sections;
  std::vector<report_value> values;
  std::vector<report_image> images; ///< key images, in order, at most 24
  std::string addendum;             ///< of an amended version: what was changed, and why
};

/// Who signed what, and whether it is still that.
struct report_signature {
  std::string signed_by; ///< full name, else user name; "": not signed
  int64_t user = 0;
  int64_t signed_at = 0;
  std::string digest; ///< SHA-256 over content and identity: hexadecimal
  std::string seal;   ///< HMAC of the digest by the system's key: hexadecimal
  bool intact = true; ///< digest and seal fit what is kept
};

/// One version that was signed. 1, 2, 3 …
struct report_version {
  int32_t version = 0;
  std::string status; ///< preliminary, final, amended
  report_content content;
  report_signature signature;
  std::string document_uid; ///< SOP Instance UID of the PDF in the study, "": not yet
  std::string sr_uid;       ///< likewise of the SR
};

struct report {
  int64_t id = 0;
  study_row study;
  std::string status;         ///< draft, preliminary, final, amended
  int32_t version = 0;        ///< of the newest signed version; 0: none
  bool editing = false;       ///< there is a draft after the newest signed version
  int64_t revision = 0;       ///< counts the draft's savings
  report_content content;     ///< the draft, else the newest signed version
  report_signature signature; ///< of the newest signed version
  int64_t author = 0;
  std::string author_name;
  int64_t editor = 0; ///< user who edits now; 0: nobody
  std::string editor_name;
  int64_t editing_since = 0;
  int64_t created_at = 0;
  int64_t updated_at = 0;
  std::string snippet; ///< in lists that were searched: where the words stand, between \x02 and \x03
  bool is_new = false; ///< in the answer to an opening: it was made by it
};

/// A page of reports, the last changed first. Lists leave `content` empty.
struct report_filter {
  principal who;
  object_key study;   ///< id 0 and uid "": all
  std::string status; ///< "": all
  int64_t author = 0;
  std::string search; ///< words of any version's text
  int32_t page = 1;
  int32_t page_size = 50; ///< 1 … 200
};

struct report_page {
  int64_t count = 0;
  std::vector<report> reports;
};

struct report_request {
  principal who;
  int64_t id = 0;
};

/// The report of a study; made as a draft from a template where there is none. Whoever makes it edits it.
struct report_opening {
  principal who;
  object_key study;
  int64_t report_template = 0; ///< row id; 0: the best by modality and body part, else empty sections
};

/// Saves the draft. Fails with `state_conflict` where somebody else edits or `revision` is not the last one.
struct report_saving {
  principal who;
  int64_t id = 0;
  int64_t revision = 0;
  report_content content;
};

/// Begins to edit; prolongs it where the principal edits already. `take_over`: also where somebody else does.
struct report_claim {
  principal who;
  int64_t id = 0;
  bool take_over = false;
};

struct report_release {
  principal who;
  int64_t id = 0;
};

/// Makes the draft at `revision` the next version. The password is checked before.
struct report_signing {
  principal who;
  int64_t id = 0;
  int64_t revision = 0;
  std::string status; ///< preliminary, final; amended after a final one
  std::string password;
};

/// Begins an amendment of a final report: a draft of what was signed last.
struct report_amendment {
  principal who;
  int64_t id = 0;
};

struct report_versions {
  int64_t report = 0;
  std::vector<report_version> versions; ///< oldest first
};

/// Notes where a version's documents are in the study.
struct report_documents {
  principal who;
  int64_t report = 0;
  int32_t version = 0;
  std::string document_uid;
  std::string sr_uid;
};

struct report_attachment {
  int64_t id = 0;
  int64_t report = 0;
  std::string name;
  std::string media_type;
  int64_t size = 0; ///< bytes, at most 16 MiB
  std::string added_by;
  int64_t added_at = 0;
  std::vector<uint8_t> bytes; ///< empty in lists
};

struct report_attachments {
  std::vector<report_attachment> attachments;
};

struct report_attachment_put {
  principal who;
  report_attachment what; ///< name, media_type, report, bytes
};

struct report_attachment_request {
  principal who;
  int64_t report = 0;
  int64_t id = 0; ///< 0: all, without bytes
};

struct report_attachment_removal {
  principal who;
  int64_t report = 0;
  int64_t id = 0;
};

/// That somebody was told of a critical result.
struct report_communication {
  int64_t id = 0;
  int64_t report = 0;
  std::string told;    ///< who was told
  std::string how;     ///< phone, in_person, message
  std::string finding; ///< what was told
  bool read_back = false;
  int64_t at = 0; ///< when
  std::string told_by;
};

struct report_communications {
  std::vector<report_communication> communications; ///< oldest first
};

struct report_communication_put {
  principal who;
  report_communication what;
};

struct report_communication_request {
  principal who;
  int64_t report = 0;
};

/// A text that a short name stands for.
struct report_macro {
  std::string name;
  std::string text;
};

struct report_template {
  int64_t id = 0;
  std::string name;
  std::string modality;  ///< "": any
  std::string body_part; ///< "": any
  std::string title;
  std::vector<report_section> sections; ///< may hold fields: {{name|default}}
  std::vector<report_macro> macros;
  int64_t version = 0; ///< in a put: the version on which it is based; 0: new
  std::string changed_by;
  int64_t updated_at = 0;
};

struct report_templates {
  std::vector<report_template> templates; ///< by name
};

struct report_template_put {
  principal who;
  report_template what;
};

struct report_template_removal {
  principal who;
  int64_t id = 0;
};

/// Asks what stands at the head of a facility's documents.
struct letterhead_request {
  principal who;
  int64_t facility = 0;
};

struct letterhead {
  std::string institution;   ///< the facility's name
  std::string address;       ///< lines below it
  std::vector<uint8_t> logo; ///< a PNG of at most 256 KiB and 2,048 pixels to each side; empty: none
};

/// From the last image to the signature.
struct turnaround_request {
  principal who;
  int32_t days = 30; ///< 1 … 366
};

struct turnaround_figures {
  std::string modality;
  std::string priority;
  int64_t reports = 0;
  double median_minutes_to_preliminary = 0; ///< 0: none
  double median_minutes_to_final = 0;
  double p90_minutes_to_final = 0;
};

struct turnaround {
  std::vector<turnaround_figures> groups;
  int64_t drafts = 0; ///< open now
  int64_t unsigned_preliminary = 0;
};

template <class I>
typename I::result_type inspect(I& f, report_section& x) {
  return f(x.heading, x.text);
}

template <class I>
typename I::result_type inspect(I& f, report_value& x) {
  return f(x.heading, x.text, x.source, x.id, x.origin);
}

template <class I>
typename I::result_type inspect(I& f, report_image& x) {
  return f(x.sop_instance_uid, x.frame, x.caption);
}

template <class I>
typename I::result_type inspect(I& f, report_content& x) {
  return f(x.title, x.language, x.sections, x.values, x.images, x.addendum);
}

template <class I>
typename I::result_type inspect(I& f, report_signature& x) {
  return f(x.signed_by, x.user, x.signed_at, x.digest, x.seal, x.intact);
}

template <class I>
typename I::result_type inspect(I& f, report_version& x) {
  return f(x.version, x.status, x.content, x.signature, x.document_uid, x.sr_uid);
}

template <class I>
typename I::result_type inspect(I& f, report& x) {
  return f(x.id, x.study, x.status, x.version, x.editing, x.revision, x.content, x.signature, x.author, x.author_name,
           x.editor, x.editor_name, x.editing_since, x.created_at, x.updated_at, x.snippet, x.is_new);
}

template <class I>
typename I::result_type inspect(I& f, report_filter& x) {
  return f(x.who, x.study, x.status, x.author, x.search, x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, report_page& x) {
  return f(x.count, x.reports);
}

template <class I>
typename I::result_type inspect(I& f, report_request& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, report_opening& x) {
  return f(x.who, x.study, x.report_template);
}

template <class I>
typename I::result_type inspect(I& f, report_saving& x) {
  return f(x.who, x.id, x.revision, x.content);
}

template <class I>
typename I::result_type inspect(I& f, report_claim& x) {
  return f(x.who, x.id, x.take_over);
}

template <class I>
typename I::result_type inspect(I& f, report_release& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, report_signing& x) {
  return f(x.who, x.id, x.revision, x.status, x.password);
}

template <class I>
typename I::result_type inspect(I& f, report_amendment& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, report_versions& x) {
  return f(x.report, x.versions);
}

template <class I>
typename I::result_type inspect(I& f, report_documents& x) {
  return f(x.who, x.report, x.version, x.document_uid, x.sr_uid);
}

template <class I>
typename I::result_type inspect(I& f, report_attachment& x) {
  return f(x.id, x.report, x.name, x.media_type, x.size, x.added_by, x.added_at, x.bytes);
}

template <class I>
typename I::result_type inspect(I& f, report_attachments& x) {
  return f(x.attachments);
}

template <class I>
typename I::result_type inspect(I& f, report_attachment_put& x) {
  return f(x.who, x.what);
}

template <class I>
typename I::result_type inspect(I& f, report_attachment_request& x) {
  return f(x.who, x.report, x.id);
}

template <class I>
typename I::result_type inspect(I& f, report_attachment_removal& x) {
  return f(x.who, x.report, x.id);
}

template <class I>
typename I::result_type inspect(I& f, report_communication& x) {
  return f(x.id, x.report, x.told, x.how, x.finding, x.read_back, x.at, x.told_by);
}

template <class I>
typename I::result_type inspect(I& f, report_communications& x) {
  return f(x.communications);
}

template <class I>
typename I::result_type inspect(I& f, report_communication_put& x) {
  return f(x.who, x.what);
}

template <class I>
typename I::result_type inspect(I& f, report_communication_request& x) {
  return f(x.who, x.report);
}

template <class I>
typename I::result_type inspect(I& f, report_macro& x) {
  return f(x.name, x.text);
}

template <class I>
typename I::result_type inspect(I& f, report_template& x) {
  return f(x.id, x.name, x.modality, x.body_part, x.title, x.sections, x.macros, x.version, x.changed_by, x.updated_at);
}

template <class I>
typename I::result_type inspect(I& f, report_templates& x) {
  return f(x.templates);
}

template <class I>
typename I::result_type inspect(I& f, report_template_put& x) {
  return f(x.who, x.what);
}

template <class I>
typename I::result_type inspect(I& f, report_template_removal& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, letterhead_request& x) {
  return f(x.who, x.facility);
}

template <class I>
typename I::result_type inspect(I& f, letterhead& x) {
  return f(x.institution, x.address, x.logo);
}

template <class I>
typename I::result_type inspect(I& f, turnaround_request& x) {
  return f(x.who, x.days);
}

template <class I>
typename I::result_type inspect(I& f, turnaround_figures& x) {
  return f(x.modality, x.priority, x.reports, x.median_minutes_to_preliminary, x.median_minutes_to_final,
           x.p90_minutes_to_final);
}

template <class I>
typename I::result_type inspect(I& f, turnaround& x) {
  return f(x.groups, x.drafts, x.unsigned_preliminary);
}

} // namespace noctis
