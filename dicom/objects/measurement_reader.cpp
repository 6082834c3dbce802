#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/measurement_report.hpp"
#include "dicom/objects/measurement_shapes.hpp"
#include "dicom/part10.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>

namespace noctis {

namespace {

bool has_code(const DSRCodedEntryValue& value, const concept_code& what) {
  return value.getCodeValue() == what.value && value.getCodingSchemeDesignator() == what.scheme;
}

shape_points points_from(const DSRGraphicDataList& list) {
  shape_points result;
  for (size_t i = 1; i <= list.getNumberOfItems(); ++i) {
    const auto& at = list.getItem(i);
    result.push_back({at.Column, at.Row});
  }
  return result;
}

shape_points points_from(const DSRGraphicData3DList& list) {
  shape_points result;
  for (size_t i = 1; i <= list.getNumberOfItems(); ++i) {
    const auto& at = list.getItem(i);
    result.push_back({at.XCoord, at.YCoord, at.ZCoord});
  }
  return result;
}

/// Takes the content items of a report one after the other.
class report_reader {
public:
  explicit report_reader(DSRDocument& document) : document_(document) {}

  restored_annotations read() {
    auto& tree = document_.getTree();
    if (tree.gotoRoot() == 0) return {};
    do take(tree.getCurrentContentItem());
    while (tree.iterate() != 0);
    end_group();
    return std::move(result_);
  }

private:
  void take(const DSRContentItem& item) {
    const auto& name = item.getConceptName();
    if (item.getValueType() == DSRTypes::VT_Container) {
      end_group();
      is_open_ = has_code(name, code::group);
      if (is_open_) current_ = {};
      return;
    }
    if (item.getValueType() == DSRTypes::VT_PName && has_code(name, code::person_name))
      result_.author = item.getStringValue().c_str();
    if (is_open_) take_in_group(item, name);
  }

  void take_in_group(const DSRContentItem& item, const DSRCodedEntryValue& name) {
    switch (item.getValueType()) {
    case DSRTypes::VT_UIDRef:
      take_uid(name, item.getStringValue().c_str());
      break;
    case DSRTypes::VT_Code:
      take_code(name, item.getCodeValue());
      break;
    case DSRTypes::VT_Text:
      if (has_code(name, code::comment)) current_.label = without_cr(item.getStringValue().c_str());
      break;
    case DSRTypes::VT_Num:
      take_number(name, item.getNumericValue());
      break;
    case DSRTypes::VT_SCoord:
      current_.space = "image";
      take_shape(points_from(DSRSpatialCoordinatesValue{item.getSpatialCoordinates()}.getGraphicDataList()));
      break;
    case DSRTypes::VT_SCoord3D:
      current_.space = "patient";
      current_.frame_of_reference_uid = item.getSpatialCoordinates3D().getFrameOfReferenceUID().c_str();
      take_shape(points_from(DSRSpatialCoordinates3DValue{item.getSpatialCoordinates3D()}.getGraphicDataList()));
      break;
    case DSRTypes::VT_Image:
      take_image(item.getImageReference());
      break;
    default:
      break;
    }
  }

  void take_uid(const DSRCodedEntryValue& name, const std::string& uid) {
    if (has_code(name, code::tracking_uid)) current_.id = uuid_of_uid(uid);
    if (has_code(name, code::series_uid)) current_.series_uid = uid;
  }

  void take_code(const DSRCodedEntryValue& name, const DSRCodedEntryValue& value) {
    if (has_code(name, code::finding_category)) current_.kind = value.getCodeValue().c_str();
    if (has_code(name, code::derivation) && !current_.measurements.empty())
      current_.measurements.back().name = measurement_named(number_.c_str(), value.getCodeValue().c_str());
  }

  void take_number(const DSRCodedEntryValue& name, const DSRNumericMeasurementValue& number) {
    number_ = name.getCodeValue();
    Float64 value = 0;
    if (number.getFloatingPointRepresentation(value).bad()) value = std::atof(number.getNumericValue().c_str());
    current_.measurements.push_back(
        {measurement_named(number_.c_str(), {}), value, number.getMeasurementUnit().getCodeValue().c_str()});
  }

  /// What several measurements were inferred from is there several times.
  void take_shape(shape_points points) {
    if (std::find(shapes_.begin(), shapes_.end(), points) == shapes_.end()) shapes_.push_back(std::move(points));
  }

  void take_image(const DSRImageReferenceValue& image) {
    current_.sop_class_uid = image.getSOPClassUID().c_str();
    current_.sop_instance_uid = image.getSOPInstanceUID().c_str();
    const auto& frames = image.getFrameList();
    if (frames.getNumberOfItems() > 0) current_.frame = frames.getItem(1);
    auto& evidence = document_.getCurrentRequestedProcedureEvidence();
    OFString series;
    if (evidence.gotoItem(image.getSOPClassUID(), image.getSOPInstanceUID()).good() &&
        !evidence.getSeriesInstanceUID(series).empty())
      current_.series_uid = series.c_str();
  }

  void end_group() {
    if (!is_open_) return;
    is_open_ = false;
    OFString study;
    document_.getStudyInstanceUID(study);
    current_.study_uid = study.c_str();
    current_.points = points_of(current_.kind, std::exchange(shapes_, {}));
    const auto* kind = find_annotation_kind(current_.kind);
    if (kind == nullptr || !is_uuid(current_.id)) return;
    result_.annotations.push_back(std::move(current_));
  }

  DSRDocument& document_;
  restored_annotations result_;
  annotation current_;
  bool is_open_ = false;
  std::vector<shape_points> shapes_;
  OFString number_; ///< the concept of the last number
};

} // namespace

caf::expected<restored_annotations> read_measurement_report(const uint8_t* file, size_t size) {
  const auto reading = read_part10_meta(file, size, true);
  if (!reading) return reading.error();
  const auto offset = reading->meta.data_set_offset;
  DcmInputBufferStream stream;
  stream.setBuffer(file + offset, static_cast<offile_off_t>(size - offset));
  stream.setEos();
  DcmDataset data_set;
  data_set.transferInit();
  const auto read = data_set.read(stream, DcmXfer{reading->meta.transfer_syntax_uid.c_str()}.getXfer());
  data_set.transferEnd();
  if (read.bad()) return failure(errc::malformed_data_set, std::string{"the report is not read: "} + read.text());
  DSRDocument document;
  if (const auto result = document.read(data_set); result.bad())
    return failure(errc::invalid_argument, std::string{"not an SR document: "} + result.text());
  OFString manufacturer, description;
  document.getManufacturer(manufacturer);
  document.getSeriesDescription(description);
  if (manufacturer != own_manufacturer || description != measurements_description)
    return failure(errc::invalid_argument, "not a measurement report of ours");
  return report_reader{document}.read();
}

} // namespace noctis
