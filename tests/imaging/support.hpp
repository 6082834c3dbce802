#pragma once

#include "imaging/analysis.hpp"
#include "imaging/phantoms/phantom.hpp"
#include "tests/results.hpp"

#include <string>
#include <vector>

namespace noctis::test {

/// A phantom and the volume of its slices.
struct scanned_phantom {
  phantom made;
  volume image;
};

/// Returns a phantom of this kind as `scan` scans it; a defect ends the test.
scanned_phantom scanned(const std::string& kind, const scan_options& scan, double scale = 1);

/// Returns the value of a measurement by its code (and site or laterality code where given); NaN where it is absent.
double value_of(const analysis& result, const std::string& code, const std::string& site = {},
                const std::string& laterality = {});

/// Whether a warning holds `text`.
bool warns(const std::vector<std::string>& warnings, const std::string& text);

/// Returns slices of `edge`² pixels, 2 mm apart, each of the value of its number.
std::vector<slice> plain_slices(size_t count, uint32_t edge = 8);

/// Returns the traits of a plain CT series.
series_traits ct_traits();

} // namespace noctis::test
