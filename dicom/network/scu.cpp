#include "dicom/network/scu.hpp"

#include "dicom/network/dimse_requestor.hpp"
#include "dicom/part10.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

namespace noctis {

namespace {

constexpr uint16_t success = 0x0000;
constexpr std::string_view verification = "1.2.840.10008.1.1";
constexpr std::string_view implicit_little_endian = "1.2.840.10008.1.2";

/// Opens the Part 10 file at `path`, reads its header and leaves `file` at the data set.
caf::expected<part10_meta> open_file(std::ifstream& file, const std::string& path) {
  file.open(path, std::ios::binary);
  if (!file) return failure(errc::not_found, "cannot open " + path);
  std::vector<uint8_t> head;
  for (size_t wanted = size_t{8} << 10;; wanted *= 4) {
    const auto have = head.size();
    head.resize(wanted);
    file.read(reinterpret_cast<char*>(head.data() + have), static_cast<std::streamsize>(wanted - have));
    head.resize(have + static_cast<size_t>(file.gcount()));
    if (file.bad()) return failure(errc::not_found, "cannot read " + path);
    auto reading = read_part10_meta(head.data(), head.size(), file.eof());
    if (!reading) return reading.error();
    if (reading->state == part10_state::need_more) continue;
    file.clear();
    file.seekg(static_cast<std::streamoff>(reading->meta.data_set_offset));
    return std::move(reading->meta);
  }
}

/// Returns what is left in `file`, piece by piece.
data_set_source source_of(std::ifstream& file, const std::string& path) {
  return [&file, &path]() -> caf::expected<blob> {
    constexpr size_t piece = size_t{1} << 20;
    blob::buffer bytes(piece);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(piece));
    if (file.bad()) return failure(errc::not_found, "cannot read " + path + " to its end");
    bytes.resize(static_cast<size_t>(file.gcount()));
    return blob{std::move(bytes)};
  };
}

} // namespace

caf::expected<std::chrono::microseconds> echo(const scu_peer& peer) {
  const auto begin = std::chrono::steady_clock::now();
  dimse_requestor requestor;
  if (auto err = requestor.connect(peer, {{std::string{verification}, std::string{implicit_little_endian}}}))
    return err;
  const auto status = requestor.echo();
  if (!status) return status.error();
  requestor.release();
  if (*status != success)
    return failure(errc::peer_refused, peer.called_aet + " answered the echo with status " + status_text(*status));
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
}

caf::expected<offered_context> context_of(const std::string& path) {
  std::ifstream file;
  auto meta = open_file(file, path);
  if (!meta) return meta.error();
  return offered_context{std::move(meta->sop_class_uid), std::move(meta->transfer_syntax_uid)};
}

struct sender::association {
  dimse_requestor requestor;
};

sender::sender(std::unique_ptr<association> open_association) : association_(std::move(open_association)) {}
sender::~sender() = default;
sender::sender(sender&&) noexcept = default;
sender& sender::operator=(sender&&) noexcept = default;

caf::expected<sender> sender::open(const scu_peer& peer, const std::vector<offered_context>& contexts) {
  std::vector<offered_context> distinct;
  for (const auto& one : contexts) {
    const bool known = std::any_of(distinct.begin(), distinct.end(), [&one](const auto& other) {
      return one.sop_class_uid == other.sop_class_uid && one.transfer_syntax_uid == other.transfer_syntax_uid;
    });
    if (!known) distinct.push_back(one);
  }
  if (distinct.empty() || distinct.size() > max_offered_contexts)
    return failure(errc::invalid_argument, "an association offers 1 to " + std::to_string(max_offered_contexts) +
                                               " presentation contexts, not " + std::to_string(distinct.size()));
  auto result = std::make_unique<association>();
  if (auto err = result->requestor.connect(peer, distinct)) return err;
  return sender{std::move(result)};
}

bool sender::accepts(std::string_view sop_class_uid, std::string_view transfer_syntax_uid) const {
  return association_->requestor.context_for(std::string{sop_class_uid}, std::string{transfer_syntax_uid}) != 0;
}

caf::expected<uint16_t> sender::send(const std::string& path) {
  std::ifstream file;
  const auto meta = open_file(file, path);
  if (!meta) return meta.error();
  const auto answer = send(*meta, source_of(file, path));
  if (!answer) return answer.error();
  return uint16_t{answer->status};
}

caf::expected<dimse_answer> sender::send(const part10_meta& meta, const data_set_source& data_set,
                                         const move_originator& originator) {
  auto& requestor = association_->requestor;
  const auto context = requestor.context_for(meta.sop_class_uid, meta.transfer_syntax_uid);
  if (context == 0)
    return failure(errc::peer_refused,
                   "the peer does not take " + meta.sop_class_uid + " in " + meta.transfer_syntax_uid);
  return requestor.store(context, meta, data_set, originator);
}

caf::expected<dimse_answer> sender::report(const event_report& event) {
  auto& requestor = association_->requestor;
  const auto context = requestor.context_for(event.sop_class_uid, std::string{implicit_little_endian});
  if (context == 0) return failure(errc::peer_refused, "the peer does not take events of " + event.sop_class_uid);
  return requestor.report_event(context, event);
}

void sender::close() { association_->requestor.release(); }

} // namespace noctis
