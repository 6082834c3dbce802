#pragma once

#include "actors/association/dialogue.hpp"
#include "actors/association/instance_receiver.hpp"

namespace noctis {

/// The Storage service of one association (PS3.4 B): takes data sets raw and answers when they are durable and
/// indexed.
class store_provider {
public:
  explicit store_provider(dialogue& with);
  store_provider(const store_provider&) = delete;
  store_provider& operator=(const store_provider&) = delete;
  ~store_provider();

  /// Receives and answers one C-STORE.
  OFCondition answer(T_ASC_PresentationContextID id, const T_DIMSE_C_StoreRQ& request);

  /// The association idles: gives memory back.
  void rest() { lease_.give_back(); }

  [[nodiscard]] uint64_t stored() const { return stored_; }
  [[nodiscard]] uint64_t refused() const { return refused_; }

private:
  [[nodiscard]] arrival about(const T_DIMSE_C_StoreRQ& request, const std::string& transfer_syntax) const;
  OFCondition respond(T_ASC_PresentationContextID id, const T_DIMSE_C_StoreRQ& request, const caf::error& refused,
                      uint64_t bytes, double took);

  dialogue& with_;
  memory_lease lease_;
  intake_actor intake_;
  size_t expected_ = 0; ///< bytes of the last data set: the next is likely as long
  uint64_t stored_ = 0;
  uint64_t refused_ = 0;
};

} // namespace noctis
