#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <limits>

namespace noctis::test {

scanned_phantom scanned(const std::string& kind, const scan_options& scan, double scale) {
  auto made = make_phantom(kind, scan, scale);
  BOOST_REQUIRE_MESSAGE(made, reason_for(made));
  auto image = volume_of(made->slices, made->traits);
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  return {std::move(*made), std::move(*image)};
}

double value_of(const analysis& result, const std::string& code, const std::string& site,
                const std::string& laterality) {
  const auto found = std::find_if(result.measurements.begin(), result.measurements.end(), [&](const measurement& each) {
    return each.quantity.value == code && (site.empty() || (each.site && each.site->value == site)) &&
           (laterality.empty() || (each.laterality && each.laterality->value == laterality));
  });
  return found != result.measurements.end() ? found->value : std::numeric_limits<double>::quiet_NaN();
}

bool warns(const std::vector<std::string>& warnings, const std::string& text) {
  return std::any_of(warnings.begin(), warnings.end(),
                     [&](const std::string& each) { return each.find(text) != std::string::npos; });
}

std::vector<slice> plain_slices(size_t count, uint32_t edge) {
  std::vector<slice> slices;
  for (size_t k = 0; k < count; ++k) {
    slice each;
    each.sop_instance_uid = "1.2.3." + std::to_string(k + 1);
    each.rows = each.columns = edge;
    each.geometry = slice_geometry{edge, edge, 1, 1, {0, 0, 2.0 * double(k)}, {1, 0, 0}, {0, 1, 0}};
    each.values.assign(each.geometry->pixels(), float(k));
    each.rescaled = true;
    slices.push_back(std::move(each));
  }
  return slices;
}

series_traits ct_traits() {
  series_traits traits;
  traits.modality = "CT";
  traits.image_type = {"ORIGINAL", "PRIMARY", "AXIAL"};
  traits.photometric_interpretation = "MONOCHROME2";
  return traits;
}

} // namespace noctis::test
