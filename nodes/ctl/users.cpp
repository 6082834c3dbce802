#include "schema/repositories/users.hpp"

#include "actors/accounts/passwords.hpp"
#include "nodes/ctl/command.hpp"
#include "schema/repositories/facilities.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <termios.h>
#include <unistd.h>

namespace noctis::ctl {

namespace {

constexpr int users_exist = 3;

std::string read_line(const std::string& prompt) {
  termios before{};
  const bool is_terminal = ::tcgetattr(STDIN_FILENO, &before) == 0;
  if (is_terminal) {
    auto silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    std::cerr << prompt << std::flush;
  }
  std::string line;
  std::getline(std::cin, line);
  if (is_terminal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::cerr << '\n';
  }
  return line;
}

/// From NOCTIS_ADMIN_PASSWORD, else from standard input: never from the command line, which others can read.
std::string ask_password() {
  const auto* given = std::getenv("NOCTIS_ADMIN_PASSWORD");
  auto password = given && *given ? std::string{given} : read_line("Password: ");
  const auto objection = password_objection(password);
  if (!objection.empty()) throw command_error(objection);
  return password;
}

std::vector<int64_t> facility_ids(schema::database& database, const std::vector<std::string>& names) {
  schema::facilities_repository facilities{database};
  std::vector<int64_t> ids;
  for (const auto& name : names) {
    const auto found = facilities.find(name);
    if (!found) throw command_error("no facility \"" + name + "\": noctisctl facility add NAME");
    ids.push_back(found->id);
  }
  return ids;
}

struct add_options {
  std::string name;
  std::string full_name;
  std::string role = "viewer";
  std::vector<std::string> facilities{"Default"};
  bool superuser = false;
  bool if_none = false;
};

void add_user(context& shared, const add_options& options) {
  schema::users_repository users{shared.database()};
  if (options.if_none && users.count() != 0) throw command_error("there are users already", users_exist);
  schema::new_user user;
  user.username = options.name;
  user.full_name = options.full_name;
  user.role = options.superuser ? "admin" : options.role;
  user.facilities = facility_ids(shared.database(), options.facilities);
  user.password_hash = hash_password(ask_password());
  const auto id = users.add(user);
  if (shared.json) {
    json_object{}.add("id", id).add("username", user.username).add("role", user.role).print();
  } else {
    std::cout << "added " << printable(user.username) << " with the role " << user.role << '\n';
  }
}

void list_users(context& shared) {
  table result{{"username", "full_name", "role", "facilities", "active"}};
  for (const auto& user : schema::users_repository{shared.database()}.list()) {
    std::string facilities;
    for (const auto& one : user.profile.facilities) facilities += (facilities.empty() ? "" : ",") + one.name;
    result.add(
        {user.profile.username, user.profile.full_name, user.profile.role, facilities, user.active ? "yes" : "no"});
  }
  result.print(shared);
}

struct letterhead_options {
  std::string name;
  std::string address;
  std::string logo; ///< a path, "": none
};

/// Sets both parts; what is not given is taken away.
void set_letterhead(context& shared, const letterhead_options& options) {
  letterhead head{options.name, options.address, {}};
  for (auto at = head.address.find("\\n"); at != std::string::npos; at = head.address.find("\\n", at + 1))
    head.address.replace(at, 2, "\n");
  if (!options.logo.empty()) {
    std::ifstream file{options.logo, std::ios::binary};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    const auto logo = bytes.str();
    head.logo.assign(logo.begin(), logo.end());
    if (head.logo.empty()) throw command_error(options.logo + " cannot be read");
  }
  schema::facilities_repository{shared.database()}.set_letterhead(head);
  std::cout << "reports of " << printable(options.name) << " have this letterhead from now on\n";
}

void add_facility_commands(CLI::App& application, context& shared) {
  auto* facility = application.add_subcommand("facility", "facilities: sites whose data stay apart");
  facility->require_subcommand(1);
  auto name = std::make_shared<std::string>();
  auto* add = facility->add_subcommand("add", "add a facility");
  add->add_option("name", *name)->required();
  add->callback([&shared, name] {
    const auto id = schema::facilities_repository{shared.database()}.add(*name);
    json_object{}.add("id", id).add("name", *name).print();
  });
  auto head = std::make_shared<letterhead_options>();
  auto* letterhead = facility->add_subcommand("letterhead", "set what stands at the head of a facility's reports");
  letterhead->add_option("name", head->name)->required();
  letterhead->add_option("--address", head->address, "lines below the facility's name; \\n breaks a line");
  letterhead->add_option("--logo", head->logo, "a PNG of at most 256 KiB")->check(CLI::ExistingFile);
  letterhead->callback([&shared, head] { set_letterhead(shared, *head); });
  facility->add_subcommand("list", "list the facilities")->callback([&shared] {
    table result{{"id", "name"}};
    for (const auto& one : schema::facilities_repository{shared.database()}.list()) {
      result.add({std::to_string(one.id), one.name});
    }
    result.print(shared);
  });
}

} // namespace

void add_user_commands(CLI::App& application, context& shared) {
  auto* user = application.add_subcommand("user", "users and their passwords");
  user->require_subcommand(1);
  auto options = std::make_shared<add_options>();

  auto* add =
      user->add_subcommand("add", "add a user; the password comes from NOCTIS_ADMIN_PASSWORD or standard input");
  add->add_option("name", options->name, "user name")->required();
  add->add_option("--full-name", options->full_name, "as people know the user");
  add->add_option("--role", options->role, "the user's role")->check(CLI::IsMember(role_names()));
  add->add_option("--facility", options->facilities, "facilities that the user belongs to");
  add->add_flag("--superuser", options->superuser, "the role admin, which may do everything");
  add->add_flag("--if-none", options->if_none, "only if there is no user at all (else ends with 3)");
  add->callback([&shared, options] { add_user(shared, *options); });

  auto* passwd = user->add_subcommand("passwd", "set a user's password and end the user's sessions");
  passwd->add_option("name", options->name, "user name")->required();
  passwd->callback([&shared, options] {
    schema::users_repository{shared.database()}.set_password_hash(options->name, hash_password(ask_password()));
    std::cout << "the password of " << printable(options->name) << " is set\n";
  });

  for (const bool active : {true, false}) {
    auto* command = user->add_subcommand(active ? "enable" : "disable",
                                         active ? "let a user in again" : "lock a user out, at once");
    command->add_option("name", options->name, "user name")->required();
    command->callback(
        [&shared, options, active] { schema::users_repository{shared.database()}.set_active(options->name, active); });
  }
  user->add_subcommand("list", "list the users")->callback([&shared] { list_users(shared); });
  add_facility_commands(application, shared);
}

} // namespace noctis::ctl
