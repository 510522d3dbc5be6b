// What is worked out once for a folder and then kept with it, for all who ask:
// by a name for the question and everything that the answer depends on. An
// answer must not hold what holds it, or neither is ever freed.
#ifndef DFIX_CONTEXT_SHARED_ANSWERS_H_
#define DFIX_CONTEXT_SHARED_ANSWERS_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace dfix {

// May be used by several threads.
class SharedAnswers {
 public:
  // The answer to `question`, which is always of type T. The first who asks
  // makes it, and others wait for it. `make` may ask other questions, but none
  // that leads back to this one.
  template <typename T, typename Make>
  std::shared_ptr<const T> Get(const std::string& question, Make make) {
    const std::shared_ptr<Answer> answer = Find(question);
    std::call_once(answer->once,
                   [&] { answer->value = std::make_shared<const T>(make()); });
    return std::static_pointer_cast<const T>(answer->value);
  }

 private:
  struct Answer {
    std::once_flag once;
    std::shared_ptr<const void> value;
  };

  std::shared_ptr<Answer> Find(const std::string& question) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Answer>& answer = answers_[question];
    if (answer == nullptr) answer = std::make_shared<Answer>();
    return answer;
  }

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Answer>> answers_;
};

}  // namespace dfix

#endif  // DFIX_CONTEXT_SHARED_ANSWERS_H_
