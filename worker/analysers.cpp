#include "worker/analysers.hpp"

#include "imaging/analysers/ct_calcium.hpp"
#include "imaging/analysers/ct_chest.hpp"
#include "imaging/analysers/ct_head.hpp"
#include "imaging/analysers/hu_calibration.hpp"
#include "imaging/models/model_analyser.hpp"
#include "messages/errors.hpp"

namespace noctis {

analyser_list all_analysers() {
  analyser_list all;
  all.push_back(std::make_unique<ct_head>());
  all.push_back(std::make_unique<ct_chest>());
  all.push_back(std::make_unique<ct_calcium>());
  all.push_back(std::make_unique<hu_calibration>());
  return all;
}

std::vector<std::string> compared_analysers() { return {"ct-head", "ct-chest", "ct-calcium"}; }

installed_analysers analysers_with_models(const std::string& directory) {
  installed_analysers result{all_analysers(), {}};
  if (directory.empty()) return result;
  const auto models = read_models(directory);
  if (!models) {
    result.refused.push_back("no models: " + reason_of(models.error()));
    return result;
  }
  for (const auto& model : *models) {
    auto loaded = model.ready ? model_analyser::load(model)
                              : caf::expected<std::unique_ptr<analyser>>{failure(errc::state_conflict, model.reason)};
    if (loaded)
      result.all.push_back(std::move(*loaded));
    else
      result.refused.push_back("model " + model.manifest.name + " is refused: " + reason_of(loaded.error()));
  }
  return result;
}

} // namespace noctis
