// What a container runs stays the same: random chains of stages through the
// transforms, with a second model of how BuildKit fills in ENTRYPOINT and CMD
// (dispatchEntrypoint and dispatchCmd of dockerfile2llb/convert.go).
#include "src/facts/container_command.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/transform/registry.h"
#include "tests/random.h"

namespace dfix {
namespace {

using Argv = std::vector<std::string>;

struct Config {
  Argv entrypoint;
  Argv cmd;
};

Argv ValueOf(const Instruction& instruction) {
  if (instruction.is_json()) return instruction.Arguments();
  return {"/bin/sh", "-c", instruction.ArgumentText()};
}

// The configuration of each stage's image.
std::vector<Config> ConfigsOf(const std::string& text) {
  const Document document = ParseDockerfile(text);
  std::map<std::string, Config> images;
  std::vector<Config> configs;
  std::string name;
  bool cmd_is_set = false;
  for (const Instruction& instruction : Instructions(document)) {
    if (instruction.kind() == InstructionKind::kFrom) {
      const auto parts = PartsOfFrom(instruction);
      configs.push_back(images[parts->image]);
      name = parts->stage;
      cmd_is_set = false;
    } else if (instruction.kind() == InstructionKind::kCmd) {
      configs.back().cmd = ValueOf(instruction);
      cmd_is_set = true;
    } else if (instruction.kind() == InstructionKind::kEntrypoint) {
      configs.back().entrypoint = ValueOf(instruction);
      if (!cmd_is_set) configs.back().cmd = {};
    }
    images[name] = configs.back();
  }
  return configs;
}

// The words that run in the end: without a shell that runs one command, and
// without an init.
Argv WordsOf(Argv argv) {
  while (true) {
    if (argv.size() >= 2 && argv[0] == "tini" && argv[1] == "--") {
      argv.erase(argv.begin(), argv.begin() + 2);
    } else if (argv.size() >= 3 && argv[0] == "/bin/sh" && argv[1] == "-c") {
      Argv words{""};
      for (const char c : argv[2]) {
        if (c == ' ') {
          words.emplace_back();
        } else {
          words.back() += c;
        }
      }
      if (words[0] == "exec") words.erase(words.begin());
      return words;
    } else {
      return argv;
    }
  }
}

Argv WordsOf(const Config& config) {
  Argv argv = config.entrypoint;
  argv.insert(argv.end(), config.cmd.begin(), config.cmd.end());
  return WordsOf(argv);
}

constexpr std::string_view kLines[] = {"ENTRYPOINT serve a",
                                       "ENTRYPOINT exec serve b",
                                       "ENTRYPOINT [\"serve\", \"c\"]",
                                       "ENTRYPOINT [\"tini\", \"--\"]",
                                       "ENTRYPOINT [\"/entrypoint.sh\"]",
                                       "ENTRYPOINT []",
                                       "CMD serve d",
                                       "CMD exec serve e",
                                       "CMD [\"serve\", \"f\"]",
                                       "CMD []",
                                       "RUN true"};

std::string RandomFile(Random& random) {
  std::string file;
  const uint32_t stages = 1 + random.Below(3);
  for (uint32_t stage = 0; stage < stages; ++stage) {
    const uint32_t base = random.Below(stage + 1);
    file +=
        base == 0 ? "FROM debian:12" : "FROM stage" + std::to_string(base - 1);
    file += " AS stage" + std::to_string(stage) + "\n";
    for (uint32_t n = random.Below(4); n > 0; --n) {
      file += std::string(kLines[random.Below(std::size(kLines))]) + "\n";
    }
  }
  return file;
}

TEST(ContainerCommand, StaysTheSameThroughRandomStages) {
  const EngineOptions options = {
      Level::kReview,
      {FindTransform("keep-last-cmd"), FindTransform("use-exec-form")}};
  Random random(15);
  size_t changed = 0;
  for (int i = 0; i < 30000; ++i) {
    const std::string file = RandomFile(random);
    const Report report = Fix(file, options);
    if (report.fixed == file) continue;
    ++changed;
    const auto before = ConfigsOf(file);
    const auto after = ConfigsOf(report.fixed);
    ASSERT_EQ(before.size(), after.size());
    for (size_t stage = 0; stage < before.size(); ++stage) {
      ASSERT_EQ(WordsOf(before[stage]), WordsOf(after[stage]))
          << file << "\nbecame\n"
          << report.fixed;
    }
  }
  EXPECT_GT(changed, 10000U);
}

TEST(ContainerCommand, DeadInstructionsChangeNoConfiguration) {
  const EngineOptions options = {Level::kSafe,
                                 {FindTransform("keep-last-cmd")}};
  Random random(15);
  for (int i = 0; i < 10000; ++i) {
    const std::string file = RandomFile(random);
    const auto before = ConfigsOf(file);
    const auto after = ConfigsOf(Fix(file, options).fixed);
    ASSERT_EQ(before.size(), after.size());
    for (size_t stage = 0; stage < before.size(); ++stage) {
      ASSERT_EQ(before[stage].entrypoint, after[stage].entrypoint) << file;
      ASSERT_EQ(before[stage].cmd, after[stage].cmd) << file;
    }
  }
}

}  // namespace
}  // namespace dfix
