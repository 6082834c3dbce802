#include "tests/schema/fixture.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

namespace noctis::test {

namespace {

std::string server_url() {
  const char* url = std::getenv("DATABASE_URL");
  if (!url) throw std::runtime_error("DATABASE_URL is not set: run this through tests/with_postgres.sh");
  return url;
}

/// Returns `url` with its database replaced: postgresql://user@host/DATABASE?…
std::string with_database(const std::string& url, const std::string& name) {
  const auto host = url.find("://") + 3;
  const auto slash = url.find('/', host);
  const auto query = url.find('?', host);
  return url.substr(0, slash) + "/" + name + (query == std::string::npos ? "" : url.substr(query));
}

} // namespace

schema::database_options empty_database() {
  static std::atomic<int> number{0};
  const auto name = "t" + std::to_string(::getpid()) + "_" + std::to_string(++number);
  schema::database_options options;
  options.url = server_url();
  tell(options, "create database " + name);
  options.url = with_database(options.url, name);
  return options;
}

std::string ask(const schema::database_options& options, const std::string& sql) {
  pqxx::connection connection{options.url};
  pqxx::nontransaction transaction{connection};
  const auto rows = transaction.exec(sql);
  return rows.empty() ? "" : rows[0][0].as<std::string>("");
}

void tell(const schema::database_options& options, const std::string& sql) {
  pqxx::connection connection{options.url};
  pqxx::nontransaction transaction{connection};
  transaction.exec(sql);
}

principal entity(int64_t facility, const std::string& title) {
  principal result;
  result.kind = principal_kind::ae;
  result.name = title;
  result.permissions = static_cast<uint32_t>(permission::study_upload) | static_cast<uint32_t>(permission::study_view);
  result.facilities = {facility};
  return result;
}

std::string uid(const std::string& level, int number) {
  const char* branch = level == "study" ? "1" : level == "series" ? "2" : "3";
  return std::string{"1.2.826.0.1.3680043.10.543."} + branch + "." + std::to_string(number);
}

std::string digest(int number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032x", static_cast<unsigned>(number));
  return text;
}

index_entry entry(int study, int series, int instance) {
  index_entry result;
  result.from.from = entity(1);
  result.from.calling_aet = "CT1";
  result.received_at = 1'700'000'000'000 + instance;
  auto& header = result.header;
  header.patient = {"P" + std::to_string(study), "", "Doe^Jane " + std::to_string(study), "19700101", "F"};
  header.study.uid = uid("study", study);
  header.study.date = "20240131";
  header.study.time = "102030";
  header.study.accession_number = "A" + std::to_string(study);
  header.study.description = "CT HEAD";
  header.series.uid = uid("series", series);
  header.series.number = series;
  header.series.modality = "CT";
  header.series.body_part = "HEAD";
  header.instance.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  header.instance.sop_instance_uid = uid("instance", instance);
  header.instance.transfer_syntax_uid = "1.2.840.10008.1.2.1";
  header.instance.number = instance;
  header.instance.rows = 512;
  header.instance.columns = 512;
  header.instance.bits_allocated = 16;
  header.instance.character_set = "ISO_IR 100";
  result.file.where = {"store-1", "ab/" + uid("study", study) + "/" + uid("instance", instance) + "-0001.dcm", 0, 1000,
                       digest(instance + 1'000'000)};
  result.file.data_set_digest = digest(instance);
  return result;
}

index_result result_of(const schema::index_answer& answer) {
  if (const auto* refusal = std::get_if<schema::index_refusal>(&answer))
    BOOST_FAIL("refused: " << to_string(refusal->code) << ": " << refusal->sentence);
  return std::get<index_result>(answer);
}

schema::index_refusal refusal_of(const schema::index_answer& answer) {
  if (!std::holds_alternative<schema::index_refusal>(answer)) BOOST_FAIL("not refused");
  return std::get<schema::index_refusal>(answer);
}

schema::index_answer index(schema::database& db, const index_entry& entry) {
  return schema::index_repository{db}.index_batch({entry}).front();
}

} // namespace noctis::test
