#include "kiosk/app/task_thread.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

namespace mimika {
namespace {

TEST_CASE("tasks run in the order they were handed over") {
  std::vector<int> order;
  std::promise<void> done;
  {
    TaskThread thread;
    for (int i = 0; i < 10; ++i) REQUIRE(thread.post([&order, i] { order.push_back(i); }));
    REQUIRE(thread.post([&] { done.set_value(); }));
    done.get_future().wait();
  }
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("a full queue says no instead of growing") {
  std::promise<void> gate;
  const std::shared_future<void> opened = gate.get_future().share();
  std::atomic<int> ran = 0;
  {
    TaskThread thread;
    std::promise<void> started;
    REQUIRE(thread.post([&] {
      started.set_value();
      opened.wait();
    }));
    started.get_future().wait();
    for (std::size_t i = 0; i < TaskThread::kMaxTasks; ++i) REQUIRE(thread.post([&] { ++ran; }));
    CHECK_FALSE(thread.post([&] { ++ran; }));
    gate.set_value();
  }
  CHECK(ran <= static_cast<int>(TaskThread::kMaxTasks));
}

TEST_CASE("a mailbox gives every message once and wakes its reader") {
  int woken = 0;
  Mailbox<int> mailbox([&] { ++woken; });
  mailbox.post(1);
  mailbox.post(2);
  CHECK(mailbox.take() == std::vector<int>{1, 2});
  CHECK(mailbox.take().empty());
  CHECK(woken == 2);
}

}  // namespace
}  // namespace mimika
