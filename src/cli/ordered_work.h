// Does many independent pieces of work on all cores and hands out the results
// in order, a bounded number of them in memory at any time.
#ifndef DFIX_CLI_ORDERED_WORK_H_
#define DFIX_CLI_ORDERED_WORK_H_

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace dfix {

// Calls `work(i)` for every i below `count`, on any thread, and `emit(result)`
// on this one, in ascending order of i. `emit` says whether to go on; after a
// no, what has begun is finished and thrown away.
template <typename Work, typename Emit>
void DoInOrder(size_t count, size_t thread_count, Work work, Emit emit) {
  using Outcome = decltype(work(size_t{0}));
  thread_count = std::min(thread_count, count);
  if (thread_count <= 1) {
    for (size_t i = 0; i < count; ++i) {
      if (!emit(work(i))) return;
    }
    return;
  }

  std::mutex mutex;
  std::condition_variable result_came;
  std::condition_variable room_came;
  std::vector<std::optional<Outcome>> ring(thread_count * 16);
  size_t begun = 0;    // Pieces handed out.
  size_t emitted = 0;  // Pieces done with.
  bool stopped = false;

  const auto run = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      room_came.wait(lock, [&] {
        return stopped || begun == count || begun < emitted + ring.size();
      });
      if (stopped || begun == count) return;
      const size_t i = begun++;
      lock.unlock();
      Outcome outcome = work(i);
      lock.lock();
      ring[i % ring.size()].emplace(std::move(outcome));
      if (i == emitted) result_came.notify_one();
    }
  };

  std::vector<std::thread> threads;
  for (size_t i = 0; i < thread_count; ++i) threads.emplace_back(run);
  {
    std::unique_lock lock(mutex);
    while (emitted < count && !stopped) {
      std::optional<Outcome>& slot = ring[emitted % ring.size()];
      result_came.wait(lock, [&] { return slot.has_value(); });
      Outcome outcome = std::move(*slot);
      slot.reset();
      lock.unlock();
      const bool go_on = emit(std::move(outcome));
      lock.lock();
      stopped = !go_on;
      ++emitted;
      room_came.notify_all();
    }
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace dfix

#endif  // DFIX_CLI_ORDERED_WORK_H_
