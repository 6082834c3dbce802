#include "schema/repositories/routing.hpp"

#include "dicom/json/object.hpp"
#include "nodes/ctl/command.hpp"
#include "schema/repositories/facilities.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

namespace noctis::ctl {

namespace {

struct rule_options {
  routing_rule rule;
  std::string facility;
  std::vector<std::string> attributes;
  int64_t id = 0;
};

/// Reads "00081030=*HEAD*", the path of sequences divided by ".".
match_key key_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) throw command_error("\"" + text + "\" is not GGGGEEEE=VALUE");
  match_key key;
  for (size_t at = 0; at < equals;) {
    const auto end = std::min(text.find('.', at), equals);
    const auto tag = tag_of_digits(text.substr(at, end - at));
    if (tag == 0) throw command_error("\"" + text.substr(0, equals) + "\" is not a tag of eight hex digits");
    key.path.push_back(tag);
    at = end + 1;
  }
  key.values.push_back(text.substr(equals + 1));
  return key;
}

std::string text_of_key(const match_key& key) {
  std::string result;
  for (const auto tag : key.path) {
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08X", tag);
    result += (result.empty() ? "" : ".") + std::string{digits};
  }
  for (size_t i = 0; i < key.values.size(); ++i) result += (i == 0 ? "=" : "\\") + key.values[i];
  return result;
}

void add_rule(context& shared, rule_options options) {
  if (!options.facility.empty()) {
    const auto facility = schema::facilities_repository{shared.database()}.find(options.facility);
    if (!facility) throw command_error("no facility \"" + options.facility + "\": noctisctl facility add NAME");
    options.rule.facility = facility->id;
  }
  for (const auto& text : options.attributes) options.rule.attributes.push_back(key_of(text));
  const auto made = schema::routing_repository{shared.database()}.put({system_principal("noctisctl"), options.rule});
  if (shared.json) {
    json_object{}.add("id", made.id).add("name", made.name).add("destination", made.destination).print();
  } else {
    std::cout << "rule " << made.id << " sends to " << made.destination << "; running nodes know it within seconds\n";
  }
}

void list_rules(context& shared) {
  table result{{"id", "name", "active", "destination", "facility", "calling_aet", "modalities", "attributes",
                "deidentify", "priority"}};
  for (const auto& rule : schema::routing_repository{shared.database()}.list(system_principal("noctisctl"))) {
    std::string modalities, attributes;
    for (const auto& one : rule.modalities) modalities += (modalities.empty() ? "" : ",") + one;
    for (const auto& one : rule.attributes) attributes += (attributes.empty() ? "" : " ") + text_of_key(one);
    result.add({std::to_string(rule.id), rule.name, rule.active ? "yes" : "no", rule.destination,
                rule.facility == 0 ? "" : std::to_string(rule.facility), rule.calling_aet, modalities, attributes,
                rule.deidentify, rule.priority});
  }
  result.print(shared);
}

} // namespace

void add_routing_commands(CLI::App& application, context& shared) {
  auto* route = application.add_subcommand("route", "routing rules: what arrives here and is sent on");
  route->require_subcommand(1);
  auto options = std::make_shared<rule_options>();

  auto* add = route->add_subcommand("add", "send on what arrives and meets every condition");
  add->add_option("name", options->rule.name, "name of the rule")->required();
  add->add_option("destination", options->rule.destination, "title of a registered AE that has a host")->required();
  add->add_option("--from", options->rule.calling_aet, "AE title of who sent it here");
  add->add_option("--modality", options->rule.modalities, "one of these modalities");
  add->add_option("--facility", options->facility, "of this facility");
  add->add_option("--match", options->attributes, "attribute and what it matches: 00081030=*HEAD*");
  add->add_option("--deidentify", options->rule.deidentify, "profile by which it is de-identified");
  add->add_option("--priority", options->rule.priority)
      ->check(CLI::IsMember({"elective", "routine", "urgent", "stat"}));
  add->callback([&shared, options] { add_rule(shared, *options); });

  route->add_subcommand("list", "list the rules")->callback([&shared] { list_rules(shared); });

  auto* remove = route->add_subcommand("remove", "remove a rule");
  remove->add_option("id", options->id)->required();
  remove->callback([&shared, options] {
    schema::routing_repository{shared.database()}.remove(system_principal("noctisctl"), options->id);
  });
}

} // namespace noctis::ctl
