#pragma once

#include <caf/error.hpp>
#include <rapidjson/document.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace noctis {

/// Reads the members of a JSON object that came from elsewhere, and remembers the first that is wrong: an
/// `invalid_argument` that names it. A member that may be absent may be null too; it leaves what is there as it is.
class json_members {
public:
  enum class presence { required, optional };

  /// Of a value that lives longer. `what` names the object in errors, such as "the task".
  json_members(const rapidjson::Value& object, std::string what);
  /// Of a text.
  json_members(std::string_view text, std::string what);
  json_members(const json_members&) = delete;
  json_members& operator=(const json_members&) = delete;

  void text(const char* name, std::string& into, presence how = presence::required);
  void real(const char* name, double& into, presence how = presence::required);
  void flag(const char* name, bool& into, presence how = presence::required);
  /// A whole number that fits `into`.
  template <class Integer>
  void whole(const char* name, Integer& into, presence how = presence::required) {
    static_assert(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>);
    using limits = std::numeric_limits<Integer>;
    if constexpr (std::is_signed_v<Integer>) {
      if (const auto* value = signed_number(name, limits::min(), limits::max(), how))
        into = static_cast<Integer>(value->GetInt64());
    } else {
      if (const auto* value = unsigned_number(name, limits::max(), how))
        into = static_cast<Integer>(value->GetUint64());
    }
  }
  /// Returns the member, null where there is none that is right.
  const rapidjson::Value* array(const char* name, presence how = presence::required);
  const rapidjson::Value* object(const char* name, presence how = presence::required);

  [[nodiscard]] const caf::error& error() const { return error_; }

private:
  template <class Fits>
  const rapidjson::Value* find(const char* name, presence how, const char* type, Fits fits);
  const rapidjson::Value* signed_number(const char* name, int64_t least, int64_t most, presence how);
  const rapidjson::Value* unsigned_number(const char* name, uint64_t most, presence how);

  rapidjson::Document parsed_;
  const rapidjson::Value& object_;
  std::string what_;
  caf::error error_;
};

/// Returns the texts of an array; none for what is no array, or holds something else.
std::vector<std::string> texts_in(const rapidjson::Value& array);

} // namespace noctis
