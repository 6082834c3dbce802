#include "messages/principal.hpp"

namespace noctis {

namespace {

constexpr uint32_t bits() { return 0; }

template <class... Rest>
constexpr uint32_t bits(permission first, Rest... rest) {
  return static_cast<uint32_t>(first) | bits(rest...);
}

constexpr uint32_t every_permission = (1u << 15) - 1;

constexpr uint32_t radiologist =
    bits(permission::study_view, permission::study_upload, permission::study_edit, permission::study_export,
         permission::study_assign, permission::report_write, permission::report_sign, permission::annotation_write);
constexpr uint32_t technician =
    bits(permission::study_view, permission::study_upload, permission::study_edit, permission::annotation_write);
constexpr uint32_t facility_manager = radiologist - bits(permission::report_sign) +
                                      bits(permission::study_delete, permission::user_manage, permission::audit_view);
constexpr uint32_t facility_user = bits(permission::study_view, permission::study_upload, permission::study_export);
constexpr uint32_t service = bits(permission::study_view, permission::study_upload, permission::study_export);

struct role_row {
  const char* name;
  uint32_t permissions;
};

constexpr role_row roles[] = {
    {"admin", every_permission},
    {"radiologist", radiologist},
    {"technician", technician},
    {"referring_physician", bits(permission::study_view)},
    {"facility_manager", facility_manager},
    {"facility_user", facility_user},
    {"viewer", bits(permission::study_view)},
    {"service", service},
};

} // namespace

const std::vector<std::pair<permission, std::string>>& permission_names() {
  static const std::vector<std::pair<permission, std::string>> names{
      {permission::study_view, "study.view"},
      {permission::study_upload, "study.upload"},
      {permission::study_edit, "study.edit"},
      {permission::study_delete, "study.delete"},
      {permission::study_export, "study.export"},
      {permission::study_assign, "study.assign"},
      {permission::report_write, "report.write"},
      {permission::report_sign, "report.sign"},
      {permission::annotation_write, "annotation.write"},
      {permission::user_manage, "user.manage"},
      {permission::facility_manage, "facility.manage"},
      {permission::node_manage, "node.manage"},
      {permission::audit_view, "audit.view"},
      {permission::system_manage, "system.manage"},
      {permission::facility_all, "facility.all"},
  };
  return names;
}

uint32_t permissions_of_role(const std::string& role) {
  for (const auto& row : roles) {
    if (role == row.name) return row.permissions;
  }
  return 0;
}

const std::vector<std::string>& role_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const auto& row : roles) result.emplace_back(row.name);
    return result;
  }();
  return names;
}

principal system_principal(std::string name, int64_t facility) {
  principal result;
  result.kind = principal_kind::system;
  result.name = std::move(name);
  result.role = "admin";
  result.permissions = every_permission;
  if (facility != 0) result.facilities.push_back(facility);
  return result;
}

} // namespace noctis
