#include "actors/association/service_classes.hpp"

#include <algorithm>

namespace noctis {

const std::vector<service_class>& service_classes() {
  using op = service_operation;
  using model = information_model;
  static const std::vector<service_class> table{
      {"1.2.840.10008.5.1.4.1.2.1.1", "Patient Root Query/Retrieve - FIND", op::find, model::patient_root},
      {"1.2.840.10008.5.1.4.1.2.1.2", "Patient Root Query/Retrieve - MOVE", op::move, model::patient_root},
      {"1.2.840.10008.5.1.4.1.2.1.3", "Patient Root Query/Retrieve - GET", op::get, model::patient_root},
      {"1.2.840.10008.5.1.4.1.2.2.1", "Study Root Query/Retrieve - FIND", op::find, model::study_root},
      {"1.2.840.10008.5.1.4.1.2.2.2", "Study Root Query/Retrieve - MOVE", op::move, model::study_root},
      {"1.2.840.10008.5.1.4.1.2.2.3", "Study Root Query/Retrieve - GET", op::get, model::study_root},
      {"1.2.840.10008.5.1.4.1.2.3.1", "Patient/Study Only Query/Retrieve - FIND", op::find, model::patient_study_only},
      {"1.2.840.10008.5.1.4.1.2.3.2", "Patient/Study Only Query/Retrieve - MOVE", op::move, model::patient_study_only},
      {"1.2.840.10008.5.1.4.1.2.3.3", "Patient/Study Only Query/Retrieve - GET", op::get, model::patient_study_only},
      {"1.2.840.10008.5.1.4.31", "Modality Worklist - FIND", op::find, model::worklist},
      {"1.2.840.10008.1.20.1", "Storage Commitment Push Model", op::commit},
      {"1.2.840.10008.3.1.2.3.3", "Modality Performed Procedure Step", op::perform},
  };
  return table;
}

const service_class* find_service(std::string_view uid) {
  const auto& all = service_classes();
  const auto found = std::find_if(all.begin(), all.end(), [uid](const service_class& one) { return one.uid == uid; });
  return found == all.end() ? nullptr : &*found;
}

} // namespace noctis
