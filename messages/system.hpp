#pragma once

#include "messages/ingest.hpp"
#include "messages/query.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// A DICOM application entity that we know: whose calls we answer, and where we may send.
struct ae_row {
  int64_t id = 0;
  std::string title;
  std::string host; ///< "": it only calls us
  int32_t port = 0;
  facility_row facility;
};

struct ae_list {
  std::vector<ae_row> entities;
};

/// Registers an application entity, or gives one that is known by its title another address or facility.
struct ae_put {
  principal who;
  ae_row entity; ///< its id and the name of its facility do not matter
};

/// Forgets an application entity.
struct ae_removal {
  principal who;
  int64_t id = 0;
};

/// Asks in whose name a calling AE acts.
struct caller_request {
  std::string calling_aet;
  std::string called_aet;
  std::string address;
};

/// C-ECHO to a registered AE, or to our own SCP where `ae_title` is "".
struct echo_request {
  principal who;
  std::string ae_title;
};

struct echo_reply {
  double latency_ms = 0;
};

/// One node as the `nodes` table has it.
struct node_row {
  std::string name;
  std::vector<std::string> roles;
  std::string host;  ///< where other nodes reach it
  int32_t port = 0;  ///< cluster port; 0: it takes no connections from other nodes
  std::string state; ///< up, draining, down
  std::string version;
  int64_t started_at = 0; ///< ms since the epoch, UTC
  int64_t renewed_at = 0; ///< ms since the epoch, UTC
};

struct node_list {
  std::vector<node_row> nodes;
};

/// Counts one attempt under `key` and tells whether it is within `limit` per `window_s` seconds.
struct rate_request {
  std::string key;
  int64_t limit = 0;
  int64_t window_s = 0;
};

struct rate_verdict {
  bool allowed = true;
  int64_t retry_after_s = 0;
};

/// Asks for cached values, all in one round trip.
struct cache_find {
  std::vector<std::string> keys;
};

/// The value of each key that was asked for; empty where there is none.
struct cache_found {
  std::vector<blob> values;
};

/// Keeps a value for some time, or as long as the cache has room.
struct cache_put {
  std::string key;
  blob value; ///< at most `max_message_bytes`
  int64_t ttl_s = 0;
};

/// Asks for `bytes` of a node's memory budget.
struct reserve_bytes {
  uint64_t bytes = 0;
  bool wait = true; ///< false: answer at once, with `errc::overloaded` when there is no room
};

struct release_bytes {
  uint64_t bytes = 0;
};

enum class metric_kind : uint8_t { counter, gauge, histogram };

/// One measured value of an actor, as Prometheus shows it.
struct metric {
  std::string name; ///< "noctis_…", in base units (seconds, bytes)
  std::string help;
  metric_kind kind = metric_kind::gauge;
  std::vector<std::pair<std::string, std::string>> labels;
  double value = 0;             ///< histograms: the sum of all observations
  std::vector<double> bounds;   ///< histograms: upper bounds, ascending
  std::vector<uint64_t> counts; ///< histograms: observations at or below each bound, then all of them
};

/// How one part of a node does.
struct component_status {
  std::string name; ///< scp, storage, database, redis …
  bool ok = true;
  std::string message;
};

/// What a node tells of itself.
struct node_status {
  std::string node;
  std::vector<component_status> components;
  std::vector<metric> metrics;
  std::vector<storer_status> stores;
  uint64_t associations_active = 0;
};

template <class I>
typename I::result_type inspect(I& f, ae_row& x) {
  return f(x.id, x.title, x.host, x.port, x.facility);
}

template <class I>
typename I::result_type inspect(I& f, ae_list& x) {
  return f(x.entities);
}

template <class I>
typename I::result_type inspect(I& f, ae_put& x) {
  return f(x.who, x.entity);
}

template <class I>
typename I::result_type inspect(I& f, ae_removal& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, caller_request& x) {
  return f(x.calling_aet, x.called_aet, x.address);
}

template <class I>
typename I::result_type inspect(I& f, echo_request& x) {
  return f(x.who, x.ae_title);
}

template <class I>
typename I::result_type inspect(I& f, echo_reply& x) {
  return f(x.latency_ms);
}

template <class I>
typename I::result_type inspect(I& f, node_row& x) {
  return f(x.name, x.roles, x.host, x.port, x.state, x.version, x.started_at, x.renewed_at);
}

template <class I>
typename I::result_type inspect(I& f, node_list& x) {
  return f(x.nodes);
}

template <class I>
typename I::result_type inspect(I& f, rate_request& x) {
  return f(x.key, x.limit, x.window_s);
}

template <class I>
typename I::result_type inspect(I& f, rate_verdict& x) {
  return f(x.allowed, x.retry_after_s);
}

template <class I>
typename I::result_type inspect(I& f, cache_find& x) {
  return f(x.keys);
}

template <class I>
typename I::result_type inspect(I& f, cache_found& x) {
  return f(x.values);
}

template <class I>
typename I::result_type inspect(I& f, cache_put& x) {
  return f(x.key, x.value, x.ttl_s);
}

template <class I>
typename I::result_type inspect(I& f, reserve_bytes& x) {
  return f(x.bytes, x.wait);
}

template <class I>
typename I::result_type inspect(I& f, release_bytes& x) {
  return f(x.bytes);
}

template <class I>
typename I::result_type inspect(I& f, metric& x) {
  return f(x.name, x.help, x.kind, x.labels, x.value, x.bounds, x.counts);
}

template <class I>
typename I::result_type inspect(I& f, component_status& x) {
  return f(x.name, x.ok, x.message);
}

template <class I>
typename I::result_type inspect(I& f, node_status& x) {
  return f(x.node, x.components, x.metrics, x.stores, x.associations_active);
}

} // namespace noctis
