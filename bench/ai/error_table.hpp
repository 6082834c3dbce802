#pragma once

#include <deque>
#include <string>
#include <vector>

namespace noctis::bench {

/// The errors of one measured quantity over all phantoms.
struct error_row {
  std::string analyser;
  std::string quantity;
  std::string unit;
  double limit = 0; ///< that no error may pass; 0: not one may differ
  std::vector<double> errors;

  [[nodiscard]] double mean() const;  ///< of the errors with their signs
  [[nodiscard]] double worst() const; ///< the greatest without sign
  [[nodiscard]] bool passes() const { return !errors.empty() && worst() <= limit; }
};

/// What analysers say, compared with what is true.
class error_table {
public:
  /// Adds an error; a quantity's limit is that of its first.
  void add(const std::string& analyser, const std::string& quantity, const std::string& unit, double limit,
           double error);
  [[nodiscard]] bool passes() const;
  [[nodiscard]] std::string markdown() const;
  [[nodiscard]] std::string json() const;

private:
  std::deque<error_row> rows_;
};

} // namespace noctis::bench
