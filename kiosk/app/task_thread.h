// A thread that owns its data and runs the tasks it is handed, one after the other. What a task finds out goes back as
// a message to the thread that asked (Mailbox).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mimika {

// Messages for the screen's thread. `notify` is called after each one, on the sender's thread; it wakes the window.
template <typename Message>
class Mailbox {
 public:
  explicit Mailbox(std::function<void()> notify) : notify_(std::move(notify)) {}
  void post(Message message) {
    {
      const std::lock_guard lock(mutex_);
      messages_.push_back(std::move(message));
    }
    notify_();
  }
  [[nodiscard]] std::vector<Message> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(messages_, {});
  }

 private:
  std::function<void()> notify_;
  std::mutex mutex_;
  std::vector<Message> messages_;
};

// At most kMaxTasks wait at a time; post() says no beyond that (a screen asks for one thing at a time, so a longer
// queue means something is stuck).
class TaskThread {
 public:
  static constexpr std::size_t kMaxTasks = 64;
  TaskThread();
  ~TaskThread();  // finishes the running task, drops the waiting ones
  TaskThread(const TaskThread&) = delete;
  TaskThread& operator=(const TaskThread&) = delete;
  [[nodiscard]] bool post(std::function<void()> task);

 private:
  void run();
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::thread thread_;  // last: it starts when everything above exists
};

}  // namespace mimika
