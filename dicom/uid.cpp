#include "dicom/uid.hpp"

namespace noctis {

bool valid_uid(std::string_view uid) {
  if (uid.empty() || uid.size() > max_uid_length) return false;
  char before = '.';
  for (const char c : uid) {
    if (c == '.' ? before == '.' : c < '0' || c > '9') return false;
    before = c;
  }
  return before != '.';
}

} // namespace noctis
