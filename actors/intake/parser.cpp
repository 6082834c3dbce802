#include "actors/intake/parser.hpp"

#include "actors/answer.hpp"

namespace noctis {

parser_actor::behavior_type parser(parser_actor::stateful_pointer<parser_state> self) {
  return {
      [](const arrival& about, const blob& bytes) -> caf::result<parsed_instance> {
        instance_reader reader{about};
        if (auto error = reader.feed(bytes)) return error;
        return answer(reader.finish());
      },
      [self](open_atom, const arrival& about) { self->state.reader.emplace(about); },
      [self](append_atom, const blob& bytes) -> caf::result<void> {
        if (!self->state.reader) return failure(errc::state_conflict, "no instance has begun");
        return answer(self->state.reader->feed(bytes));
      },
      [self](finish_atom) -> caf::result<parsed_instance> {
        if (!self->state.reader) return failure(errc::state_conflict, "no instance has begun");
        auto reader = std::move(*self->state.reader);
        self->state.reader.reset();
        return answer(reader.finish());
      },
  };
}

} // namespace noctis
