#include "actors/network/delivery.hpp"

#include "actors/system/ask_index.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr auto patience = std::chrono::seconds{120};

} // namespace

delivery::delivery(running_job& running, const intake_options& options)
    : self_(running.self), taker_(self_->system().spawn(intake, running.directory, options)) {
  about_.from = running.who();
  about_.by = channel::internal;
  about_.part10 = true;
}

delivery::~delivery() { self_->send_exit(taker_, caf::exit_reason::user_shutdown); }

template <class... Ts>
caf::error delivery::tell(const Ts&... what) {
  caf::error result;
  self_->request(taker_, patience, what...).receive([] {}, [&](caf::error& error) { result = std::move(error); });
  return result;
}

template <class... Ts>
caf::error delivery::ask(const Ts&... what) {
  caf::error result;
  self_->request(taker_, patience, what...)
      .receive([](const store_outcome&) {}, [&](caf::error& error) { result = std::move(error); });
  return result;
}

caf::error delivery::store(std::vector<uint8_t> file) {
  if (file.size() <= max_message_bytes) return ask(about_, blob{std::move(file)});
  if (auto error = tell(open_atom::value, about_)) return error;
  for (size_t at = 0; at < file.size(); at += max_message_bytes) {
    const auto* const begin = file.data() + at;
    if (auto error = tell(append_atom::value, blob{{begin, begin + std::min(max_message_bytes, file.size() - at)}}))
      return error;
  }
  return ask(finish_atom::value);
}

caf::expected<bool> deliver_once(running_job& running, const intake_options& options,
                                 const std::string& sop_instance_uid, std::vector<uint8_t> file) {
  const image_request request{running.who(), {0, sop_instance_uid}};
  const auto known = ask_index<image_detail>(running.self, running.directory, query_of, request);
  if (known) return false;
  if (code_of(known.error()) != errc::not_found) return known.error();
  if (auto error = delivery{running, options}.store(std::move(file))) return error;
  return true;
}

} // namespace noctis
