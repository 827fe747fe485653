#include "ui/platform/svg.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cstddef>
#include <optional>

namespace mimika::ui {
namespace {

struct Root {
  std::size_t begin = 0;  // of "<svg"
  std::size_t end = 0;    // past ">"
};

Result<Root> find_root(std::string_view svg) {
  const std::size_t begin = svg.find("<svg");
  const std::size_t end = begin == std::string_view::npos ? begin : svg.find('>', begin);
  if (end == std::string_view::npos) {
    return fail(ErrorCode::kCorrupt, "no <svg> element");
  }
  return Root{begin, end + 1};
}

struct Attribute {
  std::size_t begin = 0;  // of its name
  std::size_t end = 0;    // past the closing quote
  std::string_view value;
};

std::optional<Attribute> find_attribute(std::string_view element, std::string_view name) {
  for (std::size_t at = element.find(name); at != std::string_view::npos; at = element.find(name, at + 1)) {
    const bool whole_word = at > 0 && std::isspace(static_cast<unsigned char>(element[at - 1])) != 0;
    const std::size_t quote = at + name.size() + 1;
    if (!whole_word || quote >= element.size() || element[quote - 1] != '=' || element[quote] != '"') {
      continue;
    }
    const std::size_t close = element.find('"', quote + 1);
    if (close == std::string_view::npos) {
      return std::nullopt;
    }
    return Attribute{at, close + 1, element.substr(quote + 1, close - quote - 1)};
  }
  return std::nullopt;
}

bool read_number(std::string_view& rest, float& out) {
  while (!rest.empty() && (std::isspace(static_cast<unsigned char>(rest.front())) != 0 || rest.front() == ',')) {
    rest.remove_prefix(1);
  }
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out);
  if (error != std::errc{}) {
    return false;
  }
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return true;
}

void read_aspect(std::string_view value, SvgFrame& frame) {
  const auto anchor = [&](std::string_view min, std::string_view max) {
    if (value.find(min) != std::string_view::npos) {
      return 0.0F;
    }
    return value.find(max) != std::string_view::npos ? 1.0F : 0.5F;
  };
  frame.own_anchor_x = anchor("xMin", "xMax");
  frame.own_anchor_y = anchor("YMin", "YMax");
  if (value.find("slice") != std::string_view::npos) {
    frame.own_fit = Fit::kSlice;
  }
}

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') {
    return letter - '0';
  }
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// "#0D2426" or "#fff" at the start of `text`.
std::optional<std::pair<Colour, std::size_t>> read_colour(std::string_view text) {
  std::size_t digits = 0;
  while (digits < 6 && digits + 1 < text.size() && hex_digit(text[digits + 1]) >= 0) {
    ++digits;
  }
  const auto at = [&](std::size_t i) { return hex_digit(text[i + 1]); };
  const auto byte = [](int high, int low) { return static_cast<std::uint8_t>(high * 16 + low); };
  if (digits == 6) {
    return std::pair{Colour{byte(at(0), at(1)), byte(at(2), at(3)), byte(at(4), at(5))}, std::size_t{7}};
  }
  if (digits >= 3) {
    return std::pair{Colour{byte(at(0), at(0)), byte(at(1), at(1)), byte(at(2), at(2))}, std::size_t{4}};
  }
  return std::nullopt;
}

}  // namespace

Result<SvgFrame> read_svg_frame(std::string_view svg) {
  TRY_ASSIGN(const Root root, find_root(svg));
  const std::string_view element = svg.substr(root.begin, root.end - root.begin);
  const auto box = find_attribute(element, "viewBox");
  if (!box) {
    return fail(ErrorCode::kCorrupt, "no viewBox");
  }
  SvgFrame frame;
  std::string_view rest = box->value;
  if (!read_number(rest, frame.box.x) || !read_number(rest, frame.box.y) || !read_number(rest, frame.box.w) ||
      !read_number(rest, frame.box.h) || frame.box.w <= 0 || frame.box.h <= 0) {
    return fail(ErrorCode::kCorrupt, "unusable viewBox");
  }
  if (const auto aspect = find_attribute(element, "preserveAspectRatio")) {
    read_aspect(aspect->value, frame);
  }
  return frame;
}

ViewBox visible_part(const SvgFrame& frame, Fit fit, float anchor_x, float anchor_y, int width, int height) {
  const ViewBox& box = frame.box;
  if (fit == Fit::kOwn) {
    fit = frame.own_fit;
    anchor_x = frame.own_anchor_x;
    anchor_y = frame.own_anchor_y;
  }
  const float wanted = static_cast<float>(width) / static_cast<float>(height);
  const bool too_wide = box.w / box.h > wanted;
  ViewBox part = box;
  // Meet grows the box in the direction that lacks; slice shrinks it in the other.
  if ((fit == Fit::kMeet) == too_wide) {
    part.h = box.w / wanted;
  } else {
    part.w = box.h * wanted;
  }
  part.x = box.x + (box.w - part.w) * anchor_x;
  part.y = box.y + (box.h - part.h) * anchor_y;
  return part;
}

Result<std::string> with_viewport(std::string_view svg, const ViewBox& part, int width, int height) {
  TRY_ASSIGN(const Root root, find_root(svg));
  std::string element(svg.substr(root.begin, root.end - root.begin));
  for (const std::string_view name : {"viewBox", "preserveAspectRatio", "width", "height"}) {
    if (const auto attribute = find_attribute(element, name)) {
      element.erase(attribute->begin, attribute->end - attribute->begin);
    }
  }
  const std::string viewport = fmt::format(" width=\"{}\" height=\"{}\" viewBox=\"{:.4f} {:.4f} {:.4f} {:.4f}\"", width,
                                           height, part.x, part.y, part.w, part.h);
  element.insert(4, viewport);
  return std::string(svg.substr(0, root.begin)) + element + std::string(svg.substr(root.end));
}

std::string with_tint(std::string_view svg, Colour tint) {
  constexpr int kDarkBelow = 110;  // mean of the channels: ink is 29, the light fills are above 200
  const std::string solid = fmt::format("#{:02X}{:02X}{:02X}", tint.r, tint.g, tint.b);
  std::string out;
  out.reserve(svg.size() + 256);
  for (std::size_t i = 0; i < svg.size();) {
    const auto colour = svg[i] == '#' ? read_colour(svg.substr(i)) : std::nullopt;
    if (!colour) {
      out += svg[i++];
      continue;
    }
    const Colour& found = colour->first;
    const bool dark = (found.r + found.g + found.b) / 3 < kDarkBelow;
    out += solid;
    i += colour->second;
    const bool is_fill =
        out.size() >= solid.size() + 6 && out.compare(out.size() - solid.size() - 6, 6, "fill=\"") == 0;
    if (!dark && is_fill && i < svg.size() && svg[i] == '"') {
      out += "\" fill-opacity=\"0.3\"";
      ++i;
    }
  }
  return out;
}

}  // namespace mimika::ui
