#include "imaging/phantoms/phantom.hpp"

#include "dicom/network/scu.hpp"
#include "dicom/objects/ct_image.hpp"
#include "dicom/uid.hpp"
#include "nodes/ctl/command.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace noctis::ctl {

namespace {

constexpr const char* ct_image_storage = "1.2.840.10008.5.1.4.1.1.2";
constexpr const char* explicit_little_endian = "1.2.840.10008.1.2.1";

struct phantom_options {
  std::string kind;
  bool send = false;
  std::vector<std::string> peer; ///< host, port, title; none: our own SCP
  std::string directory;
  scan_options scan;
  uint32_t slices = 0; ///< 0: as many as is usual
  uint32_t columns = 0;
  double slice_mm = 0;
  std::string study_uid; ///< "": a new one
  std::string series_uid;
  std::string patient_id; ///< "": one of the study's own
  std::string date;       ///< YYYYMMDD, "": today
};

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = char(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string time_as(const char* format) {
  const auto now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[16];
  std::strftime(text, sizeof text, format, &parts);
  return text;
}

scan_options scan_of(const phantom_options& options) {
  auto scan = usual_scan(options.kind);
  const auto usual = scan;
  scan.noise = options.scan.noise;
  scan.tilt = options.scan.tilt;
  scan.cupping = options.scan.cupping;
  scan.offset = options.scan.offset;
  scan.missing = options.scan.missing;
  scan.seed = options.scan.seed;
  if (options.columns != 0) {
    scan.columns = options.columns;
    scan.pixel_mm = usual.pixel_mm * usual.columns / options.columns;
  }
  if (options.slices != 0) {
    scan.slices = options.slices;
    scan.slice_mm = usual.slice_mm * usual.slices / options.slices;
  }
  if (options.slice_mm > 0) scan.slice_mm = options.slice_mm;
  return scan;
}

/// Returns a description that does not call anatomy a phantom: it would be taken for one of calibration.
std::string described(std::string text, const series_traits& traits) {
  const std::string word = "hantom";
  const auto at = text.find(word);
  if (traits.body_part == "PHANTOM" || at == std::string::npos || at == 0) return text;
  return text.replace(at - 1, word.size() + 1, text[at - 1] == 'P' ? "Test object" : "test object");
}

/// Returns the Patient ID of a study's own: of two phantoms of a kind, one is not the other's prior study.
std::string patient_of(const std::string& kind, const std::string& study) {
  return "PHANTOM-" + kind + "-" + study.substr(study.size() - std::min<size_t>(study.size(), 6));
}

ct_series series_of(const phantom_options& options, const phantom& made, const scan_options& scan) {
  const auto study = options.study_uid.empty() ? new_uid() : options.study_uid;
  const auto& traits = made.traits;
  ct_series series;
  series.patient_name = "Phantom^" + capitalised(options.patient_id.empty() ? options.kind : options.patient_id);
  series.patient_id = options.patient_id.empty() ? patient_of(options.kind, study) : options.patient_id;
  series.study_uid = study;
  series.study_id = "1";
  series.study_description = described(traits.study_description, traits);
  series.series_uid = options.series_uid.empty() ? new_uid() : options.series_uid;
  series.series_description = described(traits.series_description, traits);
  series.protocol_name = traits.protocol_name;
  series.frame_of_reference_uid = new_uid();
  series.date = options.date.empty() ? time_as("%Y%m%d") : options.date;
  series.time = time_as("%H%M%S");
  series.body_part = traits.body_part;
  series.image_type = traits.image_type;
  series.patient_position = traits.patient_position;
  series.manufacturer = "Noctis phantoms";
  series.station_name = "PHANTOM";
  series.kvp = traits.kvp.value_or(120);
  series.slice_thickness = scan.slice_mm;
  series.gantry_tilt = scan.tilt;
  return series;
}

ct_image image_of(const slice& one, const ct_series& series, size_t place) {
  const auto& geometry = *one.geometry;
  ct_image image;
  image.sop_instance_uid = derived_uid(series.series_uid, int64_t(place) + 1);
  image.number = int32_t(place) + 1;
  image.rows = uint16_t(one.rows);
  image.columns = uint16_t(one.columns);
  image.spacing = {geometry.row_spacing, geometry.column_spacing};
  image.position = geometry.position;
  std::copy(geometry.row_direction.begin(), geometry.row_direction.end(), image.orientation.begin());
  std::copy(geometry.column_direction.begin(), geometry.column_direction.end(), image.orientation.begin() + 3);
  image.hu = one.values;
  return image;
}

/// Takes the images one after the other.
class image_taker {
public:
  image_taker(context& shared, const phantom_options& options) : directory_(options.directory) {
    if (!directory_.empty()) std::filesystem::create_directories(directory_);
    if (options.send) open(shared, options.peer);
  }

  void take(const std::vector<uint8_t>& file, const std::string& uid, size_t place) {
    if (!directory_.empty()) {
      char name[32];
      std::snprintf(name, sizeof name, "%05zu.dcm", place + 1);
      std::ofstream out{directory_ / name, std::ios::binary};
      out.write(reinterpret_cast<const char*>(file.data()), std::streamsize(file.size()));
      if (!out.flush()) throw command_error("cannot write " + (directory_ / name).string());
    }
    if (!association_) return;
    auto reading = read_part10_meta(file.data(), file.size(), true);
    if (!reading) throw command_error(reason_of(reading.error()));
    blob bytes{{file.begin() + std::ptrdiff_t(reading->meta.data_set_offset), file.end()}};
    bool is_sent = false;
    const auto answer = association_->send(reading->meta, [&]() -> caf::expected<blob> {
      if (is_sent) return blob{};
      is_sent = true;
      return std::move(bytes);
    });
    if (!answer) throw command_error(reason_of(answer.error()));
    if (!is_success(answer->status))
      throw command_error(uid + " was not taken: " + status_text(answer->status) + " " + answer->comment);
  }

private:
  void open(context& shared, const std::vector<std::string>& peer) {
    const auto& settings = shared.settings();
    scu_peer who{"127.0.0.1", uint16_t(settings.server_port), settings.server_ae_title, settings.server_scu_ae_title};
    if (!peer.empty()) {
      who.host = peer[0];
      who.port = uint16_t(std::stoul(peer[1]));
      who.called_aet = peer[2];
    } else if (!settings.server_host.empty() && settings.server_host != "0.0.0.0" && settings.server_host != "::") {
      who.host = settings.server_host;
    }
    auto opened = sender::open(who, {{ct_image_storage, explicit_little_endian}});
    if (!opened) throw command_error(reason_of(opened.error()));
    association_ = std::move(*opened);
  }

  std::filesystem::path directory_;
  std::optional<sender> association_;
};

void check(phantom_options& options) {
  if (options.peer == std::vector<std::string>{""}) options.peer.clear(); // how CLI11 gives an option without values
  if (!options.send && options.directory.empty()) throw command_error("say --send, --out DIR or both");
  if (options.peer.empty()) return;
  const bool is_port = options.peer.size() == 3 && CLI::Range(1, 65535)(options.peer[1]).empty();
  if (!is_port) throw command_error("--send takes nothing, or HOST PORT AET");
}

void make(context& shared, phantom_options& options) {
  check(options);
  const auto scan = scan_of(options);
  const auto made = make_phantom(options.kind, scan);
  if (!made) throw command_error(reason_of(made.error()));
  const auto series = series_of(options, *made, scan);
  image_taker taker{shared, options};
  progress bar{"images", made->slices.size()};
  for (size_t i = 0; i < made->slices.size(); ++i) {
    const auto image = image_of(made->slices[i], series, i);
    const auto file = write_ct_image(series, image);
    if (!file) throw command_error(reason_of(file.error()));
    taker.take(*file, image.sop_instance_uid, i);
    bar.update(i + 1);
  }
  bar.finish();
  const auto& truth = made->truth;
  json_object report;
  report.add("kind", options.kind).add("study_instance_uid", series.study_uid);
  report.add("series_instance_uid", series.series_uid).add("images", int64_t(made->slices.size()));
  const auto tell = [&](const char* name, const caf::optional<double>& value) {
    if (value) report.add(name, std::to_string(*value));
  };
  tell("bleed_ml", truth.bleed_ml);
  tell("brain_ml", truth.brain_ml);
  tell("ventricles_ml", truth.ventricles_ml);
  tell("midline_shift_mm", truth.midline_shift_mm);
  tell("left_lung_ml", truth.left_lung_ml);
  tell("right_lung_ml", truth.right_lung_ml);
  tell("emphysema_percent", truth.emphysema_percent);
  tell("agatston", truth.agatston);
  tell("calcium_mm3", truth.calcium_mm3);
  if (shared.json)
    report.print();
  else
    std::cout << series.study_uid << '\n';
}

} // namespace

void add_phantom_commands(CLI::App& application, context& shared) {
  auto options = std::make_shared<phantom_options>();
  auto* phantom = application.add_subcommand("phantom", "make a CT of known content, to be sent or written to files");
  phantom->add_option("kind", options->kind, "what is scanned")->required()->check(CLI::IsMember(phantom_kinds()));
  auto* send = phantom->add_option("--send", options->peer, "to HOST PORT AET; without them to our own SCP");
  send->expected(0, 3)->type_name("HOST PORT AET");
  phantom->add_option("--out", options->directory, "directory that files are written into");
  phantom->add_option("--noise", options->scan.noise, "standard deviation, HU");
  phantom->add_option("--seed", options->scan.seed, "of noise and anatomy");
  phantom->add_option("--tilt", options->scan.tilt, "of the gantry, degrees");
  phantom->add_option("--cupping", options->scan.cupping, "HU by which the centre lies too low");
  phantom->add_option("--offset", options->scan.offset, "HU added to all");
  phantom->add_option("--slices", options->slices, "number of slices over the same length");
  phantom->add_option("--slice-mm", options->slice_mm, "thickness and distance of slices");
  phantom->add_option("--columns", options->columns, "columns and rows of the same field of view");
  phantom->add_option("--missing", options->scan.missing, "slices left out, the first is 0")->delimiter(',');
  phantom->add_option("--study", options->study_uid, "Study Instance UID; a new one without it");
  phantom->add_option("--series", options->series_uid, "Series Instance UID; a new one without it");
  phantom->add_option("--patient", options->patient_id, "Patient ID; one of the study's own without it");
  phantom->add_option("--date", options->date, "of the study, YYYYMMDD; today without it")
      ->check([](const std::string& text) {
        const bool is_date = text.size() == 8 && text.find_first_not_of("0123456789") == std::string::npos;
        return is_date ? std::string{} : std::string{"a date is YYYYMMDD"};
      });
  phantom->callback([&shared, options, send] {
    options->send = send->count() > 0;
    make(shared, *options);
  });
}

} // namespace noctis::ctl
