#pragma once

#include "imaging/analysis.hpp"

#include <memory>
#include <string>
#include <vector>

namespace noctis {

using analyser_list = std::vector<std::unique_ptr<analyser>>;

/// Returns every analyser of volumes that this system has: here is where one is added.
analyser_list all_analysers();

/// Returns the names of those whose results are compared with a prior study's, the most telling first.
std::vector<std::string> compared_analysers();

struct installed_analysers {
  analyser_list all;
  std::vector<std::string> refused; ///< models, a sentence each
};

/// Returns every analyser, and the models of a directory as such; "": no models.
installed_analysers analysers_with_models(const std::string& directory);

} // namespace noctis
