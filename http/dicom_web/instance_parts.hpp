#pragma once

#include "http/dicom_web/instance_walk.hpp"
#include "http/dicom_web/parts.hpp"
#include "http/files/instance_stream.hpp"

#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// Returns the transfer syntax in which an instance goes out: the stored one where it is among the `welcome` ones or
/// none are named, else the first of them that it can be written in; "" where there is none.
std::string syntax_to_send(const std::string& stored, const std::vector<std::string>& welcome);

/// Instances as Part 10 files, each read, and transcoded where the client wants that, when its turn comes.
class instance_parts final : public part_source {
public:
  /// Throws `refusal` (406) at the first instance that none of the `welcome` transfer syntaxes can hold.
  instance_parts(context& c, instance_walk walk, std::vector<std::string> welcome);

  std::optional<std::string> next_part() override;
  blob next_bytes() override;

private:
  application& app_;
  std::shared_ptr<gateway> actors_;
  instance_walk walk_;
  std::vector<std::string> welcome_;
  std::unique_ptr<instance_stream> stream_; ///< of an instance that goes out as it is
  blob transcoded_;                         ///< else
};

} // namespace noctis
