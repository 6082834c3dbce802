#include "actors/work/job_stream.hpp"

#include <hiredis/hiredis.h>

#include <cstdlib>
#include <cstring>

namespace noctis {

namespace {

constexpr const char* group = "workers";
const std::string prefix = "noctis:jobs:";

bool is_array(const redisReply* reply, size_t least) {
  return reply && reply->type == REDIS_REPLY_ARRAY && reply->elements >= least;
}

std::string text_of(const redisReply* reply) {
  return reply && reply->type == REDIS_REPLY_STRING ? std::string{reply->str, reply->len} : std::string{};
}

bool is_without_group(const redisReply* reply) {
  return reply->type == REDIS_REPLY_ERROR && std::strncmp(reply->str, "NOGROUP", 7) == 0;
}

/// A token as XREADGROUP answers it: [stream, [[entry, [field, value]]]].
struct taken_token {
  std::string stream;
  std::string entry;
  int64_t job = 0;
};

bool read_token(const redisReply* stream, taken_token& token) {
  if (!is_array(stream, 2) || !is_array(stream->element[1], 1)) return false;
  const auto* entry = stream->element[1]->element[0];
  if (!is_array(entry, 2) || !is_array(entry->element[1], 2)) return false;
  token.stream = text_of(stream->element[0]);
  token.entry = text_of(entry->element[0]);
  token.job = std::strtoll(text_of(entry->element[1]->element[1]).c_str(), nullptr, 10);
  return token.job > 0 && token.stream.size() > prefix.size();
}

} // namespace

caf::error job_stream::add(const std::vector<job_token>& tokens) {
  if (!redis_.open()) return redis_.away();
  for (const auto& token : tokens) redis_.send({"XADD", prefix + token.queue, "*", "job", std::to_string(token.id)});
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (!redis_.next_reply()) return redis_.away();
  }
  return {};
}

caf::expected<std::vector<int64_t>> job_stream::lengths(const std::vector<std::string>& queues) {
  if (!redis_.open()) return redis_.away();
  for (const auto& queue : queues) redis_.send({"XLEN", prefix + queue});
  std::vector<int64_t> result;
  for (size_t i = 0; i < queues.size(); ++i) {
    const auto length = redis_.next_reply();
    if (!length) return redis_.away();
    result.push_back(length->type == REDIS_REPLY_INTEGER ? length->integer : 0);
  }
  return result;
}

caf::error job_stream::make_groups(const std::vector<std::string>& queues) {
  for (const auto& queue : queues) {
    // A group that is there already is an error that changes nothing.
    if (!redis_.ask({"XGROUP", "CREATE", prefix + queue, group, "0", "MKSTREAM"})) return redis_.away();
  }
  return {};
}

caf::expected<std::vector<job_token>> job_stream::next(const std::string& consumer,
                                                       const std::vector<std::string>& queues,
                                                       std::chrono::milliseconds patience) {
  if (!redis_.open()) return redis_.away();
  std::vector<std::string> words{
      "XREADGROUP", "GROUP", group, consumer, "COUNT", "1", "BLOCK", std::to_string(patience.count()), "STREAMS"};
  for (const auto& queue : queues) words.push_back(prefix + queue);
  words.insert(words.end(), queues.size(), ">");
  const auto reply = redis_.ask(words);
  if (!reply) return redis_.away();
  std::vector<job_token> result;
  if (is_without_group(reply.get())) {
    if (auto error = make_groups(queues)) return error;
    return result;
  }
  for (size_t i = 0; is_array(reply.get(), i + 1); ++i) {
    taken_token token;
    if (!read_token(reply->element[i], token)) continue;
    redis_.send({"XACK", token.stream, group, token.entry});
    redis_.send({"XDEL", token.stream, token.entry});
    if (!redis_.next_reply() || !redis_.next_reply()) return redis_.away();
    result.push_back({token.job, token.stream.substr(prefix.size())});
  }
  return result;
}

caf::error job_stream::forget_taken(const std::vector<std::string>& queues, std::chrono::milliseconds age) {
  if (!redis_.open()) return redis_.away();
  for (const auto& queue : queues) {
    const auto stream = prefix + queue;
    const auto reply = redis_.ask(
        {"XAUTOCLAIM", stream, group, "sweeper", std::to_string(age.count()), "0-0", "COUNT", "100", "JUSTID"});
    if (!reply) return redis_.away();
    if (!is_array(reply.get(), 2) || !is_array(reply->element[1], 1)) continue;
    for (size_t i = 0; i < reply->element[1]->elements; ++i) {
      const auto entry = text_of(reply->element[1]->element[i]);
      redis_.send({"XACK", stream, group, entry});
      redis_.send({"XDEL", stream, entry});
      if (!redis_.next_reply() || !redis_.next_reply()) return redis_.away();
    }
  }
  return {};
}

} // namespace noctis
