// Our side of Video4Linux against a kernel of the test's making, which says no wherever it can.

#include <catch2/catch.hpp>
#include <cerrno>

#include "kiosk/base/limits.h"
#include "kiosk/device/camera_engine.h"
#include "kiosk/device/recorded_camera.h"
#include "kiosk/device/v4l2_source.h"
#include "tests/device/fake_kernel.h"

namespace mimika::device {
namespace {

using test::FakeDevice;

constexpr int kTimeoutMs = 100;

struct World {
  World() { kernel.devices["/dev/video0"] = {}; }
  FakeDevice& device() { return kernel.devices["/dev/video0"]; }
  [[nodiscard]] SourceFault open_fault() {
    const auto opened = source.open();
    REQUIRE_FALSE(opened);
    return opened.error();
  }
  [[nodiscard]] SourceFault frame_fault() {
    const auto frame = source.next_frame(kTimeoutMs);
    REQUIRE_FALSE(frame);
    return frame.error();
  }
  // However it ended, everything is given back and nothing of a picture is left.
  void check_all_given_back() {
    source.close();
    CHECK(kernel.open_descriptors == 0);
    CHECK(kernel.mapped == 0);
    CHECK_FALSE(kernel.streaming);
    CHECK(kernel.wiped);
    CHECK(kernel.wrongs == std::vector<std::string>{});
  }
  test::FakeKernel kernel;
  V4l2Source source{std::make_unique<test::FakeIo>(kernel)};
};

TEST_CASE("MJPEG is taken before YUYV, and frames come as the device gave them") {
  World world;
  REQUIRE(world.source.open());
  CHECK(world.kernel.streaming);
  world.kernel.frames.push_back({.bytes = {1, 2, 3}});
  const auto frame = world.source.next_frame(kTimeoutMs);
  REQUIRE(frame);
  CHECK(frame->format == FrameFormat::kMjpeg);
  CHECK(frame->size == V4l2Source::kWanted);
  CHECK(Bytes(frame->bytes.begin(), frame->bytes.end()) == Bytes{1, 2, 3});
  world.check_all_given_back();
}

TEST_CASE("a device with YUYV alone gives that, in the size and with the rows it says") {
  World world;
  world.device() = {.formats = {V4L2_PIX_FMT_H264, V4L2_PIX_FMT_YUYV}, .width = 322, .height = 240, .row_bytes = 704};
  REQUIRE(world.source.open());
  world.kernel.frames.push_back({.bytes = Bytes(100)});
  const auto frame = world.source.next_frame(kTimeoutMs);
  REQUIRE(frame);
  CHECK(frame->format == FrameFormat::kYuyv);
  CHECK(frame->size == PixelSize{322, 240});
  CHECK(frame->row_bytes == 704);
  world.check_all_given_back();
}

TEST_CASE("a driver that leaves the length of a row out means rows without padding") {
  World world;
  world.device().formats = {V4L2_PIX_FMT_YUYV};
  REQUIRE(world.source.open());
  world.kernel.frames.push_back({.bytes = Bytes(100)});
  CHECK(world.source.next_frame(kTimeoutMs)->row_bytes == 2 * V4l2Source::kWanted.width);
}

TEST_CASE("the newest frame is given, and the older ones go back") {
  World world;
  REQUIRE(world.source.open());
  for (int round = 0; round < 20; ++round) {
    for (std::uint8_t i = 1; i <= 4; ++i) world.kernel.frames.push_back({.bytes = {i}});
    CHECK(world.source.next_frame(kTimeoutMs)->bytes[0] == 4);
  }
  world.check_all_given_back();
}

TEST_CASE("no device, no camera") {
  World world;
  world.kernel.devices.clear();
  CHECK(world.open_fault() == SourceFault::kNotFound);
  world.check_all_given_back();
}

TEST_CASE("a device that is no camera is passed over for one that is") {
  World world;
  world.kernel.devices["/dev/video0"] = {.capabilities = V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING};
  world.kernel.devices["/dev/video1"] = {.capabilities = V4L2_CAP_VIDEO_CAPTURE};
  world.kernel.devices["/dev/video2"] = {.formats = {V4L2_PIX_FMT_H264}};
  world.kernel.devices["/dev/video3"] = {.failures = {{VIDIOC_QUERYCAP, {.error = ENOTTY}}}};
  CHECK(world.open_fault() == SourceFault::kUnusable);  // of these four one is a camera, of a kind we cannot use
  world.kernel.devices["/dev/video4"] = {};
  world.kernel.calls.clear();
  world.kernel.devices["/dev/video3"].capabilities = 0;
  CHECK(world.source.open());
  world.check_all_given_back();
}

TEST_CASE("a camera in use elsewhere is what is told, whatever else is wrong with others") {
  for (const char* busy : {"/dev/video0", "/dev/video1", "/dev/video2"}) {
    World world;
    for (const char* path : {"/dev/video0", "/dev/video1", "/dev/video2"}) {
      world.kernel.devices[path] = {.formats = {V4L2_PIX_FMT_H264}};
    }
    world.kernel.devices[busy] = {.open_error = EBUSY};
    CHECK(world.open_fault() == SourceFault::kInUse);
    world.check_all_given_back();
  }
}

TEST_CASE("every call of opening may fail, with any error, and nothing stays behind") {
  const std::pair<int, SourceFault> errors[] = {{EBUSY, SourceFault::kInUse},     {ENODEV, SourceFault::kNotFound},
                                                {ENXIO, SourceFault::kNotFound},  {EIO, SourceFault::kUnusable},
                                                {ENOMEM, SourceFault::kUnusable}, {EPROTO, SourceFault::kUnusable}};
  for (const unsigned long call :
       {VIDIOC_QUERYCAP, VIDIOC_S_FMT, VIDIOC_REQBUFS, VIDIOC_QUERYBUF, VIDIOC_QBUF, VIDIOC_STREAMON}) {
    for (const auto& [error, fault] : errors) {
      for (const int from : {0, 2}) {
        const bool repeated = call == VIDIOC_QUERYBUF || call == VIDIOC_QBUF;
        if (from > 0 && !repeated) continue;
        INFO(call << " " << error << " " << from);
        World world;
        world.device().failures[call] = {.error = error, .from = from};
        CHECK(world.open_fault() == fault);
        world.check_all_given_back();
        world.device().failures.clear();
        CHECK(world.source.open());
        world.check_all_given_back();
      }
    }
  }
}

TEST_CASE("opening the device may fail") {
  for (const auto& [error, fault] :
       {std::pair{EBUSY, SourceFault::kInUse}, std::pair{ENOENT, SourceFault::kNotFound},
        std::pair{EACCES, SourceFault::kNotFound}, std::pair{EMFILE, SourceFault::kUnusable}}) {
    World world;
    world.device().open_error = error;
    CHECK(world.open_fault() == fault);
    world.check_all_given_back();
  }
}

TEST_CASE("calls that a camera may do without are done without") {
  World world;
  world.device().failures[VIDIOC_S_PARM] = {.error = ENOTTY};
  CHECK(world.source.open());
  world.check_all_given_back();
}

TEST_CASE("a driver's odd answers make no camera") {
  const std::pair<const char*, FakeDevice> odd[] = {
      {"no buffers", {.buffers = 0}},
      {"buffers of no bytes", {.buffer_bytes = 0}},
      {"another format than agreed", {.format = V4L2_PIX_FMT_NV12}},
      {"no formats", {.formats = {}}},
      {"formats without end", {.endless_formats = true}},
      {"too many pixels", {.width = 100'000, .height = 100'000}},
      {"more pixels than an int", {.width = 0xFFFFFFFF}},
      {"rows without end", {.formats = {V4L2_PIX_FMT_YUYV}, .row_bytes = 0xFFFFFFFF}},
  };
  for (const auto& [what, device] : odd) {
    INFO(what);
    World world;
    world.device() = device;
    CHECK(world.open_fault() == SourceFault::kUnusable);
    world.check_all_given_back();
  }
}

TEST_CASE("a format that cannot be had is made up for by the other") {
  World world;
  world.device().failures[VIDIOC_S_FMT] = {.error = EINVAL, .times = 1};
  REQUIRE(world.source.open());
  world.kernel.frames.push_back({.bytes = Bytes(10)});
  CHECK(world.source.next_frame(kTimeoutMs)->format == FrameFormat::kYuyv);
}

TEST_CASE("memory that cannot be mapped makes no camera") {
  World world;
  world.kernel.map_fails = true;
  CHECK(world.open_fault() == SourceFault::kUnusable);
  world.check_all_given_back();
}

TEST_CASE("a driver that gives many or few buffers is used with what it gave") {
  for (const std::uint32_t buffers : {1U, 2U, 32U}) {
    World world;
    world.device().buffers = buffers;
    REQUIRE(world.source.open());
    for (int i = 0; i < 50; ++i) {
      world.kernel.frames.push_back({.bytes = {1}});
      REQUIRE(world.source.next_frame(kTimeoutMs));
    }
    world.check_all_given_back();
  }
}

TEST_CASE("a device that is pulled out is noticed by whichever call comes first") {
  for (const unsigned long call : {VIDIOC_DQBUF, VIDIOC_QBUF}) {
    World world;
    REQUIRE(world.source.open());
    world.kernel.frames.push_back({.bytes = {1}});
    REQUIRE(world.source.next_frame(kTimeoutMs));
    world.kernel.frames.push_back({.bytes = {1}});
    world.device().failures[call] = {.error = ENODEV};
    CHECK(world.frame_fault() == SourceFault::kGone);
    world.check_all_given_back();
  }
  World world;
  REQUIRE(world.source.open());
  world.kernel.wait_error = ENODEV;
  CHECK(world.frame_fault() == SourceFault::kGone);
  world.kernel.wait_error = 0;
  world.kernel.devices.clear();
  CHECK(world.frame_fault() == SourceFault::kGone);  // also where nobody wakes those who wait
  world.check_all_given_back();
}

TEST_CASE("silence is no fault") {
  World world;
  REQUIRE(world.source.open());
  CHECK(world.frame_fault() == SourceFault::kNothing);
  world.kernel.wakes_for_nothing = true;
  CHECK(world.frame_fault() == SourceFault::kNothing);
  world.device().failures[VIDIOC_DQBUF] = {.error = EIO, .times = 1'000};
  CHECK(world.frame_fault() == SourceFault::kNothing);
  world.check_all_given_back();
}

TEST_CASE("calls that fail otherwise while it runs make it unusable") {
  for (const int error : {EINVAL, EPIPE, EBUSY}) {
    World world;
    REQUIRE(world.source.open());
    world.kernel.frames.push_back({.bytes = {1}});
    world.device().failures[VIDIOC_DQBUF] = {.error = error};
    CHECK(world.frame_fault() == SourceFault::kUnusable);
    world.device().failures.clear();
    world.kernel.wait_error = error;
    CHECK(world.frame_fault() == SourceFault::kUnusable);
    world.check_all_given_back();
  }
}

TEST_CASE("a frame the device itself calls broken, or larger than its buffer, has no bytes") {
  World world;
  REQUIRE(world.source.open());
  for (const test::FakeKernel::Frame& frame :
       {test::FakeKernel::Frame{.bytes = {1, 2}, .flags = V4L2_BUF_FLAG_ERROR},
        test::FakeKernel::Frame{.bytes = {1, 2}, .claims_bytes = 64 * 1024 + 1},
        test::FakeKernel::Frame{.bytes = {1, 2}, .claims_bytes = 0xFFFFFFFF}, test::FakeKernel::Frame{.bytes = {}}}) {
    world.kernel.frames.push_back(frame);
    CHECK(world.source.next_frame(kTimeoutMs)->bytes.empty());
  }
  world.check_all_given_back();
}

TEST_CASE("a buffer that does not exist is not believed") {
  World world;
  REQUIRE(world.source.open());
  world.kernel.frames.push_back({.bytes = {1}, .claims_index = 4});
  CHECK(world.frame_fault() == SourceFault::kUnusable);
  world.check_all_given_back();
}

TEST_CASE("a device that always has another frame is not listened to for ever") {
  World world;
  REQUIRE(world.source.open());
  for (int i = 0; i < 1000; ++i) world.kernel.frames.push_back({.bytes = {1}});
  CHECK(world.source.next_frame(kTimeoutMs));
  CHECK(world.kernel.frames.size() > 900);
}

TEST_CASE("it can be closed at any time, and opened again") {
  World world;
  world.source.close();
  CHECK(world.frame_fault() == SourceFault::kGone);
  for (int i = 0; i < 3; ++i) {
    REQUIRE(world.source.open());
    REQUIRE(world.source.open());
    world.kernel.frames.push_back({.bytes = Bytes(500, 0xAA)});
    REQUIRE(world.source.next_frame(kTimeoutMs));
    world.check_all_given_back();
    world.source.close();
  }
}

TEST_CASE("the kernel's own calls find no camera where there is none, or open what there is") {
  // On a machine with a camera this lights it for a moment; on one without, it must say so.
  V4l2Source source(make_v4l2_io());
  const auto opened = source.open();
  const bool any = !make_v4l2_io()->devices().empty();
  if (!any) CHECK(opened.error() == SourceFault::kNotFound);
  source.close();
}

TEST_CASE("a descriptor that is no video device answers every call with an error") {
  const auto io = make_v4l2_io();
  CHECK(io->open("/dev/no-such-camera") == -ENOENT);
  const int fd = io->open("/dev/null");
  REQUIRE(fd >= 0);
  v4l2_capability capability{};
  CHECK(io->control(fd, VIDIOC_QUERYCAP, &capability) == -ENOTTY);
  CHECK(io->map(fd, 4096, 0).empty());
  CHECK(io->wait(fd, 0) == 1);  // always readable
  io->close(fd);
}

TEST_CASE("from the kernel's frames to pictures, through a plug that is pulled") {
  World world;
  FakeEnv env(0);
  CameraEngine engine(world.source, env);
  const Image picture = draw_sample_picture({1280, 720});
  for (int quality = 40; quality < 60; ++quality) {
    const auto jpeg = encode_jpeg(picture, quality).value();
    world.kernel.frames.push_back({.bytes = Bytes(jpeg.view().begin(), jpeg.view().end())});
    world.device().buffer_bytes = 1024 * 1024;
    const CameraNews news = engine.step({.preview = {320, 320}}, false);
    CHECK(news.state == CameraState::kLive);
    REQUIRE(news.preview);
    CHECK(news.preview->size == PixelSize{320, 180});
    env.advance_ms(66);
  }
  world.kernel.devices.clear();
  CHECK(engine.step({}, false).state == CameraState::kUnplugged);
  world.kernel.devices["/dev/video1"] = {};
  env.advance_ms(CameraEngine::kLookMs);
  CHECK(engine.step({}, false).state == CameraState::kStarting);
  engine.switch_off();
  world.check_all_given_back();
}

}  // namespace
}  // namespace mimika::device
