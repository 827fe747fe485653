// What a service asks for: papers with the way out when one is missing, cost and duration exactly as the catalogue
// says, and how certain that is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct ServiceView {
  struct Paper {
    std::string number;
    std::string text;
    std::string if_missing;  // "Tidak ada? …"; may be empty
    std::string icon;
    ui::Colour ground;
  };
  struct Fact {
    std::string label;
    std::string value;
    std::string icon;
    bool known = true;       // false: "belum ditetapkan"
    bool good_news = false;  // on forest: free of charge
  };
  ui::HeaderView header;
  std::string bring;  // "Bawa 3 hal ini"
  std::vector<Paper> papers;
  std::vector<Fact> facts;
  std::string help;       // "Belum lengkap? Petugas membantu Anda."
  std::string uncertain;  // the source is not certain; empty when it is
  Foot foot;
};

[[nodiscard]] ServiceView make_service_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_service(const ServiceView& view, ui::Ui& ui);

}  // namespace mimika::screens
