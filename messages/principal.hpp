#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// What a principal may do. The values are bits of `principal::permissions` and stand in the database by name.
enum class permission : uint32_t {
  study_view = 1u << 0,
  study_upload = 1u << 1,
  study_edit = 1u << 2,
  study_delete = 1u << 3,
  study_export = 1u << 4,
  study_assign = 1u << 5,
  report_write = 1u << 6,
  report_sign = 1u << 7,
  annotation_write = 1u << 8,
  user_manage = 1u << 9,
  facility_manage = 1u << 10,
  node_manage = 1u << 11,
  audit_view = 1u << 12,
  system_manage = 1u << 13,
  facility_all = 1u << 14, ///< sees every facility
};

/// All permissions with their public names ("study.view"), in the order of their bits.
const std::vector<std::pair<permission, std::string>>& permission_names();

/// Returns the permission bits of a role (`admin`, `radiologist`, `technician`, `referring_physician`,
/// `facility_manager`, `facility_user`, `viewer`, `service`); 0 for an unknown role.
uint32_t permissions_of_role(const std::string& role);

/// The roles that a user can have, in the order in which people list them.
const std::vector<std::string>& role_names();

enum class principal_kind : uint8_t {
  nobody, ///< no identity: may do nothing
  user,   ///< a person or service account that logged in
  ae,     ///< a DICOM application entity, known by its title
  system, ///< this system itself (recovery, jobs, operations on the command line)
};

/// On whose behalf a message acts. Every message that reads or writes patient data carries one; the
/// repositories filter by it.
struct principal {
  principal_kind kind = principal_kind::nobody;
  int64_t id = 0;                  ///< users: row id; others 0
  std::string name;                ///< user name or AE title
  std::string role;                ///< users: one of `role_names()`
  uint32_t permissions = 0;        ///< bits of `permission`
  std::vector<int64_t> facilities; ///< ids; the first is where new data of this principal goes
  std::string address;             ///< IP address of the peer, "" for the system itself
  std::string request_id;          ///< what ties log lines and audit entries to one request

  [[nodiscard]] bool may(permission p) const { return (permissions & static_cast<uint32_t>(p)) != 0; }
  [[nodiscard]] bool sees_all_facilities() const { return may(permission::facility_all); }
  [[nodiscard]] bool sees_facility(int64_t facility) const {
    return sees_all_facilities() || std::find(facilities.begin(), facilities.end(), facility) != facilities.end();
  }
};

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, principal& x) {
  return f(x.kind, x.id, x.name, x.role, x.permissions, x.facilities, x.address, x.request_id);
}

/// The system itself, acting in `facility` (0: none in particular), with every permission.
principal system_principal(std::string name, int64_t facility = 0);

} // namespace noctis
