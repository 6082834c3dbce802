#pragma once

#include "messages/blob.hpp"
#include "messages/instance.hpp"
#include "messages/principal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// By which way an instance came in.
enum class channel : uint8_t { dimse, upload, stow, import, retry, recovery, internal };

/// What a sender says about an instance before its bytes arrive.
struct arrival {
  principal from; ///< its first facility is where the instance goes
  channel by = channel::dimse;
  std::string calling_aet;         ///< DIMSE only, else ""
  std::string called_aet;          ///< DIMSE only, else ""
  std::string sop_class_uid;       ///< as the C-STORE command says; "" for a Part 10 file
  std::string sop_instance_uid;    ///< as the C-STORE command says; "" for a Part 10 file
  std::string transfer_syntax_uid; ///< of the presentation context; "" for a Part 10 file
  bool part10 = false;             ///< the bytes are a whole Part 10 file, not a bare data set
};

/// What the parser found.
struct parsed_instance {
  instance_header header;
  std::string data_set_digest; ///< XXH3-128 of the data set alone, 32 lower-case hex digits
};

/// What became of an instance that is now kept.
enum class disposition : uint8_t {
  stored,    ///< new
  duplicate, ///< kept already, byte for byte
  replaced,  ///< took the place of an earlier version, which is kept as such
};

struct store_outcome {
  disposition what = disposition::stored;
  int64_t instance_id = 0;
  std::string sop_instance_uid;
  std::string study_instance_uid;
};

/// Where a store should put a file: nothing but UIDs and hashes.
struct placement {
  int64_t facility = 0;    ///< whose the instance is
  std::string patient_key; ///< 16 hex digits that stand for facility, issuer and patient
  std::string study_uid;
  std::string sop_instance_uid;
};

/// A file to be written whole.
struct put_file {
  placement where;
  blob preamble; ///< Part 10 header for a bare data set; empty when `bytes` is a Part 10 file
  blob bytes;
};

/// A file that grows piece by piece in a store. Ended by `seal_stream` or `drop_stream`, or by the end of the
/// actor that opened it.
struct stream_id {
  uint64_t value = 0;
};

struct seal_stream {
  stream_id id;
  placement where;
};

/// Puts an object aside: an open stream, a stored file, or bytes given here.
struct quarantine_file {
  stream_id stream; ///< value 0: not a stream
  std::string path; ///< "": not a stored file
  blob preamble;    ///< before `bytes`
  blob bytes;
  int64_t facility = 0; ///< whose the object is
};

struct read_range {
  std::string path;
  uint64_t offset = 0; ///< bytes
  uint64_t length = 0; ///< bytes, at most `max_message_bytes`
};

/// A Part 10 file of one node's store, to be described.
struct described_file {
  std::string path;
  uint64_t offset = 0;       ///< bytes from the start of the file
  uint64_t length = 0;       ///< bytes, Part 10 header included
  std::string bulk_data_uri; ///< what the URI of its bulk data begins with; the tag follows
};

/// Asks for the headers of several files at once.
struct describe_files {
  std::vector<described_file> files;
};

struct file_description {
  std::string document; ///< DICOM JSON object (PS3.18 F.2); "" where the file cannot be read or understood
  std::string problem;  ///< why not, one sentence
};

/// The descriptions of the files that were asked for, in their order; fewer, but at least one, where all of them
/// together would be longer than `max_message_bytes`.
struct file_descriptions {
  std::vector<file_description> files;
};

/// What an instance that arrived twice with different bytes does.
enum class conflict_policy : uint8_t { reject, replace };

/// One instance for the index: written in one transaction with its location, counts and events.
struct index_entry {
  arrival from;
  instance_header header;
  stored_file file;
  int64_t received_at = 0; ///< ms since the epoch, UTC
  conflict_policy on_conflict = conflict_policy::reject;
};

/// What the index did. A refusal (`instance_conflict`, `patient_conflict` …) is an error instead.
struct index_result {
  disposition what = disposition::stored;
  int64_t instance_id = 0;
  std::vector<location> kept; ///< duplicates: the locations that the index has
};

/// An object that could not be indexed, kept with its reason.
struct quarantine_entry {
  int64_t id = 0;
  int64_t received_at = 0; ///< ms since the epoch, UTC
  std::string reason;      ///< name of an `errc`
  std::string detail;      ///< one sentence
  std::string sop_instance_uid;
  std::string sop_class_uid;
  std::string study_instance_uid;
  std::string transfer_syntax_uid;
  std::string calling_aet;
  std::string called_aet;
  std::string address;
  int64_t facility = 0;
  location where; ///< path "" when the bytes were not kept (quota)
};

struct storer_status {
  std::string node;
  std::string base_path;
  uint64_t capacity_bytes = 0;
  uint64_t free_bytes = 0;
  uint64_t pending_files = 0; ///< being written or waiting for a writer
  uint64_t pending_bytes = 0;
  uint64_t open_streams = 0;
};

template <class I>
typename I::result_type inspect(I& f, arrival& x) {
  return f(x.from, x.by, x.calling_aet, x.called_aet, x.sop_class_uid, x.sop_instance_uid, x.transfer_syntax_uid,
           x.part10);
}

template <class I>
typename I::result_type inspect(I& f, parsed_instance& x) {
  return f(x.header, x.data_set_digest);
}

template <class I>
typename I::result_type inspect(I& f, store_outcome& x) {
  return f(x.what, x.instance_id, x.sop_instance_uid, x.study_instance_uid);
}

template <class I>
typename I::result_type inspect(I& f, placement& x) {
  return f(x.facility, x.patient_key, x.study_uid, x.sop_instance_uid);
}

template <class I>
typename I::result_type inspect(I& f, put_file& x) {
  return f(x.where, x.preamble, x.bytes);
}

template <class I>
typename I::result_type inspect(I& f, stream_id& x) {
  return f(x.value);
}

template <class I>
typename I::result_type inspect(I& f, seal_stream& x) {
  return f(x.id, x.where);
}

template <class I>
typename I::result_type inspect(I& f, quarantine_file& x) {
  return f(x.stream, x.path, x.preamble, x.bytes, x.facility);
}

template <class I>
typename I::result_type inspect(I& f, read_range& x) {
  return f(x.path, x.offset, x.length);
}

template <class I>
typename I::result_type inspect(I& f, described_file& x) {
  return f(x.path, x.offset, x.length, x.bulk_data_uri);
}

template <class I>
typename I::result_type inspect(I& f, describe_files& x) {
  return f(x.files);
}

template <class I>
typename I::result_type inspect(I& f, file_description& x) {
  return f(x.document, x.problem);
}

template <class I>
typename I::result_type inspect(I& f, file_descriptions& x) {
  return f(x.files);
}

template <class I>
typename I::result_type inspect(I& f, index_entry& x) {
  return f(x.from, x.header, x.file, x.received_at, x.on_conflict);
}

template <class I>
typename I::result_type inspect(I& f, index_result& x) {
  return f(x.what, x.instance_id, x.kept);
}

template <class I>
typename I::result_type inspect(I& f, quarantine_entry& x) {
  return f(x.id, x.received_at, x.reason, x.detail, x.sop_instance_uid, x.sop_class_uid, x.study_instance_uid,
           x.transfer_syntax_uid, x.calling_aet, x.called_aet, x.address, x.facility, x.where);
}

template <class I>
typename I::result_type inspect(I& f, storer_status& x) {
  return f(x.node, x.base_path, x.capacity_bytes, x.free_bytes, x.pending_files, x.pending_bytes, x.open_streams);
}

} // namespace noctis
