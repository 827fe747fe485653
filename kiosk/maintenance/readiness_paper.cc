#include "kiosk/maintenance/readiness_paper.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "kiosk/base/limits.h"
#include "kiosk/device/receipt_slip.h"
#include "kiosk/device/receipt_slip_paint.h"
#include "kiosk/device/receipt_slip_text.h"

namespace mimika::maintenance {
namespace {

using device::BitImage;
using device::SlipFont;
using device::SlipType;
using device::SlipWeight;

constexpr double kInchMm = 25.4;
constexpr double kSheetWidthMm = 210;
constexpr double kSheetHeightMm = 297;
constexpr double kSheetMarginMm = 18;
constexpr double kSheetUnit = 0.95;  // a sheet is read from nearer than a slip
constexpr int kStripDesignDots = 576;
constexpr double kStripMargin = 20;

// Dots of a strip of kStripDesignDots; everything is multiplied by the unit.
constexpr double kLine = 1.27;
constexpr double kAscent = 0.98;
constexpr double kBand = 40;
constexpr double kMark = 28;
constexpr double kMarkColumn = 44;
constexpr double kQrSide = 330;
constexpr int kQuietModules = 4;
constexpr SlipType kTitle{SlipWeight::kExtraBold, 44};
constexpr SlipType kVerdict{SlipWeight::kExtraBold, 40};
constexpr SlipType kHead{SlipWeight::kBold, 31};
constexpr SlipType kBody{SlipWeight::kMedium, 25};
constexpr SlipType kStrong{SlipWeight::kBold, 25};
constexpr SlipType kSmall{SlipWeight::kMedium, 21};

struct Format {
  int width = 0;
  int height = 0;  // 0: as high as it needs
  double margin = 0;
  double unit = 1;
  [[nodiscard]] bool is_sheet() const { return height > 0; }
};

// A cross for what failed, a triangle for a warning, a ring of dashes for what was not looked at.
void draw_outcome(BitImage& image, std::optional<Outcome> outcome, double left, double top, double side) {
  if (outcome == Outcome::kPass) return draw_mark(image, device::SlipMark::kSaved, left, top, side);
  if (!outcome || outcome == Outcome::kSkipped) {
    return draw_mark(image, device::SlipMark::kNotArrived, left, top, side);
  }
  if (outcome == Outcome::kNotFitted) {
    return fill_box(image, {left + side * 0.1, top + side * 0.42, left + side * 0.9, top + side * 0.58});
  }
  const auto size = static_cast<int>(std::lround(side));
  const double stroke = side * 0.11;
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const double across = std::min(std::abs(x - y), std::abs(x + y - size));
      const bool cross = across < stroke * 1.5;
      const double half = side * 0.5 * y / size;
      const double off = std::abs(x - side / 2);
      const bool stem = off < stroke * 0.8 && y > size * 0.38 && y < size * 0.72;
      const bool dot = off < stroke * 0.8 && y > size * 0.8 && y < size * 0.92;
      const bool triangle = off <= half && !stem && !dot;
      if (outcome == Outcome::kFail ? cross : triangle) {
        image.set(static_cast<int>(left) + x, static_cast<int>(top) + y);
      }
    }
  }
}

// Lays one part below the other, on as many pages as it takes; a strip is one page that grows.
class Pen {
 public:
  Pen(const SlipFont& font, const Format& format) : font_(font), format_(format) { begin_page(); }

  void space(double dots) { y_ += dots * format_.unit; }
  void band() {
    device::draw_band(page(), y_, kBand * format_.unit);
    space(kBand);
  }
  void rule() {
    need(8);
    fill_box(page(), {format_.margin, std::round(y_), right(), std::round(y_) + std::round(3 * format_.unit)});
    space(8);
  }
  void centred(SlipType type, std::string_view text) {
    type = scaled(type);
    for (const std::string_view line : font_.wrap(type, text, inner())) {
      need(type.px * kLine / format_.unit);
      font_.draw(page(), type, (format_.width - font_.width(type, line)) / 2, y_ + type.px * kAscent, line);
      y_ += type.px * kLine;
    }
  }
  void left(SlipType type, std::string_view text, double indent) {
    type = scaled(type);
    const double from = format_.margin + indent * format_.unit;
    for (const std::string_view line : font_.wrap(type, text, right() - from)) {
      need(type.px * kLine / format_.unit);
      font_.draw(page(), type, from, y_ + type.px * kAscent, line);
      y_ += type.px * kLine;
    }
  }
  void fact(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    const SlipType bold = scaled(kStrong);
    const SlipType medium = scaled(kBody);
    const double name_width = font_.width(bold, name + " ");
    if (name_width + font_.width(medium, value) > inner()) {
      left(kStrong, name, 0);
      return left(kBody, value, kMarkColumn);
    }
    need(bold.px * kLine / format_.unit);
    font_.draw(page(), bold, format_.margin, y_ + bold.px * kAscent, name);
    font_.draw(page(), medium, format_.margin + name_width, y_ + bold.px * kAscent, value);
    y_ += bold.px * kLine;
  }
  void check(std::optional<Outcome> outcome, const std::string& name, const std::string& word,
             const std::string& when) {
    const SlipType bold = scaled(kStrong);
    const SlipType small = scaled(kSmall);
    need(kStrong.px * kLine + kSmall.px * kLine + 6);
    const double top = y_;
    draw_outcome(page(), outcome, format_.margin, top + 2 * format_.unit, kMark * format_.unit);
    const double baseline = top + bold.px * kAscent;
    const double name_left = format_.margin + kMarkColumn * format_.unit;
    font_.draw(page(), bold, name_left, baseline, name);
    // On a sheet all stands on one line; a strip is too narrow for that.
    if (format_.is_sheet()) {
      font_.draw(page(), scaled(kBody), format_.margin + inner() * 0.52, baseline, word);
      font_.draw(page(), small, right() - font_.width(small, when), baseline, when);
      y_ += bold.px * kLine;
    } else {
      y_ += bold.px * kLine;
      left(kSmall, when.empty() ? word : word + ", " + when, kMarkColumn);
    }
    space(5);
  }
  void verdict(const std::string& text) {
    const SlipType type = scaled(kVerdict);
    const auto lines = font_.wrap(type, text, inner() - 40 * format_.unit);
    const double height = static_cast<double>(lines.size()) * type.px * kLine + 24 * format_.unit;
    need(height / format_.unit);
    device::outline_round_box(page(), {format_.margin, y_, right(), y_ + height}, 14 * format_.unit, 5 * format_.unit);
    const double top = y_;
    space(12);
    for (const std::string_view line : lines) {
      font_.draw(page(), type, (format_.width - font_.width(type, line)) / 2, y_ + type.px * kAscent, line);
      y_ += type.px * kLine;
    }
    y_ = top + height;
  }
  Status qr(const std::string& text) {
    TRY_ASSIGN(const device::SlipQr code, device::SlipQr::make(text));
    const int modules = code.modules() + 2 * kQuietModules;
    const int dots = std::max(device::kSmallestModuleDots, static_cast<int>(kQrSide * format_.unit) / modules);
    need(modules * dots / format_.unit);
    const int left = (format_.width - modules * dots) / 2;
    code.draw(page(), left + kQuietModules * dots, static_cast<int>(y_) + kQuietModules * dots, dots);
    y_ += modules * dots;
    return {};
  }
  // On a sheet, in the corner that the facts leave free; what follows is written beside it until end_aside().
  Status qr_aside(const std::string& text) {
    TRY_ASSIGN(const device::SlipQr code, device::SlipQr::make(text));
    const int dots = std::max(device::kSmallestModuleDots, static_cast<int>(kQrSide * format_.unit) / code.modules());
    const double side = code.modules() * dots;
    code.draw(page(), static_cast<int>(right() - side), static_cast<int>(y_), dots);
    aside_ = side + kQuietModules * dots;
    aside_end_ = y_ + aside_;
    return {};
  }
  void end_aside() {
    aside_ = 0;
    y_ = std::max(y_, aside_end_);
  }
  Result<std::vector<BitImage>> finish() {
    if (!format_.is_sheet()) {
      if (y_ > limits::kSlipHeightDots * format_.unit) return fail(ErrorCode::kTooLarge, "the report is too long");
      page().resize_height(static_cast<int>(std::ceil(y_)));
    }
    return std::move(pages_);
  }

 private:
  [[nodiscard]] BitImage& page() { return pages_.back(); }
  [[nodiscard]] double right() const { return format_.width - format_.margin - aside_; }
  [[nodiscard]] double inner() const { return format_.width - 2 * format_.margin - aside_; }
  [[nodiscard]] SlipType scaled(SlipType type) const {
    type.px = static_cast<int>(std::lround(type.px * format_.unit));
    return type;
  }
  void begin_page() {
    constexpr int kStripBegins = 1024;
    pages_.emplace_back(format_.width, format_.is_sheet() ? format_.height : kStripBegins);
    y_ = format_.is_sheet() ? format_.margin : 0;
  }
  void need(double dots) {
    const double end = y_ + dots * format_.unit;
    if (format_.is_sheet()) {
      if (end > format_.height - format_.margin) begin_page();
    } else if (end + kBand * format_.unit > page().height()) {
      page().resize_height(static_cast<int>(end) * 2);
    }
  }

  const SlipFont& font_;
  Format format_;
  std::vector<BitImage> pages_;
  double y_ = 0;
  double aside_ = 0;
  double aside_end_ = 0;
};

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes / (std::uint64_t{1024} * 1024)) + " MiB";
}

std::string clock_words(const ReadinessWords& words, const ResultTime& at) {
  return words.when(at.wall_ms) + " (" +
         words.text(std::string("readiness.clock.").append(confidence_name(at.confidence))) + ")";
}

void write_facts(Pen& pen, const ReadinessReport& report, const ReadinessWords& words) {
  const auto fact = [&](const char* id, const std::string& value) { pen.fact(words.text(id), value); };
  fact("readiness.device", report.device_code.empty() ? words.text("readiness.not_enrolled") : report.device_code);
  fact("readiness.district", report.district);
  fact("readiness.at", clock_words(words, report.at));
  fact("readiness.zone", report.zone);
  fact("readiness.version", report.version);
  fact("readiness.centre", report.centre_url);
  fact("readiness.free", megabytes(report.free_bytes));
  fact("readiness.saved", std::to_string(report.events));
  fact("readiness.unsent", std::to_string(report.unsent_events));
  fact("readiness.key", report.verify_key);
}

void write_checks(Pen& pen, const ReadinessReport& report, const ReadinessWords& words) {
  for (const DiagnosticId id : all_diagnostics()) {
    const DiagnosticResult* result = find_result(report, id);
    if (result == nullptr) {
      pen.check(std::nullopt, words.text(name_words(id)), words.text("readiness.never_done"), "");
      continue;
    }
    pen.check(result->finding.outcome, words.text(name_words(id)), words.text(outcome_words(result->finding.outcome)),
              words.when(result->at.wall_ms));
    if (const auto advice = instruction_words(*result)) pen.left(kSmall, words.text(*advice), kMarkColumn);
    if (instruction_words(*result)) pen.space(6);
  }
}

Result<std::vector<BitImage>> draw(const SlipFont& font, const Format& format, const ReadinessReport& report,
                                   const std::string& summary, const ReadinessWords& words) {
  Pen pen(font, format);
  if (!format.is_sheet()) {
    pen.band();
    pen.space(14);
  }
  pen.centred(kTitle, words.text("readiness.title"));
  pen.centred(kHead, report.office);
  pen.space(14);
  pen.verdict(words.text(std::string("readiness.verdict.").append(readiness_name(readiness_of(report)))));
  pen.space(14);
  const std::string caption = words.text(summary.ends_with(':') ? "readiness.summary_unsigned" : "readiness.summary");
  if (format.is_sheet()) TRY(pen.qr_aside(summary));
  write_facts(pen, report, words);
  if (format.is_sheet()) {
    pen.left(kSmall, caption, 0);
    pen.end_aside();
  }
  pen.space(10);
  pen.rule();
  pen.left(kHead, words.text("readiness.checks"), 0);
  pen.space(6);
  write_checks(pen, report, words);
  if (!report.settings.empty()) {
    pen.rule();
    pen.space(4);
    pen.left(kHead, words.text("readiness.settings"), 0);
    for (const auto& [name, value] : report.settings) pen.fact(name + ":", value);
  }
  if (!format.is_sheet()) {
    pen.space(10);
    pen.rule();
    TRY(pen.qr(summary));
    pen.centred(kSmall, caption);
    pen.space(14);
    pen.band();
  }
  return pen.finish();
}

}  // namespace

ReadinessPaper::ReadinessPaper(std::unique_ptr<device::SlipFont> font) : font_(std::move(font)) {}
ReadinessPaper::ReadinessPaper(ReadinessPaper&&) noexcept = default;
ReadinessPaper& ReadinessPaper::operator=(ReadinessPaper&&) noexcept = default;
ReadinessPaper::~ReadinessPaper() = default;

Result<ReadinessPaper> ReadinessPaper::open(const std::vector<std::string>& font_folders) {
  TRY_ASSIGN(auto font, device::SlipFont::open(font_folders));
  return ReadinessPaper(std::move(font));
}

Result<device::BitImage> ReadinessPaper::strip(const ReadinessReport& report, const std::string& summary,
                                               const ReadinessWords& words, int width_dots) const {
  const double unit = static_cast<double>(width_dots) / kStripDesignDots;
  TRY_ASSIGN(auto pages, draw(*font_, {width_dots, 0, kStripMargin * unit, unit}, report, summary, words));
  return std::move(pages.front());
}

Result<std::vector<device::BitImage>> ReadinessPaper::sheets(const ReadinessReport& report, const std::string& summary,
                                                             const ReadinessWords& words) const {
  constexpr double kDotsPerMm = kSheetDpi / kInchMm;
  const Format sheet{static_cast<int>(kSheetWidthMm * kDotsPerMm), static_cast<int>(kSheetHeightMm * kDotsPerMm),
                     kSheetMarginMm * kDotsPerMm, kSheetUnit};
  return draw(*font_, sheet, report, summary, words);
}

}  // namespace mimika::maintenance
