// The camera with its thread, in real time.
#include "kiosk/device/camera.h"

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "kiosk/device/recorded_camera.h"
#include "tests/device/pictures.h"

namespace mimika::device {
namespace {

// Far longer than anything takes, for machines that are busy.
constexpr int kPatienceMs = 20'000;
constexpr int kFrameMs = 20;

bool comes_true(const std::function<bool()>& condition) {
  for (int waited = 0; waited < kPatienceMs; waited += 5) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

struct World {
  World() { scene.show(draw_sample_picture({640, 360})); }
  [[nodiscard]] bool reaches(CameraState state) {
    return comes_true([&] { return camera.state() == state; });
  }
  std::unique_ptr<Env> env = make_system_env();
  RecordedScene scene{FrameFormat::kMjpeg, kFrameMs};
  std::atomic<int> told = 0;
  Camera camera{std::make_unique<RecordedCamera>(scene), *env, [this] { ++told; }};
};

TEST_CASE("a camera that nobody wants is off") {
  World world;
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(world.camera.state() == CameraState::kOff);
  CHECK(world.scene.openings() == 0);
  world.camera.take();
  CHECK_FALSE(world.camera.taken().has_value());
}

TEST_CASE("a person looks, takes a photo and goes: the light goes with them") {
  World world;
  world.camera.start({.preview = {320, 320}});
  REQUIRE(world.reaches(CameraState::kLive));
  std::optional<Image> preview;
  REQUIRE(comes_true([&] { return (preview = world.camera.preview()).has_value(); }));
  CHECK(preview->size == PixelSize{320, 180});
  CHECK(world.told > 0);

  world.camera.take();
  std::optional<Result<Photo>> photo;
  REQUIRE(comes_true([&] { return (photo = world.camera.taken()).has_value(); }));
  REQUIRE(photo->has_value());
  CHECK((*photo)->size == PixelSize{640, 360});

  world.camera.stop();
  CHECK(world.camera.state() == CameraState::kOff);
  CHECK_FALSE(world.camera.preview());
  CHECK(comes_true([&] { return !world.scene.lit(); }));
  CHECK_FALSE(world.camera.preview());
}

TEST_CASE("nothing of one visit is left for the next, however closely they follow") {
  World world;
  for (int i = 0; i < 10; ++i) {
    world.camera.start({});
    REQUIRE(comes_true([&] { return world.camera.preview().has_value(); }));
    world.camera.take();
    if (i % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(i * 7));
    world.camera.stop();
    world.camera.start({});
    CHECK(world.camera.state() == CameraState::kStarting);
    CHECK_FALSE(world.camera.taken().has_value());
    REQUIRE(comes_true([&] { return world.camera.preview().has_value(); }));
    CHECK_FALSE(world.camera.taken().has_value());
    world.camera.stop();
  }
}

// A camera that leaves something on the stack of the thread that asks it for pictures, deeper than what is called
// later.
class LittersStack final : public CameraSource {
 public:
  static constexpr std::size_t kLitterBytes = std::size_t{128} * 1024;
  static constexpr std::uint8_t kLitter = 0xB7;

  explicit LittersStack(RecordedScene& scene) : camera_(scene) {}
  [[nodiscard]] std::expected<void, SourceFault> open() override { return camera_.open(); }
  [[nodiscard]] std::expected<FrameView, SourceFault> next_frame(int timeout_ms) override {
    litter();
    return camera_.next_frame(timeout_ms);
  }
  void close() override { camera_.close(); }

  // Read as a debugger would: it is another thread's memory.
  [[nodiscard]] static bool lies_about() {
    const auto end = stack_.load();
    if (end == 0) return false;
    std::string stack(kLitterBytes, '\0');
    std::ifstream memory("/proc/self/mem", std::ios::binary);
    memory.seekg(static_cast<std::streamoff>(end - kLitterBytes));
    REQUIRE(memory.read(stack.data(), static_cast<std::streamsize>(stack.size())));
    return stack.find(std::string(64, static_cast<char>(kLitter))) != std::string::npos;
  }

 private:
  [[gnu::noinline]] static void litter() {
    std::array<std::uint8_t, kLitterBytes> deep;
    std::memset(deep.data(), kLitter, deep.size());
    stack_ = reinterpret_cast<std::uintptr_t>(deep.data()) + deep.size();
    asm volatile("" : : "r"(deep.data()) : "memory");
  }

  RecordedCamera camera_;
  static inline std::atomic<std::uintptr_t> stack_ = 0;
};

TEST_CASE("when the camera goes off nothing is left on the stack of its thread") {
  const std::unique_ptr<Env> env = make_system_env();
  RecordedScene scene{FrameFormat::kMjpeg, kFrameMs};
  scene.show(draw_sample_picture({640, 360}));
  Camera camera(std::make_unique<LittersStack>(scene), *env, [] {});
  camera.start({.preview = {320, 320}});
  REQUIRE(comes_true([&] { return camera.preview().has_value(); }));
  REQUIRE(LittersStack::lies_about());
  camera.stop();
  CHECK(comes_true([] { return !LittersStack::lies_about(); }));
}

TEST_CASE("the newest picture waits, and only that one") {
  World world;
  world.camera.start({.preview = {64, 64}});
  REQUIRE(world.reaches(CameraState::kLive));
  world.scene.show(test::one_colour({640, 360}, 200, 30, 30));
  std::this_thread::sleep_for(std::chrono::milliseconds(600));  // nobody fetches any
  const auto preview = world.camera.preview();
  REQUIRE(preview);
  CHECK(preview->rgba.data()[0] > 150);
  CHECK(preview->rgba.data()[1] < 80);
}

TEST_CASE("pulling the plug is told within two seconds, and so is putting it back") {
  World world;
  world.camera.start({});
  REQUIRE(world.reaches(CameraState::kLive));
  const auto begun = world.env->monotonic_ms();
  world.scene.unplug();
  REQUIRE(world.reaches(CameraState::kUnplugged));
  CHECK(world.env->monotonic_ms() - begun < 2000);
  const auto back = world.env->monotonic_ms();
  world.scene.plug_in();
  REQUIRE(world.reaches(CameraState::kLive));
  CHECK(world.env->monotonic_ms() - back < 2000);
}

TEST_CASE("a wish may change while the camera runs") {
  World world;
  world.camera.start({.preview = {64, 64}});
  REQUIRE(world.reaches(CameraState::kLive));
  world.scene.show(test::in_colour(test::draw_code("MK1", {640, 480}, {.module_px = 8})));
  world.camera.start({.preview = {200, 200}, .read_codes = true});
  CHECK(comes_true([&] {
    const auto preview = world.camera.preview();
    return preview && preview->size.width == 200;
  }));
  std::optional<std::string> code;
  CHECK(comes_true([&] { return (code = world.camera.code()).has_value(); }));
  CHECK(code == "MK1");
  CHECK(world.scene.openings() == 1);
}

TEST_CASE("a camera ends while it runs, waits or starts") {
  for (int i = 0; i < 10; ++i) {
    World world;
    if (i % 3 == 0) world.scene.unplug();
    world.camera.start({});
    std::this_thread::sleep_for(std::chrono::milliseconds(i * 10));
  }
  SUCCEED("no thread was left behind");
}

}  // namespace
}  // namespace mimika::device
