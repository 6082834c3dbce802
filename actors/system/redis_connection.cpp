#include "actors/system/redis_connection.hpp"

#include <hiredis/hiredis.h>

#include <cstdlib>
#include <cstring>
#include <regex>
#include <sys/time.h>

namespace noctis {

namespace {

constexpr timeval patience{2, 0};

struct word_list {
  explicit word_list(const std::vector<std::string>& words) {
    for (const auto& word : words) {
      texts.push_back(word.data());
      lengths.push_back(word.size());
    }
  }
  [[nodiscard]] int size() const { return static_cast<int>(texts.size()); }

  std::vector<const char*> texts;
  std::vector<size_t> lengths;
};

redisContext* connected_to(const std::string& url) {
  constexpr const char* unix_prefix = "unix://";
  if (url.rfind(unix_prefix, 0) == 0)
    return redisConnectUnixWithTimeout(url.c_str() + std::strlen(unix_prefix), patience);
  static const std::regex form{R"(redis://(?:[^:@/]*:([^@/]*)@)?([^:/]+)(?::(\d+))?(?:/(\d+))?/?)"};
  std::smatch part;
  if (!std::regex_match(url, part, form)) return nullptr;
  const int port = part[3].matched ? std::atoi(part[3].str().c_str()) : 6379;
  auto* context = redisConnectWithTimeout(part[2].str().c_str(), port, patience);
  if (!context || context->err != 0) return context;
  const auto say = [&](const char* verb, const std::string& word) {
    redis_reply{static_cast<redisReply*>(redisCommand(context, "%s %s", verb, word.c_str()))};
  };
  if (part[1].matched) say("AUTH", part[1].str());
  if (part[4].matched) say("SELECT", part[4].str());
  return context;
}

} // namespace

void redis_reply_deleter::operator()(redisReply* reply) const { freeReplyObject(reply); }

void redis_connection::closer::operator()(redisContext* context) const { redisFree(context); }

redis_connection::redis_connection(std::string url) : url_(std::move(url)) {}
redis_connection::redis_connection(redis_connection&&) noexcept = default;
redis_connection& redis_connection::operator=(redis_connection&&) noexcept = default;
redis_connection::~redis_connection() = default;

bool redis_connection::open() {
  if (context_ && context_->err == 0) return true;
  const auto now = std::chrono::steady_clock::now();
  if (url_.empty() || now < next_try_) return false;
  next_try_ = now + std::chrono::seconds{1};
  context_.reset(connected_to(url_));
  if (!context_) {
    failed_ = "the Redis URL has neither the form redis://host:port/database nor unix:///path";
  } else if (context_->err != 0) {
    failed_ = context_->errstr;
    context_.reset();
  } else {
    redisSetTimeout(context_.get(), patience);
    failed_.clear();
  }
  return context_ != nullptr;
}

redis_reply redis_connection::ask(const std::vector<std::string>& words) {
  return send(words) ? next_reply() : nullptr;
}

bool redis_connection::send(const std::vector<std::string>& words) {
  if (!context_) return false;
  word_list list{words};
  return redisAppendCommandArgv(context_.get(), list.size(), list.texts.data(), list.lengths.data()) == REDIS_OK;
}

redis_reply redis_connection::next_reply() {
  void* answer = nullptr;
  if (!context_ || redisGetReply(context_.get(), &answer) != REDIS_OK) return nullptr;
  return redis_reply{static_cast<redisReply*>(answer)};
}

caf::error redis_connection::away() {
  if (context_ && context_->err != 0) failed_ = context_->errstr;
  context_.reset();
  return failure(errc::cache_unavailable, "Redis does not answer: " + failed_);
}

} // namespace noctis
