#include "tests/device/slip_world.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "tests/support/temp_folder.h"

namespace mimika::test {
namespace {

void write_pbm(const device::BitImage& image, const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  out << "P4\n" << image.width() << " " << image.height() << "\n";
  for (int y = 0; y < image.height(); ++y) {
    const auto row = image.row(y);
    out.write(reinterpret_cast<const char*>(row.data()), static_cast<std::streamsize>(row.size()));
  }
}

}  // namespace

device::ReceiptSlip sample_slip() {
  device::ReceiptSlip slip;
  slip.office = "Kantor Distrik Jila";
  slip.regency = "Kabupaten Mimika";
  slip.title = "BUKTI PENGADUAN";
  slip.number = "JLA1-0417-K";
  // As long as a real one: a number and 104 bytes in base32.
  slip.statement =
      "MK1:JLA1-0417-K:" + std::string(100, 'Q') + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRSTUVWXYZ23456";
  slip.code_title = "Kode rahasia";
  slip.code = "4827 1093 5561 2048";
  slip.code_note = "Untuk membuka jawaban. Jangan beri kepada orang lain.";
  slip.facts = {{"Tentang:", "Air bersih"}, {"Tempat:", "Kampung Diloa"}, {"Nama:", "disembunyikan"}};
  slip.saved = "Tersimpan di kios ini";
  slip.saved_when = "24 Nov 2026, jam 09.41";
  slip.not_arrived = "Belum tiba di Mimika Center";
  slip.next_title = "Sesudah ini";
  slip.steps = {
      {device::SlipIcon::kOffice, "Saat ada jaringan", "Dikirim ke Mimika Center."},
      {device::SlipIcon::kAnswer, "Dinas menjawab", "5 hari kerja sesudah tiba. Kalau lewat, Bupati melihatnya."},
      {device::SlipIcon::kSearch, "Mau tahu sampai di mana?",
       "Sentuh “Lacak tiket” di kios mana pun. Tunjukkan kertas ini."}};
  slip.keep = "Simpan kertas ini di tempat kering.";
  slip.free_of_charge = "Tidak dipungut biaya.";
  return slip;
}

device::SlipMaker slip_maker() {
  return device::SlipMaker::open({"/usr/share/fonts/opentype/inter"}).value();
}

std::string read_qr(const device::BitImage& image) {
  const TempFolder folder;
  write_pbm(image, folder / "page.pbm");
  FILE* zbar = popen(("zbarimg --quiet --raw " + (folder / "page.pbm") + " 2>/dev/null").c_str(), "r");
  std::string text;
  char buffer[512];
  while (std::size_t got = fread(buffer, 1, sizeof buffer, zbar)) text.append(buffer, got);
  pclose(zbar);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

long black_dots(const device::BitImage& image, int left, int top, int right, int bottom) {
  long count = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) count += image.black(x, y) ? 1 : 0;
  }
  return count;
}

void keep_picture(const device::BitImage& image, const std::string& name) {
  if (const char* folder = std::getenv("MIMIKA_TEST_PICTURES"))
    write_pbm(image, std::string(folder) + "/" + name + ".pbm");
}

}  // namespace mimika::test
