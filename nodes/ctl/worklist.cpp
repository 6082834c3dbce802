#include "actors/index/find_workitems.hpp"
#include "actors/index/workitem_attributes.hpp"
#include "dicom/json/object.hpp"
#include "dicom/uid.hpp"
#include "nodes/ctl/command.hpp"
#include "schema/repositories/facilities.hpp"
#include "schema/repositories/workitems.hpp"

#include <iostream>
#include <memory>

namespace noctis::ctl {

namespace {

struct step_options {
  std::string patient_id;
  std::string patient_name;
  std::string birth_date;
  std::string sex;
  std::string accession_number;
  std::string study_uid;
  std::string modality;
  std::string station;
  std::string start;
  std::string description;
  std::string physician;
  std::string facility = "Default";
  std::string uid;
};

/// Returns the attributes of a Modality Worklist item (PS3.4 K.6.1.2).
std::string attributes_of(const step_options& options) {
  json_data_set step;
  step.set(0x00080060, options.modality).set(0x00400001, options.station);
  step.set(0x00400002, options.start.substr(0, 8));
  step.set(0x00400003, options.start.size() > 8 ? options.start.substr(8) : "000000");
  step.set(0x00400007, options.description);
  json_data_set item;
  item.set(0x00080050, options.accession_number).set(0x00080090, options.physician);
  item.set(0x00100010, options.patient_name).set(0x00100020, options.patient_id);
  item.set(0x00100030, options.birth_date).set(0x00100040, options.sex);
  item.set(0x00321060, options.description);
  if (!options.study_uid.empty()) item.set(0x0020000D, options.study_uid);
  return item.set_items(0x00400100, {step}).str();
}

void add_step(context& shared, const step_options& options) {
  const auto facility = schema::facilities_repository{shared.database()}.find(options.facility);
  if (!facility) throw command_error("no facility \"" + options.facility + "\": noctisctl facility add NAME");
  const auto attributes = workitem_attributes(attributes_of(options), true);
  if (!attributes) throw command_error(reason_of(attributes.error()));
  const auto uid = options.uid.empty() ? new_uid() : options.uid;
  const auto made = schema::workitems_repository{shared.database()}.put(
      {system_principal("noctisctl", facility->id), uid, true, *attributes, ""});
  if (shared.json) {
    json_object{}.add("id", made.id).add("uid", made.uid).add("state", made.state).print();
  } else {
    std::cout << made.uid << '\n';
  }
}

void list_steps(context& shared, bool all) {
  find_request request;
  request.who = system_principal("noctisctl");
  request.level = query_level::workitem;
  request.returns_all = all;
  request.limit = 1000;
  table result{{"uid", "state", "patient_id", "patient_name", "accession_number", "modality", "station", "start"}};
  for (;;) {
    const auto page = find_workitems(shared.database(), request);
    for (const auto& match : page.matches) {
      const auto item = parse_json_object(match);
      if (!item) continue;
      const auto steps = items_of(*item, 0x00400100);
      const auto of_step = [&](tag_number tag) { return steps.empty() ? "" : text_of(*steps.front(), tag); };
      result.add({text_of(*item, 0x00080018), text_of(*item, 0x00741000), text_of(*item, 0x00100020),
                  text_of(*item, 0x00100010), text_of(*item, 0x00080050), of_step(0x00080060), of_step(0x00400001),
                  text_of(*item, 0x00404005)});
    }
    if (!page.more) break;
    request.offset += request.limit;
  }
  result.print(shared);
}

} // namespace

void add_worklist_commands(CLI::App& application, context& shared) {
  auto* mwl = application.add_subcommand("mwl", "scheduled procedure steps: what modalities find in their worklist");
  mwl->require_subcommand(1);
  auto options = std::make_shared<step_options>();

  auto* add = mwl->add_subcommand("add", "schedule a procedure step");
  add->add_option("patient_id", options->patient_id, "Patient ID")->required();
  add->add_option("patient_name", options->patient_name, "as DICOM writes it: Doe^Jane")->required();
  add->add_option("modality", options->modality, "CT, MR, …")->required();
  add->add_option("start", options->start, "YYYYMMDD or YYYYMMDDHHMMSS")
      ->required()
      ->check(CLI::Validator{[](const std::string& value) {
                               const bool is_time = (value.size() == 8 || value.size() == 12 || value.size() == 14) &&
                                                    value.find_first_not_of("0123456789") == std::string::npos;
                               return is_time ? std::string{} : value + " is not YYYYMMDD[HHMM[SS]]";
                             },
                             "YYYYMMDD[HHMM[SS]]"});
  add->add_option("--station", options->station, "AE title of the modality");
  add->add_option("--accession", options->accession_number, "Accession Number");
  add->add_option("--birth-date", options->birth_date, "YYYYMMDD");
  add->add_option("--sex", options->sex, "of the patient")->check(CLI::IsMember({"M", "F", "O"}));
  add->add_option("--study", options->study_uid, "Study Instance UID (default: a new one)");
  add->add_option("--description", options->description, "what is to be done");
  add->add_option("--physician", options->physician, "who asked for it: Referring Physician's Name");
  add->add_option("--facility", options->facility, "whose modalities see it");
  add->callback([&shared, options] { add_step(shared, *options); });

  auto all = std::make_shared<bool>(false);
  auto* list = mwl->add_subcommand("list", "list the procedure steps that are to be done");
  list->add_flag("--all", *all, "those that have ended too");
  list->callback([&shared, all] { list_steps(shared, *all); });

  auto* remove = mwl->add_subcommand("remove", "withdraw a procedure step");
  remove->add_option("uid", options->uid)->required();
  remove->callback([&shared, options] {
    schema::workitems_repository{shared.database()}.remove({system_principal("noctisctl"), options->uid});
  });
}

} // namespace noctis::ctl
