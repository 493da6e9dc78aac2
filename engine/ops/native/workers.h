/**
 * Work shared among the cores, by threads that stay and look out for more for a moment before they
 * sleep.
 */
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

/**
 * n pieces of work; whoever is free takes the next. Only so many helpers join in as the work is
 * worth.
 */
struct Job {
  const std::function<void(int64_t)>& piece;
  const int64_t n;
  std::atomic<int64_t> seats, next{0}, done{0};
  Job(const std::function<void(int64_t)>& piece, int64_t n, int64_t helpers)
      : piece(piece), n(n), seats(helpers) {}
  /** Returns how many pieces the calling thread has done. */
  int64_t work() {
    int64_t mine = 0;
    for (int64_t i; (i = next++) < n; done++, mine++) piece(i);
    return mine;
  }
};

class Workers {
 public:
  /** Those of this process; they are never stopped, since a process may end while they sleep. */
  static Workers& all() {
    static Workers* workers = new Workers;
    return *workers;
  }
  /** Threads that compute, the caller's included. */
  int64_t threads() const { return count + 1; }
  /**
   * Runs piece(i) for i from 0 to n − 1 and returns when all are done. While another thread's work
   * is shared it is done alone.
   */
  void run(int64_t n, int64_t helpers, const std::function<void(int64_t)>& piece) {
    const std::unique_lock<std::mutex> mine(inUse, std::try_to_lock);
    helpers = mine && !rests() ? std::min(helpers, count) : 0;
    auto job = std::make_shared<Job>(piece, n, helpers);
    if (helpers > 0) offer(job);
    const auto begun = Clock::now();
    const int64_t pieces = job->work();
    const auto finished = Clock::now();
    while (job->done < n) std::this_thread::yield();  // a helper's last piece
    if (helpers == 0) return;
    const auto work = finished - begun;
    // a helper on a core of its own is done within a piece's time
    watch(work, Clock::now() - finished - work / std::max<int64_t>(1, pieces));
    offer(nullptr);
  }

 private:
  /**
   * Looks at the shared job before a worker sleeps: some hundred microseconds, more than the time
   * between two operations.
   */
  static constexpr int LOOKS = 6000;
  /** More threads than that do not make products of a lesson's size faster. */
  static constexpr int64_t MOST = 15;
  const int64_t count = std::max<int64_t>(0, std::min<int64_t>(MOST, wanted() - 1));
  std::mutex inUse, lock;

  /**
   * On a machine that others keep busy, a helper that has to wait for a core holds its piece, and
   * the caller with it. Where waiting takes half as long as work, helpers rest for a while, and
   * twice as long each time in a row.
   */
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds WINDOW{20}, SHORTEST_REST{20}, LONGEST_REST{500};
  std::chrono::milliseconds rest = SHORTEST_REST;
  Clock::duration worked{}, waited{};
  Clock::time_point restsUntil{};
  bool rests() const { return restsUntil != Clock::time_point{} && Clock::now() < restsUntil; }
  void watch(Clock::duration work, Clock::duration wait) {
    worked += work;
    waited += std::max(wait, Clock::duration{});
    if (worked + waited < WINDOW) return;
    const bool isBusy = waited > worked / 2;
    restsUntil = isBusy ? Clock::now() + rest : Clock::time_point{};
    rest = isBusy ? std::min(2 * rest, LONGEST_REST) : SHORTEST_REST;
    worked = waited = {};
  }

  std::condition_variable wake;
  std::shared_ptr<Job> current;
  std::atomic<int64_t> round{0};

  /** Threads to compute with: those of the processor, unless COURSE_THREADS in the environment. */
  static int64_t wanted() {
    const char* set = std::getenv("COURSE_THREADS");
    const int64_t number = set ? std::atoll(set) : 0;
    return number > 0 ? number : static_cast<int64_t>(std::thread::hardware_concurrency());
  }

  Workers() {
    for (int64_t w = 0; w < count; w++) std::thread([this] { live(); }).detach();
  }
  void offer(std::shared_ptr<Job> job) {
    const int64_t wakes = job ? job->seats.load() : 0;
    {
      const std::lock_guard<std::mutex> held(lock);
      current = std::move(job);
      round += wakes > 0;
    }
    for (int64_t w = 0; w < wakes; w++) wake.notify_one();
  }
  void live() {
    bool worked = false;
    for (int64_t seen = 0;;) {
      for (int look = 0; worked && look < LOOKS && round == seen; look++) pause();
      std::shared_ptr<Job> job;
      {
        std::unique_lock<std::mutex> held(lock);
        wake.wait(held, [&] { return round != seen; });
        seen = round;
        job = current;
      }
      worked = job && job->seats-- > 0;
      if (worked) job->work();
    }
  }
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
};

/** Multiplications or the like that are worth one more thread, some ten microseconds. */
constexpr double A_THREADS_WORTH = 1e6;

/**
 * Calls f(i) for i from 0 to n − 1, on several cores when one of them would take long: cost is some
 * count of operations in all.
 */
template <class F>
static void share(int64_t n, double cost, F f) {
  const int64_t helpers =
      std::min<int64_t>(n, static_cast<int64_t>(std::min(cost / A_THREADS_WORTH, 1e6))) - 1;
  if (helpers > 0) return Workers::all().run(n, helpers, f);
  for (int64_t i = 0; i < n; i++) f(i);
}
