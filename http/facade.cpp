#include "http/facade.hpp"

#include "http/events/event_source.hpp"
#include "http/request/dispatch.hpp"
#include "http/routes/routes.hpp"
#include "http/server/server.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>

namespace noctis {

namespace {

/// Server and application live and end together.
struct web {
  web(caf::actor_system& system, http_options options, http_services services)
      : app(system, options, std::move(services)),
        server(
            std::move(options), [this](const auto& q, auto& r, const auto* b) { dispatch(app, q, r, b); },
            [this](const auto& q, auto& r, int status) { dispatch_refused(app, q, r, status); }) {
    add_health_routes(app.routes);
    add_session_routes(app.routes);
    add_event_routes(app.routes);
    add_preference_routes(app.routes);
    add_people_routes(app.routes);
    add_study_routes(app.routes);
    add_edit_routes(app.routes);
    add_patient_routes(app.routes);
    add_workitem_routes(app.routes);
    add_routing_routes(app.routes);
    add_ae_title_routes(app.routes);
    add_analysis_routes(app.routes);
    add_annotation_routes(app.routes);
    add_report_routes(app.routes);
    add_note_routes(app.routes);
    add_template_routes(app.routes);
    add_job_routes(app.routes);
    add_image_routes(app.routes);
    add_archive_routes(app.routes);
    add_upload_routes(app.routes);
    add_system_routes(app.routes);
    add_metrics_routes(app.routes);
    add_quarantine_routes(app.routes);
    add_thumbnail_routes(app.routes);
    add_dicom_web_routes(app.routes);
    add_openapi_routes(app.routes);
    add_web_routes(app.routes);
  }

  application app;
  http_server server;
};

facade_actor::behavior_type facade(facade_actor::pointer self, const std::shared_ptr<web>& serving) {
  const auto source =
      self->spawn(event_source, serving->app.events, serving->app.actors.directory, event_source_options{});
  self->set_exit_handler([=](const caf::exit_msg& msg) {
    self->send_exit(source, msg.reason);
    serving->app.events->stop();
    serving->server.stop([&] { serving->app.open.cancel(); });
    self->quit(msg.reason);
  });
  return {
      [=](ping_atom) { return serving->server.port(); },
      [=](status_atom) {
        return component_status{"http", true, "listens on port " + std::to_string(serving->server.port())};
      },
      [=](metrics_atom) { return serving->app.metrics.collect(); },
  };
}

} // namespace

caf::expected<facade_actor> spawn_facade(caf::actor_system& system, http_options options, http_services services) {
  if (options.secret_key.empty()) return failure(errc::invalid_argument, "the HTTP facade needs a secret key");
  if (options.certificate.empty() != options.private_key.empty())
    return failure(errc::invalid_argument, "TLS needs both a certificate and its private key");
  auto serving = std::make_shared<web>(system, std::move(options), std::move(services));
  if (auto error = serving->server.start()) return error;
  return system.spawn<caf::detached>(facade, serving);
}

} // namespace noctis
