#include "http/dicom_web/instance_parts.hpp"
#include "http/dicom_web/stored_source.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/file_response.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

const media_offer parts_offer{"multipart/related", "application/dicom"};
const media_offer file_offer{"application/dicom", ""};

/// An instance without a multipart around it.
void send_instance(context& c, const web_target& target, const std::vector<std::string>& welcome) {
  const auto image = instance_at(c, target);
  const auto& stored = image.attributes.transfer_syntax_uid;
  const auto syntax = syntax_to_send(stored, welcome);
  if (syntax.empty())
    throw refusal(problem_of(406, "The instance is kept in transfer syntax " + stored +
                                      " and cannot be given in the one that is asked for."));
  const auto name = image.attributes.sop_instance_uid + ".dcm";
  if (syntax == stored) return send_file(c, image.locations, name);
  c.response.set_header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  send_bytes(c, transcoded_file(c.app, c.actors, image, syntax), "application/dicom; transfer-syntax=" + syntax, "");
}

void retrieve(context& c) {
  const auto target = target_of(c);
  std::vector<media_offer> offers{parts_offer};
  if (!target.instance.empty()) offers.push_back(file_offer);
  const auto choice = choose_media(c, offers);
  if (choice.offer == 1) return send_instance(c, target, choice.transfer_syntaxes);
  instance_walk walk(c.actors, instances_of(c, target));
  send_parts(c, "application/dicom", std::make_shared<instance_parts>(c, std::move(walk), choice.transfer_syntaxes));
}

} // namespace

void add_dicom_web_instance_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/dicom-web/studies/<study>", viewers, retrieve);
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>", viewers, retrieve);
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>/instances/<instance>", viewers, retrieve);
}

} // namespace noctis
