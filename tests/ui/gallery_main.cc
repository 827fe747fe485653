// Every widget in every state, photographed: ui_gallery [--size 1920x1080] [--text-size 0-3] [--contrast standard|high]
// [--screenshot-dir FOLDER]. For looking at beside the design's sheet of components. Its words are samples, not the
// product's.
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ui/platform/display.h"
#include "ui/widgets/ui.h"

using namespace mimika;
using namespace mimika::ui;

namespace {

void draw_keys(Ui& ui, Rect area) {
  const std::vector<Rect> lines = rows(area, 4, ui.gap());
  const std::vector<Rect> first = columns(lines[0], 4, ui.gap() * 2);
  KeyView next{.id = "next", .label = "Lanjut", .icon = "next", .kind = KeyKind::kPrimary};
  next.icon_side = IconSide::kRight;
  const auto at = [&](const Rect& cell, KeyView view) { ui.key(view, {cell.x, cell.y, cell.w, ui.px(mm::kTarget)}); };
  at(first[0], next);
  next.id = "next.pressed";
  at(first[1], next);
  next.id = "next.focus";
  at(first[2], next);
  next.id = "next.disabled";
  next.disabled_reason = "Pilih dulu.";
  at(first[3], next);
  const std::vector<Rect> second = columns(lines[1], 4, ui.gap() * 2);
  at(second[0], {.id = "back", .label = "Kembali", .icon = "back"});
  at(second[1], {.id = "back.pressed", .label = "Kembali", .icon = "back"});
  at(second[2], {.id = "speak", .label = "Bicara", .icon = "mic", .kind = KeyKind::kVoice});
  at(second[3], {.id = "cancel", .label = "Batal", .icon = "x", .kind = KeyKind::kQuiet});
  const std::vector<Rect> third = columns(lines[2], 4, ui.gap() * 2);
  KeyView photo{.id = "photo", .label = "Foto", .icon = "camera", .kind = KeyKind::kPhoto};
  photo.icon_side = IconSide::kAbove;
  photo.badge = "1";
  ui.key(photo, third[0]);
  at(third[1], {.id = "small", .label = "Ubah", .icon = "pen", .style = TextStyle::kBodyStrong});
  at(third[2], {.id = "chosen", .label = "Dipilih", .icon = "check", .selected = true});
  at(third[3], {.id = "danger", .label = "Hapus", .icon = "x", .kind = KeyKind::kDanger});
  ui.steps({.current = 3, .total = 6}, lines[3]);
}

void draw_tiles(Ui& ui, Rect area) {
  const std::vector<Rect> lines = rows(area, 2, ui.gap());
  const std::vector<Rect> cells = columns(lines[0], 5, ui.gap());
  TileView tile{.id = "tile", .label = "Air bersih", .picture = "pictures/category-air", .icon = "drop"};
  tile.style = TextStyle::kBodyStrong;
  ui.tile(tile, cells[0]);
  tile.id = "tile.pressed";
  ui.tile(tile, cells[1]);
  tile.id = "tile.two";
  ui.tile(tile, cells[2]);
  tile.id = "tile.selected";
  tile.selected = true;
  ui.tile(tile, cells[3]);
  tile.id = "tile.disabled";
  tile.selected = false;
  tile.disabled_reason = "Belum ada.";
  ui.tile(tile, cells[4]);
  const std::vector<Rect> wide = columns(lines[1], std::vector<float>{2, 1, 1.2F}, ui.gap());
  TileView complaint{.id = "complaint",
                     .label = "Sampaikan pengaduan",
                     .detail = "Ketik, bicara, atau foto",
                     .picture = "pictures/home-pengaduan",
                     .icon = "msg"};
  complaint.shape = TileShape::kWide;
  ui.tile(complaint, wide[0]);
  ui.tile({.id = "track",
           .label = "Lacak tiket",
           .detail = "Sampai di mana?",
           .picture = "pictures/home-lacak",
           .icon = "search"},
          wide[1]);
  const std::vector<Rect> small = rows(wide[2], 2, ui.gap());
  TileView row{.id = "news", .label = "Pengumuman", .picture = "pictures/home-umum", .icon = "screen"};
  row.shape = TileShape::kRow;
  row.style = TextStyle::kBodyStrong;
  ui.tile(row, small[0]);
  row.id = "icon";
  row.label = "Akta lahir";
  row.picture = "icons/baby";
  row.ground = ui.colours().dawn;
  ui.tile(row, small[1]);
}

void draw_choices(Ui& ui, Rect area) {
  ChoiceView hidden{.id = "hidden", .label = "Nama disembunyikan", .detail = "Disarankan", .icon = "mask"};
  hidden.facts = {{"badge", "Petugas saja"}, {"people", "Semua orang"}};
  hidden.selected = true;
  ui.choice(hidden, area.cut_top(ui.choice_height(hidden, area.w), ui.gap()));
  ChoiceView open{.id = "open", .label = "Terbuka", .icon = "person"};
  open.facts = {{"people", "Semua orang"}, {"people", "Semua orang"}};
  ui.choice(open, area.cut_top(ui.choice_height(open, area.w), ui.gap()));
  CheckView consent{.id = "consent",
                    .label = "Saya setuju cerita ini diteruskan ke dinas.",
                    .detail = "Data Anda hanya dipakai untuk menangani pengaduan ini."};
  consent.checked = true;
  const float half = (area.w - ui.gap()) / 2;
  Rect strip = area.cut_top(ui.check_height(consent, half), ui.gap());
  ui.check(consent, strip.cut_left(half, ui.gap()));
  ui.check({.id = "photo", .label = "Difoto", .icon = "camera", .style = TextStyle::kBodyStrong},
           strip.cut_top(ui.px(20)));
  FieldView wrong{.id = "nik", .text = "9404067508900001", .limit_bytes = 16};
  wrong.label = "NIK";
  wrong.problem = "Tanggal lahir di NIK tidak ada.";
  ui.field(wrong, area.cut_top(ui.field_height(wrong, area.w, 1), ui.gap()));
  static_cast<void>(
      ui.labelled_row({.label = "Tempat",
                       .value = "Kampung Diloa, dekat jembatan",
                       .icon = "pin",
                       .key = KeyView{.id = "row", .label = "Ubah", .icon = "pen", .style = TextStyle::kBodyStrong}},
                      area.cut_top(ui.px(20))));
}

void draw_marks(Ui& ui, Rect area) {
  const std::pair<MarkKind, const char*> marks[] = {{MarkKind::kRed, "Belum ditangani"},
                                                    {MarkKind::kLate, "Terlambat 2 hari"},
                                                    {MarkKind::kYellow, "Sedang dikerjakan"},
                                                    {MarkKind::kHeld, "Ditahan"},
                                                    {MarkKind::kGreen, "Selesai"},
                                                    {MarkKind::kGrey, "Ditutup"}};
  const std::vector<Rect> cells = grid(area.cut_top(ui.px(40), ui.gap()), 3, 2, ui.gap());
  for (std::size_t i = 0; i < 6; ++i) {
    ui.mark_word(marks[i].first, marks[i].second, cells[i]);
  }
  std::vector<PathStep> path;
  path.push_back({.sign = PlaceKind::kSavedHere, .title = "Tersimpan di kios ini", .date = "24 Nov"});
  path.push_back({.sign = PlaceKind::kArrived, .title = "Sudah tiba di Mimika Center", .date = "26 Nov"});
  path.push_back({.sign = MarkKind::kRed, .title = "Belum ditangani", .date = "26 Nov"});
  path.push_back({.sign = MarkKind::kYellow, .title = "Sedang dikerjakan", .date = "30 Nov"});
  path.push_back({.sign = MarkKind::kGreen, .title = "Selesai", .date = "3 Des", .current = true});
  const Rect row = area.cut_top(ui.path_across_height(path, area.w), ui.gap());
  ui.card(row);
  ui.path_across(path, row);
  ui.mark_pill(MarkKind::kGreen, "Selesai",
               {area.x, area.y, ui.mark_pill_size(MarkKind::kGreen, "Selesai").w, ui.px(13)});
}

void draw_parts(Ui& ui, Rect area) {
  std::vector<PathStep> path;
  path.push_back({.sign = PlaceKind::kSavedHere, .title = "Hari ini", .detail = "Tersimpan di kios ini."});
  path.push_back({.sign = PlaceKind::kArrived, .title = "Saat ada jaringan", .detail = "Dikirim ke Mimika Center."});
  path.push_back({.sign = PlaceKind::kAnswer, .title = "Dinas menjawab", .detail = "5 hari kerja sesudah tiba."});
  const std::vector<Rect> pair = columns(area, 2, ui.gap());
  const Rect card = ui.card(pair[0]);
  path[1].sign = PlaceKind::kNotArrived;
  path[1].reached = path[2].reached = false;
  ui.path_down(path, card);
  Rect right = pair[1];
  ui.code_groups("4827109355612048", 4, right.cut_top(ui.code_groups_height("4827109355612048", 4, right.w), ui.gap()));
  ui.band(right.cut_top(ui.px(8), ui.gap()));
  std::vector<float> levels;
  for (int i = 0; i < 24; ++i) {
    levels.push_back(0.2F + 0.7F * static_cast<float>((i * 37) % 11) / 11);
  }
  ui.level_bars(levels, 60, right.cut_top(ui.px(16), ui.gap()));
  ui.progress(0.4F, "Menyalin", right.cut_top(ui.px(24), ui.gap()));
  const ErrorView error{
      .title = "Printer kehabisan kertas", .text = "Pakai foto atau tulis nomornya.", .icon = "printer"};
  ui.error_panel(error, right.cut_top(ui.error_panel_height(error, right.w)));
}

struct Page {
  const char* name;
  void (*draw)(Ui&, Rect);
};

constexpr Page kPages[] = {{"keys", draw_keys},
                           {"tiles", draw_tiles},
                           {"choices", draw_choices},
                           {"marks", draw_marks},
                           {"parts", draw_parts}};

void draw_page(Ui& ui, const Page& page) {
  ui.background();
  Rect area = ui.content();
  ui.header({.title = page.name, .subtitle = "Semua keadaan"}, area);
  area.cut_bottom(ui.px(2));
  page.draw(ui, area);
  RailView rail{.clock = "09.24", .state = "Buka", .labels = {"Dengar", "Bahasa", "Huruf", "Kontras", "Bantuan"}};
  rail.selected[static_cast<std::size_t>(Tool::kContrast)] = ui.colours().high();
  static_cast<void>(ui.rail(rail));
}

Status run(std::map<std::string, std::string> options) {
  const std::string size = options["--size"];
  DisplayOptions display_options;
  display_options.window.mode = WindowMode::kHeadless;
  display_options.window.width = std::stoi(size);
  display_options.window.height = std::stoi(size.substr(size.find('x') + 1));
  display_options.assets_folder = MIMIKA_SOURCE_ASSETS;
  TRY_ASSIGN(const auto display, Display::open(display_options));
  std::filesystem::create_directories(options["--screenshot-dir"]);
  for (const Page& page : kPages) {
    Ui ui(display->fonts(), display->pictures());
    const auto frame = [&](const std::vector<InputEvent>& events) {
      display->draw([&](ImDrawList& canvas) {
        ui.begin_frame({.now_ms = 0,
                        .screen_px = display->window().size_px(),
                        .text_size = static_cast<TextSize>(std::stoi(options["--text-size"])),
                        .contrast = options["--contrast"] == "high" ? Contrast::kHigh : Contrast::kStandard,
                        .reduce_motion = true,
                        .events = events},
                       canvas);
        draw_page(ui, page);
        ui.end_frame();
      });
    };
    frame({});
    // The focus goes to the third target and then a finger presses the second, so that both states are in one picture.
    std::vector<InputEvent> events;
    for (const Target& target : ui.targets()) {
      if (target.id.ends_with(".pressed")) {
        events.push_back({.kind = InputKind::kFingerDown, .finger = 1, .at = target.rect.centre()});
        break;
      }
    }
    frame(events);
    for (int i = 0; i < 3; ++i) {
      frame({{.kind = InputKind::kKeyDown, .key = Key::kTab}});
    }
    for (const std::string& words : ui.overflows()) {
      std::printf("%s: does not fit: %s\n", page.name, words.c_str());
    }
    TRY(display->screenshot(options["--screenshot-dir"] + "/" + page.name + ".png"));
  }
  return {};
}

}  // namespace

int main(int count, char** words) {
  std::map<std::string, std::string> options = {
      {"--size", "1920x1080"}, {"--text-size", "0"}, {"--contrast", "standard"}, {"--screenshot-dir", "gallery"}};
  for (int i = 1; i + 1 < count; i += 2) {
    options[words[i]] = words[i + 1];
  }
  if (const Status status = run(options); !status) {
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    return 1;
  }
  return 0;
}
