#include "imaging/analysers/prior_change.hpp"

#include "imaging/analysers/registration.hpp"
#include "imaging/concepts.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace noctis {

namespace {

constexpr double changed_share = 0.25; // of the volume
constexpr double usual_reach = 10;     // mm that a finding may lie from where it lay

std::string text_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

bool is_inside(const volume& image, const vector3& point) {
  const auto place = image.coordinates_of(point);
  for (size_t axis = 0; axis < 3; ++axis)
    if (place[axis] < -0.5 || place[axis] > double(image.size[axis]) - 0.5) return false;
  return true;
}

bool is_same(const caf::optional<coded_concept>& a, const caf::optional<coded_concept>& b) {
  return bool(a) == bool(b) && (!a || *a == *b);
}

/// A finding now and the one that it was.
struct pair_of_findings {
  size_t now = 0;
  size_t prior = 0;
  double distance = 0;
};

class change_reader {
public:
  change_reader(const analysed_volume& now, const analysed_volume& prior, const registration& fit, double days,
                analysis& result)
      : now_(now), prior_(prior), motion_(fit.motion), days_(days), result_(result) {
    add(concepts::own("REGROTATION", "Rotation against the prior study"), fit.motion.degrees(), "deg");
    add(concepts::own("REGSHIFT", "Shift against the prior study"), fit.shift_mm, "mm");
    add(concepts::own("REGCORRELATION", "Correlation with the prior study"), fit.correlation, "1");
    add(concepts::own("REGOVERLAP", "Share that the prior study shows too"), 100 * fit.overlap, "%");
  }

  void values() {
    for (const auto& each : now_.result.measurements) {
      if (each.position) continue;
      const auto& before = prior_.result.measurements;
      const auto old = std::find_if(before.begin(), before.end(), [&](const measurement& other) {
        return !other.position && other.quantity == each.quantity && other.unit == each.unit &&
               is_same(other.site, each.site) && is_same(other.laterality, each.laterality);
      });
      if (old == before.end()) continue;
      const auto what = concepts::own("CHANGE-" + each.quantity.value, "Change of " + each.quantity.meaning);
      result_.measurements.push_back({what, each.value - old->value, each.unit, each.site, each.laterality, {}});
    }
  }

  void findings() {
    const auto pairs = matched();
    for (const auto& pair : pairs) compare(now_.result.candidates[pair.now], prior_.result.candidates[pair.prior]);
    size_t uncovered = 0;
    for (size_t i = 0; i < now_.result.candidates.size(); ++i) {
      if (std::any_of(pairs.begin(), pairs.end(), [i](const auto& pair) { return pair.now == i; })) continue;
      const auto& each = now_.result.candidates[i];
      if (!is_inside(prior_.image, motion_.applied_to(each.position)))
        ++uncovered;
      else
        report("NEW", "New: ", each);
    }
    for (size_t i = 0; i < prior_.result.candidates.size(); ++i) {
      if (std::any_of(pairs.begin(), pairs.end(), [i](const auto& pair) { return pair.prior == i; })) continue;
      auto gone = prior_.result.candidates[i];
      gone.position = motion_.inverse().applied_to(gone.position);
      if (!is_inside(now_.image, gone.position))
        ++uncovered;
      else
        report("GONE", "No longer seen: ", gone);
    }
    if (uncovered > 0)
      result_.warnings.push_back(std::to_string(uncovered) + " findings lie where the other study shows nothing");
  }

private:
  void add(const coded_concept& what, double value, const char* unit) {
    result_.measurements.push_back({what, value, unit, {}, {}, {}});
  }

  /// Returns which findings are the same: the nearest first, each once.
  [[nodiscard]] std::vector<pair_of_findings> matched() const {
    const auto& now = now_.result.candidates;
    const auto& prior = prior_.result.candidates;
    std::vector<pair_of_findings> all;
    for (size_t i = 0; i < now.size(); ++i) {
      const auto place = motion_.applied_to(now[i].position);
      for (size_t j = 0; j < prior.size(); ++j) {
        const auto distance = distance_of(place, prior[j].position);
        const auto reach = std::max(usual_reach, std::max(now[i].diameter_mm, prior[j].diameter_mm) / 2);
        if (now[i].finding == prior[j].finding && distance <= reach) all.push_back({i, j, distance});
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
    std::vector<pair_of_findings> kept;
    for (const auto& pair : all)
      if (std::none_of(kept.begin(), kept.end(),
                       [&](const auto& other) { return other.now == pair.now || other.prior == pair.prior; }))
        kept.push_back(pair);
    return kept;
  }

  void compare(const candidate& now, const candidate& before) {
    const auto share = now.volume_ml / std::max(before.volume_ml, 1e-6) - 1;
    const auto at = [&](const coded_concept& what, double value, const char* unit) {
      result_.measurements.push_back({what, value, unit, now.site, now.laterality, now.position});
    };
    at(concepts::own("VOLUMECHANGE", "Change of the finding's volume"), now.volume_ml - before.volume_ml, "ml");
    at(concepts::own("VOLUMECHANGESHARE", "Change of the finding's volume, of what it was"), 100 * share, "%");
    if (share > 0 && days_ > 0)
      at(concepts::own("DOUBLINGTIME", "Volume doubling time"), days_ * std::log(2) / std::log1p(share), "d");
    if (share >= changed_share) report("GROWN", "Grown: ", now);
    if (share <= -changed_share) report("SHRUNK", "Shrunk: ", now);
  }

  void report(const std::string& how, const std::string& words, candidate found) {
    if (found.finding == concepts::hemorrhage() && (how == "NEW" || how == "GROWN")) {
      result_.priority = urgency::urgent;
      result_.urgency_reason += (result_.urgency_reason.empty() ? "" : "; ") +
                                ("a hyperdense region of " + text_of(found.volume_ml) + " ml is " +
                                 (how == "NEW" ? "new" : "larger") + " since the prior study");
    }
    found.finding = concepts::own(how + "-" + found.finding.value, words + found.finding.meaning);
    result_.candidates.push_back(std::move(found));
  }

  const analysed_volume& now_;
  const analysed_volume& prior_;
  rigid_motion motion_;
  double days_;
  analysis& result_;
};

} // namespace

caf::expected<analysis> prior_change::compare(const analysed_volume& now, const analysed_volume& prior, double days,
                                              const run_control& control) {
  if (now.result.analyser != prior.result.analyser)
    return failure(errc::invalid_argument,
                   "the studies were analysed by " + now.result.analyser + " and " + prior.result.analyser);
  if (!(days >= 0)) return failure(errc::invalid_argument, "the prior study is the later one");
  const auto fit = register_rigidly(now.image, prior.image, control);
  if (!fit) return fit.error();
  analysis result;
  result.analyser = name;
  result.version = version;
  if (now.result.version != prior.result.version)
    result.warnings.push_back("the studies were analysed by versions " + now.result.version + " and " +
                              prior.result.version + " of " + now.result.analyser);
  change_reader reader{now, prior, *fit, days, result};
  reader.values();
  reader.findings();
  if (auto error = reached(control, 1)) return error;
  return result;
}

} // namespace noctis
