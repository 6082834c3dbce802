#include "messages/json_text.hpp"
#include "nodes/ctl/command.hpp"

#include <rapidjson/document.h>

#include <iostream>

namespace noctis::ctl {

namespace {

void print_value(const std::string& name, const rapidjson::Value& value) {
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      print_value(name.empty() ? member.name.GetString() : name + "." + member.name.GetString(), member.value);
    }
    return;
  }
  std::cout << name << "  " << (value.IsString() ? printable(value.GetString()) : json_of(value)) << '\n';
}

} // namespace

void add_status_commands(CLI::App& application, context& shared) {
  auto* status = application.add_subcommand("status", "how the system does, as its status page tells");
  status->callback([&shared] {
    const auto answer = shared.api().get("/dicom/api/system/status/");
    require_success(answer);
    if (shared.json) {
      std::cout << answer.body << '\n';
      return;
    }
    rapidjson::Document document;
    document.Parse(answer.body.c_str());
    if (document.HasParseError()) throw command_error("noctisd answered something else than JSON");
    print_value({}, document);
  });
}

} // namespace noctis::ctl
