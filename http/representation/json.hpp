#pragma once

#include "messages/accounts.hpp"
#include "messages/edit.hpp"
#include "messages/ingest.hpp"
#include "messages/jobs.hpp"
#include "messages/json_text.hpp"
#include "messages/preferences.hpp"
#include "messages/query.hpp"
#include "messages/system.hpp"

#include <cstdint>
#include <string>

namespace noctis {

// The shapes of the REST contract.
void write(json_text& json, const user_profile& user);
/// Somebody as colleagues see them.
void write(json_text& json, const person& somebody);
void write(json_text& json, const patient_row& patient);
/// A study as the worklist shows it.
void write(json_text& json, const study_row& study);
/// A study as the DICOM API shows it.
void write_brief(json_text& json, const study_row& study);
/// A series with its images when `with_images`.
void write(json_text& json, const series_row& series, bool with_images);
/// An image within a study.
void write(json_text& json, const image_row& image);
/// An image within a list of a series' images.
void write_with_thumbnail(json_text& json, const image_row& image);
void write(json_text& json, const quarantine_entry& entry);
void write(json_text& json, const facility_row& facility);
/// A patient with its studies.
void write(json_text& json, const patient_detail& patient);
void write(json_text& json, const job& work);
void write(json_text& json, const queue_state& queue);
void write(json_text& json, const ae_row& entity);
void write(json_text& json, const preference& kept);

/// Returns the URL of an image's file.
std::string file_url(int64_t image);

} // namespace noctis
