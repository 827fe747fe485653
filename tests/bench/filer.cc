// Files tickets as fast as the store takes them and says each number once it is saved: what the kill tests kill, and
// what the wire benchmark fills a journal with.
//
//   bench_filer DATA [--forever]
//
// Every line of standard input is one filing in the JSON of mimika-kiosk-ctl; each is filed as it comes and answered
// with "<number> <event>". With --forever all lines are read first and then filed in turn until the process is killed.
// One receipt pair serves all of them: deriving one takes a tenth of a second by intent, and would be all there is to
// see.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "kiosk/app/filing.h"
#include "kiosk/app/locations.h"
#include "kiosk/app/ticket_json.h"
#include "kiosk/base/log.h"
#include "kiosk/model/catalogue_json.h"
#include "sync/client/enrolment_files.h"

namespace mimika {
namespace {

class Filer {
 public:
  static Result<Filer> open(const std::string& root) {
    const DataFolder folder{root};
    Filer filer;
    filer.env_ = make_system_env();
    TRY_ASSIGN(filer.catalogue_, load_catalogue(find_assets() + "/catalogue"));
    TRY_ASSIGN(sync::Enrolment enrolment, sync::load_enrolment(folder.root));
    TRY_ASSIGN(filer.store_, Store::open(enrolment.store_options(folder.journal(), "bench"), *filer.env_));
    TRY_ASSIGN(const ReceiptPair pair, make_receipt_pair(*filer.env_, filer.store_->identity().device));
    filer.code_ = pair.code.grouped();
    filer.receipt_key_ = pair.public_key;
    filer.device_key_.emplace(std::move(enrolment.device_key));
    return filer;
  }

  Status file(const std::string& json) {
    TRY_ASSIGN(const FilingRequest request, filing_from_json(json));
    TRY_ASSIGN(crypto::ReceiptCode code, crypto::ReceiptCode::parse(code_));
    TRY_ASSIGN(const Receipted done,
               file_request(*store_, catalogue_, request, ReceiptPair{std::move(code), receipt_key_}, *device_key_,
                            local_date(env_->wall_ms())));
    std::printf("%s %s\n", format_ticket_number(done.filed.number).c_str(), to_string(done.filed.key).c_str());
    std::fflush(stdout);
    return {};
  }

 private:
  std::unique_ptr<Env> env_;
  Catalogue catalogue_;
  std::unique_ptr<Store> store_;
  std::optional<crypto::SigningKey> device_key_;
  std::string code_;
  ReceiptPublicKey receipt_key_{};
};

Status run(const std::string& root, bool forever) {
  TRY_ASSIGN(Filer filer, Filer::open(root));
  std::puts("ready");
  std::fflush(stdout);
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) {
    if (forever) {
      lines.push_back(line);
    } else {
      TRY(filer.file(line));
    }
  }
  if (forever && lines.empty()) return fail(ErrorCode::kInvalidInput, "nothing to file");
  for (std::size_t i = 0; forever; i = (i + 1) % lines.size()) TRY(filer.file(lines[i]));
  return {};
}

}  // namespace
}  // namespace mimika

int main(int argc, char** argv) {
  const bool forever = argc == 3 && std::string(argv[2]) == "--forever";
  if (argc != 2 && !forever) {
    std::fprintf(stderr, "usage: bench_filer DATA [--forever]\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  const mimika::Status status = mimika::run(argv[1], forever);
  if (status) return 0;
  std::fprintf(stderr, "bench_filer: %s\n", status.error().message.c_str());
  return 1;
}
