#include "kiosk/device/receipt_slip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "kiosk/base/limits.h"
#include "kiosk/device/receipt_slip_paint.h"
#include "kiosk/device/receipt_slip_text.h"

namespace mimika::device {
namespace {

constexpr int kLeastWidthDots = kSlipWidthDots / 2;
constexpr int kMostWidthDots = kSlipWidthDots * 8;
constexpr int kQuietModules = 4;
constexpr std::size_t kCodeGroup = 4;
constexpr int kGrowRows = 1024;

// All lengths below are dots of a slip of kSlipWidthDots.
constexpr double kMargin = 20;
constexpr double kInside = 26;  // of the box around the code
constexpr double kBand = 44;
constexpr double kMarkColumn = 82;
constexpr double kQrSide = 400;  // at most, quiet zone included
constexpr double kLine = 1.27;   // of the letter size
constexpr double kAscent = 0.98;

constexpr SlipType kBody{SlipWeight::kMedium, 29};
constexpr SlipType kStrong{SlipWeight::kBold, 29};
constexpr SlipType kHead{SlipWeight::kBold, 33};
constexpr SlipType kOfficeName{SlipWeight::kBold, 38};
constexpr SlipType kNumber{SlipWeight::kExtraBold, 78};
constexpr SlipType kDigits{SlipWeight::kExtraBold, 62};

Status check_texts(const ReceiptSlip& slip) {
  std::vector<const std::string*> texts = {&slip.office,        &slip.regency,     &slip.title,      &slip.number,
                                           &slip.code_title,    &slip.code,        &slip.code_note,  &slip.saved,
                                           &slip.saved_when,    &slip.not_arrived, &slip.next_title, &slip.keep,
                                           &slip.free_of_charge};
  for (const auto& [name, value] : slip.facts) texts.insert(texts.end(), {&name, &value});
  for (const SlipStep& step : slip.steps) texts.insert(texts.end(), {&step.title, &step.text});
  for (const std::string* text : texts) {
    if (text->size() > limits::kSlipTextBytes) return fail(ErrorCode::kTooLarge, "a text on the slip is too long");
  }
  if (std::max(slip.facts.size(), slip.steps.size()) > limits::kSlipEntries) {
    return fail(ErrorCode::kTooLarge, "too many entries on the slip");
  }
  if (slip.number.empty()) return fail(ErrorCode::kInvalidInput, "a slip without a number");
  return {};
}

// Lays one part below the other. The paper grows as it needs; drawing beyond its end is what grows it, never lost.
class Layout {
 public:
  Layout(const SlipFont& font, int width_dots)
      : font_(font), unit_(static_cast<double>(width_dots) / kSlipWidthDots), image_(width_dots, kGrowRows) {}

  void space(double dots) { y_ += dots * unit_; }
  void band() {
    room(kBand);
    draw_band(image_, y_, kBand * unit_);
    space(kBand);
  }
  void rule() {
    room(4);
    fill_box(image_,
             {kMargin * unit_, std::round(y_), width() - kMargin * unit_, std::round(y_) + std::round(4 * unit_)});
    space(4);
  }
  void dashes() {
    room(4);
    dashed_rule(image_, kMargin * unit_, width() - kMargin * unit_, std::round(y_), std::round(4 * unit_), 10 * unit_,
                7 * unit_);
    space(4);
  }
  void centred(SlipType design, std::string_view text) {
    const SlipType type = scaled(design);
    const double most = width() - 2 * kMargin * unit_;
    for (const std::string_view line : font_.wrap(type, text, most)) {
      put(type, (width() - font_.width(type, line)) / 2, line);
    }
  }
  // As large as it fits on one line.
  void one_line(SlipType design, std::string_view text) {
    const double most = width() - 2 * kMargin * unit_;
    const double wide = font_.width(scaled(design), text);
    if (wide > most) design.px = std::max(kHead.px, static_cast<int>(design.px * most / wide));
    centred(design, text);
  }
  void left(SlipType design, std::string_view text, double indent, double right_indent = kMargin) {
    const SlipType type = scaled(design);
    for (const std::string_view line : font_.wrap(type, text, width() - (indent + right_indent) * unit_)) {
      put(type, indent * unit_, line);
    }
  }
  // The name in bold and the value after it; a value that does not fit goes on below, as wide as the paper.
  void fact(std::string_view name, std::string_view value) {
    const SlipType bold = scaled(kStrong);
    const SlipType medium = scaled(kBody);
    const double name_wide = font_.width(bold, name) + font_.width(medium, " ");
    const double most = width() - 2 * kMargin * unit_;
    if (name_wide > most * 0.6 || font_.wrap(medium, value, most - name_wide).size() != 1) {
      left(kStrong, name, kMargin);
      return left(kBody, value, kMargin);
    }
    room(bold.px * kLine / unit_);
    font_.draw(image_, medium, kMargin * unit_ + name_wide, y_ + bold.px * kAscent, value);
    put(bold, kMargin * unit_, name);
  }
  void marked(SlipMark mark, std::string_view title, std::string_view text) {
    constexpr double kSide = 60;
    const double top = y_;
    room(kSide + 8);
    draw_mark(image_, mark, kMargin * unit_, top + 6 * unit_, kSide * unit_);
    left(kHead, title, kMargin + kMarkColumn);
    left(kBody, text, kMargin + kMarkColumn);
    y_ = std::max(y_, top + (kSide + 8) * unit_);
  }
  Status qr(const std::string& text) {
    TRY_ASSIGN(const SlipQr code, SlipQr::make(text));
    const int all = code.modules() + 2 * kQuietModules;
    const int least = static_cast<int>(std::ceil(kSmallestModuleDots * std::max(unit_, 1.0)));
    int module = static_cast<int>(kQrSide * unit_) / all;
    // A denser code may take the whole width before it is refused.
    if (module < least) module = image_.width() / all;
    if (module < least) return fail(ErrorCode::kTooLarge, "the statement does not fit the paper as a QR code");
    const int side = all * module;
    room(side / unit_);
    const int left = (image_.width() - side) / 2 + kQuietModules * module;
    code.draw(image_, left, static_cast<int>(std::ceil(y_)) + kQuietModules * module, module);
    y_ = std::ceil(y_) + side;
    return {};
  }
  void code_box(const ReceiptSlip& slip) {
    const double top = y_;
    space(kInside - 4);
    const double head = y_;
    constexpr double kSide = 42;
    room(kSide);
    draw_mark(image_, SlipMark::kLock, (kMargin + kInside) * unit_, head, kSide * unit_);
    left(kHead, slip.code_title, kMargin + kInside + kSide + 14, kMargin + kInside);
    y_ = std::max(y_, head + kSide * unit_);
    space(4);
    digits(slip.code);
    space(8);
    left(kBody, slip.code_note, kMargin + kInside, kMargin + kInside);
    space(kInside - 8);
    room(0);
    outline_round_box(image_, {kMargin * unit_, top, width() - kMargin * unit_, y_}, 14 * unit_, 4 * unit_);
  }
  [[nodiscard]] Result<BitImage> finish() {
    const double most = limits::kSlipHeightDots * unit_;
    if (y_ > most) return fail(ErrorCode::kTooLarge, "the slip would be longer than the paper allows");
    image_.resize_height(static_cast<int>(std::ceil(y_)));
    return std::move(image_);
  }

 private:
  [[nodiscard]] double width() const { return image_.width(); }
  [[nodiscard]] SlipType scaled(SlipType design) const {
    return {design.weight, std::max(1, static_cast<int>(std::lround(design.px * unit_)))};
  }
  void room(double design_dots) {
    const double most = limits::kSlipHeightDots * unit_ + kGrowRows;
    const int needed = static_cast<int>(std::ceil(std::min(y_ + design_dots * unit_ + 2, most)));
    if (needed > image_.height()) image_.resize_height(needed + kGrowRows);
  }
  void put(SlipType type, double left, std::string_view line) {
    room(type.px * kLine / unit_);
    font_.draw(image_, type, left, y_ + type.px * kAscent, line);
    y_ += type.px * kLine;
  }
  // Groups of four, two on a line, in columns of the same middle: easy to read out and to type again.
  void digits(const std::string& code) {
    std::string plain;
    plain.reserve(code.size());
    for (const char c : code) {
      if (c != ' ') plain += c;
    }
    const SlipType type = scaled(kDigits);
    const double column = (width() - 2 * (kMargin + kInside) * unit_) / 2;
    for (std::size_t at = 0; at < plain.size(); at += 2 * kCodeGroup) {
      room(type.px * kLine / unit_);
      for (std::size_t half = 0; half < 2 && at + half * kCodeGroup < plain.size(); ++half) {
        const auto group = std::string_view(plain).substr(at + half * kCodeGroup, kCodeGroup);
        const double middle = (kMargin + kInside) * unit_ + column * (static_cast<double>(half) + 0.5);
        font_.draw(image_, type, middle - font_.width(type, group) / 2, y_ + type.px * kAscent, group);
      }
      y_ += type.px * 1.2;
    }
    mimika::wipe(plain);
  }

  const SlipFont& font_;
  double unit_;
  BitImage image_;
  double y_ = 0;  // dots of the image
};

SlipMark mark_of(SlipIcon icon) {
  switch (icon) {
    case SlipIcon::kOffice:
      return SlipMark::kOffice;
    case SlipIcon::kAnswer:
      return SlipMark::kAnswer;
    case SlipIcon::kSearch:
      break;
  }
  return SlipMark::kSearch;
}

void lay_out_end(const ReceiptSlip& slip, Layout& paper) {
  if (!slip.steps.empty()) {
    paper.space(16);
    paper.dashes();
    paper.space(14);
    paper.left(kHead, slip.next_title, kMargin);
    for (const SlipStep& step : slip.steps) {
      paper.space(8);
      paper.marked(mark_of(step.icon), step.title, step.text);
    }
  }
  paper.space(18);
  paper.rule();
  paper.space(18);
  paper.centred(kStrong, slip.keep);
  paper.centred(kBody, slip.free_of_charge);
  paper.space(18);
  paper.band();
}

}  // namespace

struct SlipMaker::Fonts {
  std::unique_ptr<SlipFont> font;
};

SlipMaker::SlipMaker(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
SlipMaker::SlipMaker(SlipMaker&&) noexcept = default;
SlipMaker& SlipMaker::operator=(SlipMaker&&) noexcept = default;
SlipMaker::~SlipMaker() = default;

Result<SlipMaker> SlipMaker::open(const std::vector<std::string>& font_folders) {
  TRY_ASSIGN(auto font, SlipFont::open(font_folders));
  return SlipMaker(std::make_unique<Fonts>(Fonts{std::move(font)}));
}

Result<BitImage> SlipMaker::render(const ReceiptSlip& slip, int width_dots) const {
  TRY(check_texts(slip));
  if (width_dots < kLeastWidthDots || width_dots > kMostWidthDots) {
    return fail(ErrorCode::kInvalidInput, fmt::format("a slip cannot be {} dots wide", width_dots));
  }
  Layout paper(*fonts_->font, width_dots);
  paper.band();
  paper.space(18);
  paper.centred(kOfficeName, slip.office);
  paper.centred(kBody, slip.regency);
  paper.space(14);
  paper.rule();
  paper.space(16);
  paper.centred(kBody, slip.title);
  paper.one_line(kNumber, slip.number);
  if (!slip.statement.empty()) TRY(paper.qr(slip.statement));
  paper.space(4);
  if (!slip.code.empty()) paper.code_box(slip);
  paper.space(16);
  for (const auto& [name, value] : slip.facts) paper.fact(name, value);
  if (!slip.saved.empty()) {
    paper.space(14);
    paper.dashes();
    paper.space(14);
    paper.marked(SlipMark::kSaved, slip.saved, slip.saved_when);
  }
  if (!slip.not_arrived.empty()) {
    paper.space(10);
    paper.marked(SlipMark::kNotArrived, slip.not_arrived, "");
  }
  lay_out_end(slip, paper);
  return paper.finish();
}

void wipe(ReceiptSlip& slip) {
  for (std::string* text : {&slip.office, &slip.regency, &slip.title, &slip.number, &slip.statement, &slip.code_title,
                            &slip.code, &slip.code_note, &slip.saved, &slip.saved_when, &slip.not_arrived,
                            &slip.next_title, &slip.keep, &slip.free_of_charge}) {
    mimika::wipe(*text);
  }
  for (auto& [name, value] : slip.facts) {
    mimika::wipe(name);
    mimika::wipe(value);
  }
  for (SlipStep& step : slip.steps) {
    mimika::wipe(step.title);
    mimika::wipe(step.text);
  }
  slip.facts.clear();
  slip.steps.clear();
}

}  // namespace mimika::device
