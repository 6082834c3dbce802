#include "imaging/models/model_analyser.hpp"
#include "tests/imaging/onnx.hpp"
#include "tests/imaging/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <unistd.h>

using namespace noctis;
using namespace noctis::test;

namespace fs = std::filesystem;

namespace {

/// Replaces each `from` in `text`.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, "the manifest has no " << from);
  return text.replace(at, from.size(), to);
}

const char* const classifier = R"({"name":"tiny","version":"1.2","description":"mean of a slice","licence":"MIT",
 "sha256":"SUM","input":{"shape":[1,1,4,4],"layout":"NCHW","normalisation":{"mean":10,"deviation":20}},
 "output":{"kind":"classification","labels":[{"code":{"value":"X1","scheme":"99TEST","meaning":"Bright"},
 "urgent_from":0.7}]},"applies_to":{"modality":"CT","words":["chest"]},"limits":{"seconds":10,"memory_mib":256}})";

const char* const segmenter = R"({"name":"cut","version":"1","description":"above 50 HU","licence":"MIT",
 "sha256":"SUM","input":{"shape":[1,1,6,4,4],"layout":"NCDHW","normalisation":{"window":[0,100]}},
 "output":{"kind":"segmentation","labels":[{"code":null},{"code":{"value":"X2","scheme":"99TEST","meaning":"Dense"}}]},
 "applies_to":{"modality":"CT","words":["chest"]},"limits":{"seconds":10,"memory_mib":256}})";

/// Global mean and logistic function: y = 1 / (1 + exp(-mean x)).
std::string mean_network() {
  return onnx_model({1, 1, 4, 4}, {{"GlobalAveragePool", {"x"}, "m", {}}, {"Sigmoid", {"m"}, "y", {}}});
}

/// Two channels for each voxel: 0.5 and x, so that the second is greater where x is above a half.
std::string threshold_network() {
  return onnx_model({1, 1, 6, 4, 4}, {{"Conv", {"x", "w", "b"}, "y", {{"kernel_shape", {1, 1, 1}}}}},
                    {{"w", {2, 1, 1, 1, 1}, {0, 1}}, {"b", {2}, {0.5, 0}}});
}

/// A directory of models that goes with the test.
class model_directory {
public:
  model_directory() {
    std::string name = "/tmp/noctis-models-XXXXXX";
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~model_directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  model_directory(const model_directory&) = delete;
  model_directory& operator=(const model_directory&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream out(path_ / name, std::ios::binary);
    out << bytes;
    BOOST_REQUIRE(out.good());
  }

  /// Installs a network with its manifest, whose SUM becomes the network's checksum.
  void install(const std::string& stem, const std::string& network, const std::string& manifest) const {
    write(stem + ".onnx", network);
    write(stem + ".json", with(manifest, "SUM", sha256_by_command((path_ / (stem + ".onnx")).string())));
  }

  [[nodiscard]] std::vector<model_entry> models() const {
    auto models = read_models(path_);
    BOOST_REQUIRE_MESSAGE(models, reason_for(models));
    return std::move(*models);
  }

  /// The reason for which the only model is refused.
  [[nodiscard]] std::string refusal() const {
    const auto all = models();
    BOOST_REQUIRE(all.size() == 1U);
    BOOST_TEST(!all.front().ready);
    return all.front().reason;
  }

  [[nodiscard]] std::unique_ptr<analyser> only() const {
    const auto all = models();
    BOOST_REQUIRE(all.size() == 1U);
    BOOST_REQUIRE_MESSAGE(all.front().ready, all.front().reason);
    auto loaded = model_analyser::load(all.front());
    BOOST_REQUIRE_MESSAGE(loaded, reason_for(loaded));
    return std::move(*loaded);
  }

private:
  fs::path path_;
};

series_traits chest_traits() {
  auto traits = ct_traits();
  traits.body_part = "CHEST";
  return traits;
}

/// Six slices of 4 × 4, slice k of value 10 k; one pixel of slice 3 is brighter.
volume small_volume() {
  auto slices = plain_slices(6, 4);
  for (size_t k = 0; k < slices.size(); ++k) std::fill(slices[k].values.begin(), slices[k].values.end(), 10.0F * k);
  slices[3].values[5] = 78;
  auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  return std::move(*image);
}

} // namespace

BOOST_AUTO_TEST_SUITE(models)

BOOST_AUTO_TEST_CASE(a_classification_gives_the_value_worked_out_by_hand) {
  const model_directory directory;
  directory.install("tiny", mean_network(), classifier);
  const auto model = directory.only();
  BOOST_TEST(model->name() == "model-tiny");
  BOOST_TEST(model->version().rfind("1.2+", 0) == 0U);
  double done = 0;
  run_control control;
  control.progress = [&](double share) { done = share; };
  const auto result = model->analyse(small_volume(), chest_traits(), control);
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  // The brightest slice is the last: (50 - 10) / 20 = 2.
  const auto expected = 1 / (1 + std::exp(-2.0));
  BOOST_TEST(std::abs(value_of(*result, "X1") - expected) < 1e-6);
  BOOST_TEST(result->measurements.at(0).position->at(2) == 10.0);
  BOOST_TEST((result->priority == urgency::urgent));
  BOOST_TEST(result->urgency_reason == "the model gives Bright 0.88");
  BOOST_TEST(done == 1.0);
  control.cancelled = [] { return true; };
  BOOST_TEST((code_for(model->analyse(small_volume(), chest_traits(), control)) == errc::cancelled));
}

BOOST_AUTO_TEST_CASE(a_segmentation_labels_the_voxels_that_it_should) {
  const model_directory directory;
  directory.install("cut", threshold_network(), segmenter);
  const auto model = directory.only();
  const auto image = small_volume();
  const auto result = model->analyse(image, chest_traits(), {});
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  BOOST_REQUIRE(result->masks.size() == 1U);
  const auto& labels = result->masks[0].labels;
  for (size_t i = 0; i < labels.size(); ++i) BOOST_TEST(int(labels[i]) == (image.voxels[i] > 50 ? 2 : 0));
  BOOST_TEST(std::abs(value_of(*result, "118565006", "X2") - 1 * image.voxel_ml()) < 1e-9);
  const auto again = model->analyse(image, chest_traits(), {});
  BOOST_REQUIRE(again);
  BOOST_TEST((again->masks[0].labels == labels));
}

BOOST_AUTO_TEST_CASE(an_input_of_another_spacing_covers_what_lies_about_the_middle) {
  const model_directory directory;
  auto manifest = with(segmenter, R"("layout")", R"("spacing_mm":[0.5,0.5,2],"layout")");
  directory.install("cut", threshold_network(), manifest);
  auto slices = plain_slices(6, 4);
  for (auto& each : slices) std::fill(each.values.begin(), each.values.end(), 90.0F);
  const auto image = volume_of(slices, ct_traits());
  BOOST_REQUIRE(image);
  const auto result = directory.only()->analyse(*image, chest_traits(), {});
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  for (size_t i = 0; i < image->voxels.size(); ++i) {
    const auto column = i % 4;
    const auto row = i / 4 % 4;
    const bool inside = column >= 1 && column <= 2 && row >= 1 && row <= 2;
    BOOST_TEST(int(result->masks[0].labels[i]) == (inside ? 2 : 0));
  }
}

BOOST_AUTO_TEST_CASE(a_network_of_another_shape_is_an_error) {
  {
    const model_directory directory;
    directory.install(
        "tiny", mean_network(),
        with(classifier, R"("labels":[)", R"("labels":[{"code":{"value":"X0","scheme":"99TEST","meaning":"Dark"}},)"));
    BOOST_TEST(reason_for(directory.only()->analyse(small_volume(), chest_traits(), {})) ==
               "the network's output is 1 × 1 × 1 × 1, the manifest says 2");
  }
  const model_directory directory;
  directory.install("cut", threshold_network(), with(segmenter, R"({"code":null},)", ""));
  BOOST_TEST(reason_for(directory.only()->analyse(small_volume(), chest_traits(), {})) ==
             "the network's output is 1 × 2 × 6 × 4 × 4, the manifest says 1 × 1 × 6 × 4 × 4");
}

BOOST_AUTO_TEST_CASE(a_network_that_cannot_take_its_input_is_an_error) {
  const model_directory directory;
  const auto network = onnx_model({1, 3, 4, 4}, {{"Conv", {"x", "w"}, "y", {{"kernel_shape", {1, 1}}}}},
                                  {{"w", {1, 3, 1, 1}, {1, 1, 1}}});
  directory.install("tiny", network, classifier);
  const auto result = directory.only()->analyse(small_volume(), chest_traits(), {});
  BOOST_TEST(reason_for(result).rfind("the network cannot take its input", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_number_is_an_error) {
  const model_directory directory;
  const auto network = onnx_model(
      {1, 1, 4, 4}, {{"Conv", {"x", "w"}, "m", {{"kernel_shape", {1, 1}}}}, {"GlobalAveragePool", {"m"}, "y", {}}},
      {{"w", {1, 1, 1, 1}, {std::numeric_limits<float>::infinity()}}});
  directory.install("tiny", network, classifier);
  BOOST_TEST(reason_for(directory.only()->analyse(small_volume(), chest_traits(), {})) ==
             "the network answers with something that is no number");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_model_is_told) {
  const auto refusal = [](const std::string& network, const std::string& manifest) {
    const model_directory directory;
    directory.install("tiny", network, manifest);
    return directory.refusal();
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    return refusal(mean_network(), with(classifier, from, to));
  };
  BOOST_TEST(changed(R"("name":)", R"("name")").rfind("the manifest is no JSON", 0) == 0U);
  BOOST_TEST(changed(R"("licence":"MIT",)", "") == "the manifest's 'licence' is absent");
  BOOST_TEST(changed(R"("licence")", R"("lizence":1,"licence")") == "the manifest's 'lizence' is no key of a manifest");
  BOOST_TEST(changed(R"("layout")", R"("channels":3,"layout")") ==
             "the manifest's 'input.channels' is no key of a manifest");
  BOOST_TEST(changed("[1,1,4,4]", "[1,1,4,0]") ==
             "the manifest's 'input.shape' must be a number that is possible here");
  BOOST_TEST(changed("[1,1,4,4]", "[1,3,4,4]") ==
             "the manifest's 'input.shape' must begin with 1, 1: one image, one channel");
  BOOST_TEST(changed("[1,1,4,4]", "[1,1,4096,4096,4096]").find("134,217,728") != std::string::npos);
  BOOST_TEST(changed("[1,1,4,4]", "[16]") == "the manifest's 'input.shape' must be a list of 4 to 5 numbers");
  BOOST_TEST(changed("NCHW", "NHWC").find("'input.layout' must be NCHW") != std::string::npos);
  BOOST_TEST(changed(R"("deviation":20)", R"("deviation":0)") ==
             "the manifest's 'input.normalisation.deviation' must be a number that is possible here");
  BOOST_TEST(changed("tiny", "../tiny").find("'name' may hold") != std::string::npos);
  BOOST_TEST(changed("classification", "detection") ==
             "the manifest's 'output.kind' must be classification or segmentation");
  BOOST_TEST(refusal("this is no network", classifier).rfind("the network cannot be read", 0) == 0U);
  BOOST_TEST(refusal(mean_network().substr(0, 40), classifier).rfind("the network cannot be read", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(files_that_are_absent_or_changed_are_told) {
  {
    const model_directory directory;
    directory.write("tiny.onnx", mean_network());
    BOOST_TEST(directory.refusal() == "the file tiny.json is absent");
  }
  {
    const model_directory directory;
    directory.write("tiny.json", with(classifier, "SUM", std::string(64, 'a')));
    BOOST_TEST(directory.refusal() == "the file tiny.onnx is absent");
    directory.write("tiny.onnx", mean_network());
    BOOST_TEST(directory.refusal() == "the network's checksum is not the manifest's");
    directory.write("tiny.json", std::string(70000, ' '));
    BOOST_TEST(directory.refusal() == "the file tiny.json is larger than 64 KiB");
  }
  const model_directory directory;
  directory.install("one", mean_network(), classifier);
  directory.install("two", mean_network(), classifier);
  directory.write("readme.txt", "not a model");
  const auto all = directory.models();
  BOOST_REQUIRE(all.size() == 2U);
  BOOST_TEST(all[0].ready);
  BOOST_TEST(all[1].reason == "another model is called tiny");
  BOOST_TEST(reason_for(model_analyser::load(all[1])) == "the model is refused: another model is called tiny");
  directory.write("one.onnx", mean_network() + "x");
  BOOST_TEST(reason_for(model_analyser::load(all[0])) == "the network's checksum is not the manifest's");
  BOOST_TEST(read_models(directory.path() / "absent")->empty());
}

BOOST_AUTO_TEST_CASE(rules_of_application_hold) {
  const model_directory directory;
  directory.install("tiny", mean_network(), with(classifier, R"("words")", R"("without_contrast":true,"words")"));
  const auto model = directory.only();
  auto traits = chest_traits();
  BOOST_TEST(model->applies_to(traits).applies);
  traits.contrast_agent = "Iodine";
  BOOST_TEST(model->applies_to(traits).reason == "contrast agent was given");
  traits.contrast_agent = "";
  traits.body_part = "HEAD";
  BOOST_TEST(model->applies_to(traits).reason == "the headers name nothing that the model is for but 'HEAD'");
  traits.modality = "MR";
  BOOST_TEST(model->applies_to(traits).reason == "the modality is MR, not CT");
  traits = chest_traits();
  traits.image_type = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
  BOOST_TEST(model->applies_to(traits).reason == "the series is a localiser");
}

BOOST_AUTO_TEST_SUITE_END()
