#include "messages/reports.hpp"

namespace noctis {

const std::vector<std::string>& report_headings() {
  static const std::vector<std::string> all{"clinical_information", "technique",      "comparison", "findings",
                                            "impression",           "recommendations"};
  return all;
}

} // namespace noctis
