#pragma once

#include "messages/reports.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// An instance that a report refers to.
struct typeset_reference {
  std::string series_uid;
  std::string sop_class_uid;
  std::string sop_instance_uid;
};

/// A report that a worker process puts on paper, and writes as DICOM objects where it is asked to.
struct typeset_order {
  report what;         ///< content, status and signature of what is printed
  int32_t version = 0; ///< 0: the draft
  letterhead head;
  std::vector<typeset_reference> images; ///< of the content's key images, in their order
  bool with_objects = false;
  std::string sr_uid; ///< the objects' own UIDs and those of their series
  std::string sr_series_uid;
  std::string document_uid;
  std::string document_series_uid;
  std::vector<typeset_reference> predecessors; ///< the SR of the version before
};

/// Returns an order as bytes for a frame.
std::vector<char> bytes_of(const typeset_order& order);

/// Reads what `bytes_of` returned. Error: `invalid_argument`.
caf::expected<typeset_order> typeset_order_from(std::string_view bytes);

template <class I>
typename I::result_type inspect(I& f, typeset_reference& x) {
  return f(x.series_uid, x.sop_class_uid, x.sop_instance_uid);
}

template <class I>
typename I::result_type inspect(I& f, typeset_order& x) {
  return f(x.what, x.version, x.head, x.images, x.with_objects, x.sr_uid, x.sr_series_uid, x.document_uid,
           x.document_series_uid, x.predecessors);
}

} // namespace noctis
