// What must hold whatever is done to a kiosk. Each answers with what is broken, or nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/session/apply.h"
#include "ui/widgets/ui.h"

namespace mimika::monkey {

using Broken = std::optional<std::string>;

// No text is longer than its field takes, and each is well-formed.
[[nodiscard]] Broken texts_within_limits(const Session& session);

// The visit has ended: nothing of the person is left in the session.
[[nodiscard]] Broken nobody_is_left(const Session& session);

// What the person wrote, for looking whether any of it is left afterwards. Short texts may stand in any sentence.
[[nodiscard]] std::vector<std::string> traces_of(const Session& session);
// Neither a label nor a published value holds any of it.
[[nodiscard]] Broken nothing_shown_of(const std::vector<std::string>& traces, const ui::Ui& ui);

// Left alone, the kiosk is back on its first screen when the idle time and the time to answer are over.
[[nodiscard]] Broken ends_by_itself(Session session, SessionContext context);

// There is something to touch, unless the kiosk keeps the person waiting for a moment.
[[nodiscard]] Broken has_a_way_on(const Session& session, const ui::Ui& ui);

}  // namespace mimika::monkey
