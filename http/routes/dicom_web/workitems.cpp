#include "dicom/json/object.hpp"
#include "http/dicom_web/json_body.hpp"
#include "http/dicom_web/search.hpp"
#include "http/dicom_web/target.hpp"
#include "http/dicom_web/workitem_view.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number transaction_uid = 0x00081195;
constexpr tag_number step_state = 0x00741000;
constexpr tag_number cancellation_reason = 0x00741238;
constexpr size_t largest_step = size_t{256} << 10; // bytes
constexpr const char* inconsistent =
    "The submitted request is inconsistent with the current state of the UPS Instance.";

const std::vector<media_offer> offers{{dicom_json, ""}, {"application/json", ""}};

/// The DICOM JSON object of the body; an empty one where it may be left out.
rapidjson::Document step_of_body(context& c, bool required) {
  const auto type = parse_content_type(c.request.get_header_value("Content-Type")).type;
  if (c.body != nullptr && type != dicom_json && type != "application/json")
    throw refusal(problem_of(415, "Workitems are taken as application/dicom+json."));
  const auto text = c.body_text(largest_step);
  if (text.empty() && required) throw refusal(errc::invalid_argument, "The request holds no workitem.");
  auto objects = parse_json_objects(text.empty() ? "{}" : text);
  if (!objects) throw refusal(errc::invalid_argument, reason_of(objects.error()) + ".");
  if (objects->Size() != 1) throw refusal(errc::invalid_argument, "A request holds one workitem.");
  rapidjson::Document step;
  step.CopyFrom((*objects)[0], step.GetAllocator());
  return step;
}

std::string uid_of_path(const context& c) {
  check_uid(c.segments.front(), "workitem");
  return c.segments.front();
}

void warn(context& c, const std::string& text) {
  c.response.set_header("Warning", "299 " + c.request.get_header_value("Host") + " \"" + text + "\"");
}

/// Runs an edit; a conflict is answered with the Warning of PS3.18 11.
template <class Edit>
auto editing(context& c, Edit edit) {
  try {
    return edit();
  } catch (const actor_failure& e) {
    if (code_of(e.error()) != errc::state_conflict) throw;
    auto what = problem_of(e.error());
    what.headers.emplace_back("Warning", "299 " + c.request.get_header_value("Host") + " \"" + inconsistent + "\"");
    throw refusal(std::move(what));
  }
}

/// The UID of a new workitem: "?1.2.3", "?workitem=1.2.3" or in the body; "": one is made.
std::string uid_of_new(const context& c, const rapidjson::Value& step) {
  auto uid = text_of(step, sop_instance_uid);
  for (const auto& [name, value] : c.request.params) {
    if (name == "workitem" || name == "uid" || name == "AffectedSOPInstanceUID") uid = value;
    if (value.empty() && !name.empty()) uid = name;
  }
  if (!uid.empty()) check_uid(uid, "workitem");
  return uid;
}

void create(context& c) {
  const auto step = step_of_body(c, true);
  const auto state = text_of(step, step_state);
  if (!state.empty() && state != "SCHEDULED")
    throw refusal(errc::invalid_argument, "A new workitem is SCHEDULED (0074,1000).");
  const workitem_put put{c.who, uid_of_new(c, step), true, kept_step(step), ""};
  const auto made = editing(c, [&] { return c.actors->edit<workitem>(put); });
  const auto url = web_root(c) + "/workitems/" + made.uid;
  c.response.status = 201;
  c.response.set_header("Location", url);
  c.response.set_header("Content-Location", url);
}

void retrieve_step(context& c) {
  (void)choose_media(c, offers);
  const auto found = c.actors->edit<workitem>(workitem_request{c.who, uid_of_path(c)});
  const auto view = step_view(found);
  if (!view) throw actor_failure{view.error()};
  send_text(c, 200, "[" + *view + "]", dicom_json);
}

/// The transaction that a change names: "?1.2.3", "?transaction=1.2.3" or in the body.
std::string transaction_of(const context& c, const rapidjson::Value& step) {
  auto uid = text_of(step, transaction_uid);
  for (const auto& [name, value] : c.request.params) {
    if (name == "transaction" || name == "transaction-uid") uid = value;
    if (value.empty() && !name.empty()) uid = name;
  }
  if (!uid.empty()) check_uid(uid, "transaction");
  return uid;
}

void update(context& c) {
  const auto step = step_of_body(c, true);
  const auto uid = uid_of_path(c);
  const auto known = parse_json_object(c.actors->edit<workitem>(workitem_request{c.who, uid}).attributes);
  if (!known) throw actor_failure{known.error()};
  const workitem_put put{c.who, uid, false, kept_step(step, &*known), transaction_of(c, step)};
  editing(c, [&] { return c.actors->edit<workitem>(put); });
  c.response.status = 200;
}

void change_state(context& c) {
  const auto step = step_of_body(c, true);
  workitem_transition move;
  move.who = c.who;
  move.uid = uid_of_path(c);
  move.state = text_of(step, step_state);
  move.transaction_uid = transaction_of(c, step);
  if (move.state.empty() || move.transaction_uid.empty())
    throw refusal(errc::invalid_argument, "A change of state names Procedure Step State (0074,1000) and Transaction "
                                          "UID (0008,1195).");
  const auto now = c.actors->edit<workitem>(workitem_request{c.who, move.uid});
  if (now.state == move.state && move.state != "IN PROGRESS") {
    warn(c, "The UPS is already in the requested state of " + move.state + ".");
    c.response.status = 200;
    return;
  }
  editing(c, [&] { return c.actors->edit<workitem>(move); });
  c.response.status = 200;
}

/// Nobody performs a scheduled step, so it is cancelled at once; one that is performed is its performer's.
void request_cancellation(context& c) {
  const auto step = step_of_body(c, false);
  workitem_transition move;
  move.who = c.who;
  move.uid = uid_of_path(c);
  move.state = "CANCELED";
  move.reason = text_of(step, cancellation_reason);
  const auto now = c.actors->edit<workitem>(workitem_request{c.who, move.uid});
  c.response.status = 202;
  if (now.state == "CANCELED") return warn(c, "The UPS is already in the requested state of CANCELED.");
  editing(c, [&] { return c.actors->edit<workitem>(move); });
}

void search_steps(context& c) {
  auto request = read_search(c, query_level::workitem);
  for (auto& key : request.keys) key.path = kept_path(std::move(key.path));
  const auto names_state = [](const match_key& key) { return key.path.front() == step_state; };
  if (std::none_of(request.keys.begin(), request.keys.end(), names_state))
    request.keys.push_back({{step_state}, {"*"}}); // those that have ended, too
  request.returns_all = true;
  answer_search(c, std::move(request), [](const std::string& match) {
    auto view = step_view(match);
    if (!view) throw actor_failure{std::move(view.error())};
    return std::move(*view);
  });
}

} // namespace

void add_dicom_web_workitem_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/dicom-web/workitems", viewers, search_steps);
  routes.add("POST", "/dicom-web/workitems", viewers, create);
  routes.add("GET", "/dicom-web/workitems/<workitem>", viewers, retrieve_step);
  routes.add("POST", "/dicom-web/workitems/<workitem>", viewers, update);
  routes.add("PUT", "/dicom-web/workitems/<workitem>/state", viewers, change_state);
  routes.add("POST", "/dicom-web/workitems/<workitem>/cancelrequest", viewers, request_cancellation);
}

} // namespace noctis
