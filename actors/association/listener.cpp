#include "actors/association/listener.hpp"

#include "dicom/part10.hpp"

#include <caf/send.hpp>
#include <dcmtk/dcmnet/dul.h>
#include <dcmtk/oflog/oflog.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <sys/eventfd.h>
#include <unistd.h>

namespace noctis {

namespace {

/// Sets DCMTK up to serve connections that others accepted: process-wide, before any other use.
T_ASC_Network* open_network(std::string& failed) {
  OFLog::configure(OFLogger::FATAL_LOG_LEVEL);
  dcmDisableGethostbyaddr.set(OFTrue);
  constexpr int any_descriptor = 0; // keeps DCMTK from listening itself
  dcmExternalSocketHandle.set(any_descriptor);
  T_ASC_Network* network = nullptr;
  constexpr int acse_timeout_s = 30;
  const auto opened = ASC_initializeNetwork(NET_ACCEPTOR, 0, acse_timeout_s, &network);
  if (opened.bad()) failed = opened.text();
  return network;
}

void reject_for_congestion(T_ASC_Association* association) {
  const T_ASC_RejectParameters parameters{ASC_RESULT_REJECTEDTRANSIENT, ASC_SOURCE_SERVICEPROVIDER_PRESENTATION_RELATED,
                                          ASC_REASON_SP_PRES_TEMPORARYCONGESTION};
  ASC_rejectAssociation(association, &parameters);
  ASC_dropSCPAssociation(association, 0);
  ASC_destroyAssociation(&association);
}

void identify_ourselves(T_ASC_Parameters* parameters) {
  OFStandard::strlcpy(parameters->ourImplementationClassUID, std::string{implementation_class_uid}.c_str(),
                      sizeof(parameters->ourImplementationClassUID));
  OFStandard::strlcpy(parameters->ourImplementationVersionName, std::string{implementation_version_name}.c_str(),
                      sizeof(parameters->ourImplementationVersionName));
}

} // namespace

void listener_state::start(listener_options given, association_context with) {
  options = std::move(given);
  context = std::move(with);
  context.observer = self;
  stop = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  layer = std::make_unique<transport>(stop);
  network = open_network(failed);
  if (!network) return;
  ASC_setTransportLayer(network, layer.get(), 0);
  failed = open(door, options.gate);
  if (failed.empty() && options.secure_gate) failed = open(secure_door, *options.secure_gate);
}

/// Opens a gate; returns "" or why it cannot.
std::string listener_state::open(gate& one, const gate_options& how) {
  auto failure = one.open(how);
  if (!failure.empty()) return failure;
  one.start([inbox = caf::actor_cast<listener_inbox>(full_listener_actor{self})](requested_association request) {
    caf::anon_send(inbox, std::move(request));
  });
  spdlog::info("DICOM SCP listens on {}:{}{}", how.host, one.port(), how.tls.certificate.empty() ? "" : " (TLS)");
  return {};
}

listener_state::~listener_state() {
  close();
  if (network) ASC_dropNetwork(&network);
}

void listener_state::close() {
  door.close();
  secure_door.close();
  const uint64_t one = 1;
  if (stop >= 0 && ::write(stop, &one, sizeof(one)) != sizeof(one)) spdlog::error("cannot stop the associations");
}

void listener_state::take(const requested_association& request) {
  layer->expect(&request);
  dcmExternalSocketHandle.set(request.socket);
  T_ASC_Association* incoming = nullptr;
  constexpr int already_there = 1; // seconds; the gate has read the whole request
  const auto received = ASC_receiveAssociation(network, &incoming, static_cast<long>(options.max_pdu_length), nullptr,
                                               nullptr, OFFalse, DUL_NOBLOCK, already_there);
  if (received.bad()) {
    spdlog::warn("unusable association request from {}: {}", request.address, received.text());
    ++rejected;
    if (incoming) {
      ASC_dropAssociation(incoming);
      ASC_destroyAssociation(&incoming);
    }
    if (layer->is_expecting()) ::close(request.socket);
    return;
  }
  const bool full = draining || active.size() >= options.max_associations ||
                    active_per_peer[request.address] >= options.max_associations_per_peer;
  if (full) {
    spdlog::warn("association from {} rejected: {} are active", request.address, active.size());
    ++rejected;
    reject_for_congestion(incoming);
    return;
  }
  identify_ourselves(incoming->params);
  spawn(incoming, request.address);
}

void listener_state::spawn(T_ASC_Association* incoming, const std::string& address) {
  ++accepted;
  auto spawned = self->home_system().spawn<caf::detached>(
      [with = context, given = incoming_association{incoming, layer->last(), address}](caf::blocking_actor* worker) {
        association(worker, with, given);
      });
  self->monitor(spawned);
  active.emplace(spawned.address(), address);
  ++active_per_peer[address];
}

void listener_state::ended(const caf::down_msg& down) {
  const auto found = active.find(down.source);
  if (found == active.end()) return;
  const auto of_peer = active_per_peer.find(found->second);
  if (--of_peer->second == 0) active_per_peer.erase(of_peer);
  active.erase(found);
  if (!active.empty()) return;
  for (auto& promise : drained) promise.deliver(caf::unit);
  drained.clear();
  if (closing) self->quit(*closing);
}

void listener_state::leave(const caf::error& reason) {
  close();
  closing = reason;
  draining = true;
  if (active.empty()) self->quit(reason);
}

void listener_state::observe(const store_observed& store) {
  ++stores_by_status[store.status];
  received_bytes += store.bytes;
  latency_sum += store.seconds;
  const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), store.seconds) - bounds.begin();
  ++latency.at(static_cast<size_t>(bucket));
}

component_status listener_state::status() const {
  component_status result;
  result.name = "scp";
  result.ok = failed.empty() && !draining;
  result.message = !failed.empty() ? failed : draining ? "draining" : "Listening";
  return result;
}

std::vector<metric> listener_state::metrics() const {
  const auto gauge = [](std::string name, std::string help, size_t value) {
    return metric{std::move(name), std::move(help), metric_kind::gauge, {}, static_cast<double>(value), {}, {}};
  };
  const auto counter = [](std::string name, std::string help, uint64_t value) {
    return metric{std::move(name), std::move(help), metric_kind::counter, {}, static_cast<double>(value), {}, {}};
  };
  std::vector<metric> result{
      gauge("noctis_associations_active", "Associations being served.", active.size()),
      gauge("noctis_connections_waiting", "Connections without a request yet.", door.waiting() + secure_door.waiting()),
      counter("noctis_associations_accepted_total", "Associations served.", accepted),
      counter("noctis_associations_rejected_total", "Associations rejected for load or unusable.", rejected),
      counter("noctis_received_bytes_total", "Bytes of data sets received by C-STORE.", received_bytes),
  };
  for (const auto& [status, count] : stores_by_status) {
    auto& added = result.emplace_back(counter("noctis_stores_total", "C-STORE responses by status.", count));
    char code[7];
    std::snprintf(code, sizeof(code), "0x%04X", static_cast<unsigned>(status));
    added.labels.emplace_back("status", code);
  }
  metric times{"noctis_store_seconds",
               "From the last byte of a data set to its response.",
               metric_kind::histogram,
               {},
               latency_sum,
               {bounds.begin(), bounds.end()},
               {}};
  uint64_t sum = 0;
  for (const auto count : latency) times.counts.push_back(sum += count);
  result.push_back(std::move(times));
  return result;
}

full_listener_actor::behavior_type listener(full_listener_actor::stateful_pointer<listener_state> self,
                                            listener_options options, association_context context) {
  self->state.self = self;
  self->state.start(std::move(options), std::move(context));
  self->set_down_handler([self](const caf::down_msg& down) { self->state.ended(down); });
  self->set_exit_handler([self](const caf::exit_msg& exit) { self->state.leave(exit.reason); });
  return {
      [self](status_atom) { return self->state.status(); },
      [self](drain_atom) -> caf::result<void> {
        self->state.draining = true;
        if (self->state.active.empty()) return caf::unit;
        caf::response_promise promise = self->make_response_promise();
        self->state.drained.push_back(promise);
        return promise;
      },
      [self](metrics_atom) { return self->state.metrics(); },
      [self](const store_observed& store) { self->state.observe(store); },
      [self](const requested_association& request) { self->state.take(request); },
  };
}

} // namespace noctis
