#include "tests/device/ippeve.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <thread>

namespace mimika::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A job that is cancelled stays "processing" until the mechanism ends; it looks for that by asking the printer, as a
// real one looks at its own memory.
constexpr const char* kMechanism = R"(#!/bin/sh
state=@folder@/state
cancelled() {
  ipptool -tv -d job=$IPP_JOB_ID ipp://127.0.0.1:@port@/ipp/print @folder@/job.test | grep -q processing-to-stop-point
}
if [ -s $state/trouble ]; then
  reason=$(cat $state/trouble)
  echo "STATE: +$reason" >&2
  while [ -s $state/trouble ]; do
    if cancelled; then exit 0; fi
    sleep 0.1
  done
  echo "STATE: -$reason" >&2
fi
if [ -s $state/slow ]; then
  i=$(($(cat $state/slow) * 5))
  while [ $i -gt 0 ]; do
    if cancelled; then exit 0; fi
    sleep 0.1
    i=$((i - 1))
  done
fi
if cancelled; then exit 0; fi
cp "$1" @folder@/out/page-$IPP_JOB_ID.part && mv @folder@/out/page-$IPP_JOB_ID.part @folder@/out/page-$IPP_JOB_ID
env > @folder@/state/environment
)";

constexpr const char* kJobTest = R"({
OPERATION Get-Job-Attributes
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR language attributes-natural-language en
ATTR uri printer-uri $uri
ATTR integer job-id $job
ATTR keyword requested-attributes job-state-reasons
DISPLAY job-state-reasons
}
)";

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string with(std::string text, const std::string& name, const std::string& value) {
  for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += value.size()) {
    text.replace(at, name.size(), value);
  }
  return text;
}

// A port that was free a moment ago.
int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  close(fd);
  return ntohs(address.sin_port);
}

bool answers(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool there = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return there;
}

pid_t start(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    setpgid(0, 0);
    const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(fd, 1);
    dup2(fd, 2);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  return pid;
}

void stop(pid_t pid) {
  if (pid <= 0) return;
  kill(-pid, SIGKILL);
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

std::vector<std::string> names_in(const std::string& folder, const std::string& suffix = "") {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().string().ends_with(suffix)) found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

}  // namespace

IppEvePrinter::IppEvePrinter(const std::string& formats, const std::string& attributes) : port_(free_port()) {
  for (const char* name : {"state", "out", "spool"}) fs::create_directory(folder_ / name);
  write(folder_ / "mechanism", with(with(kMechanism, "@folder@", folder_.path()), "@port@", std::to_string(port_)));
  fs::permissions(folder_ / "mechanism", fs::perms::owner_all);
  write(folder_ / "job.test", kJobTest);
  // It insists on a message bus to announce itself on, even when it is told not to: this one is its own, and empty.
  const std::string bus = "unix:path=" + (folder_ / "bus");
  bus_ = start({"dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + bus}, folder_ / "bus.log");
  for (int i = 0; i < 100 && !fs::exists(folder_ / "bus"); ++i) std::this_thread::sleep_for(50ms);
  std::vector<std::string> words = {"env",
                                    "DBUS_SYSTEM_BUS_ADDRESS=" + bus,
                                    "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                    "ippeveprinter",
                                    "-r",
                                    "off",
                                    "-n",
                                    "localhost",
                                    "-p",
                                    std::to_string(port_),
                                    "-d",
                                    folder_ / "spool",
                                    "-K",
                                    folder_ / "state",
                                    "-c",
                                    folder_ / "mechanism"};
  if (attributes.empty()) {
    words.insert(words.end(), {"-f", formats});
  } else {
    write(folder_ / "printer.conf", attributes);
    words.insert(words.end(), {"-a", folder_ / "printer.conf"});
  }
  words.emplace_back("kiosk-test");
  printer_ = start(words, folder_ / "printer.log");
  for (int i = 0; i < 200 && !answers(port_); ++i) std::this_thread::sleep_for(50ms);
  REQUIRE(answers(port_));
}

IppEvePrinter::~IppEvePrinter() {
  stop(printer_);
  stop(bus_);
}

std::string IppEvePrinter::uri() const {
  return "ipp://127.0.0.1:" + std::to_string(port_) + "/ipp/print";
}

void IppEvePrinter::trouble(const std::string& keyword) {
  write(folder_ / "state/trouble.new", keyword);
  fs::rename(folder_ / "state/trouble.new", folder_ / "state/trouble");
}
void IppEvePrinter::put_right() {
  fs::remove(folder_ / "state/trouble");
}
void IppEvePrinter::slow(int seconds) {
  write(folder_ / "state/slow", std::to_string(seconds));
}

std::vector<std::string> IppEvePrinter::printed() const {
  auto pages = names_in(folder_ / "out");
  std::erase_if(pages, [](const std::string& name) { return name.ends_with(".part"); });
  return pages;
}

void IppEvePrinter::wait_until_idle() const {
  for (int i = 0; i < 200; ++i) {
    const std::string ask = "ipptool -tv " + uri() + " get-printer-attributes.test 2>/dev/null";
    FILE* pipe = popen((ask + " | grep -q 'printer-state (enum) = idle'").c_str(), "r");
    if (pclose(pipe) == 0) return;
    std::this_thread::sleep_for(50ms);
  }
  FAIL("the printer does not come to rest");
}

device::BitImage read_pwg_raster(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  // PWG 5102.4: "RaS2", a header of 1,796 bytes, then lines: how often each is repeated, and its packed units.
  constexpr std::size_t kHeader = 4;
  REQUIRE(bytes.substr(0, kHeader) == "RaS2");
  const std::uint32_t width = big_endian(bytes, kHeader + 372);
  const std::uint32_t height = big_endian(bytes, kHeader + 376);
  const std::uint32_t bits = big_endian(bytes, kHeader + 388);
  const std::uint32_t row_bytes = big_endian(bytes, kHeader + 392);
  REQUIRE((bits == 1 || bits == 8));
  device::BitImage image(static_cast<int>(width), static_cast<int>(height));
  std::size_t at = kHeader + 1796;
  const auto byte = [&] { return static_cast<unsigned char>(bytes.at(at++)); };
  for (std::uint32_t y = 0; y < height;) {
    const std::uint32_t times = byte() + 1U;
    std::string row;
    while (row.size() < row_bytes) {
      const unsigned code = byte();
      if (code < 128) {
        row.append(code + 1, static_cast<char>(byte()));
      } else {
        for (unsigned i = 0; i < 257 - code; ++i) row += static_cast<char>(byte());
      }
    }
    for (std::uint32_t i = 0; i < times && y < height; ++i, ++y) {
      for (std::uint32_t x = 0; x < width; ++x) {
        const auto unit = static_cast<unsigned char>(row.at(bits == 1 ? x / 8 : x));
        const bool black = bits == 1 ? ((unit >> (7 - x % 8)) & 1U) != 0 : unit < 128;
        if (black) image.set(static_cast<int>(x), static_cast<int>(y));
      }
    }
  }
  CHECK(at == bytes.size());  // one page
  return image;
}

}  // namespace mimika::test
