/** Work shared among the cores, by threads that stay and look out for more for a moment before they sleep. */
#pragma once
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

/** n pieces of work; whoever is free takes the next. */
struct Job {
  const std::function<void(int64_t)>& piece;
  const int64_t n;
  std::atomic<int64_t> next{0}, done{0};
  Job(const std::function<void(int64_t)>& piece, int64_t n) : piece(piece), n(n) {}
  void work() {
    for (int64_t i; (i = next++) < n; done++) piece(i);
  }
};

class Workers {
 public:
  /** Those of this process; they are never stopped, since a process may end while they sleep. */
  static Workers& all() {
    static Workers* workers = new Workers;
    return *workers;
  }
  /** Runs piece(i) for i from 0 to n − 1 and returns when all are done. While another thread's work is shared it is done alone. */
  void run(int64_t n, const std::function<void(int64_t)>& piece) {
    const std::unique_lock<std::mutex> mine(inUse, std::try_to_lock);
    auto job = std::make_shared<Job>(piece, n);
    if (mine) offer(job);
    job->work();
    while (job->done < n) std::this_thread::yield(); // a worker's last piece
    if (mine) offer(nullptr);
  }

 private:
  /** Looks at the shared job before a worker sleeps: some fifty microseconds, the time between two operations. */
  static constexpr int LOOKS = 2000;
  std::mutex inUse, lock;
  std::condition_variable wake;
  std::shared_ptr<Job> current;
  std::atomic<int64_t> round{0};

  Workers() {
    for (unsigned w = 1; w < std::thread::hardware_concurrency(); w++) std::thread([this] { live(); }).detach();
  }
  void offer(std::shared_ptr<Job> job) {
    const bool wakes = job != nullptr;
    {
      const std::lock_guard<std::mutex> held(lock);
      current = std::move(job);
      round += wakes;
    }
    if (wakes) wake.notify_all();
  }
  void live() {
    for (int64_t seen = 0;;) {
      for (int look = 0; look < LOOKS && round == seen; look++) pause();
      std::shared_ptr<Job> job;
      {
        std::unique_lock<std::mutex> held(lock);
        wake.wait(held, [&] { return round != seen; });
        seen = round;
        job = current;
      }
      if (job) job->work();
    }
  }
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
};

/** Calls f(i) for i from 0 to n − 1, on several cores when one of them would take long: cost is some count of operations in all. */
template <class F>
static void share(int64_t n, double cost, F f) {
  if (n > 1 && cost > 1e6) return Workers::all().run(n, f);
  for (int64_t i = 0; i < n; i++) f(i);
}
