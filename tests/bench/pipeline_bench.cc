#include <benchmark/benchmark.h>

#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/facts/facts.h"
#include "src/report/diff.h"
#include "src/transform/registry.h"
#include "tests/bench/corpus_files.h"

namespace dfix {
namespace {

const std::vector<std::string>& Corpus() {
  static const std::vector<std::string> texts = CorpusTexts();
  return texts;
}

// Runs `work` on each file of the corpus and counts bytes.
template <typename Work>
void OverCorpus(benchmark::State& state, Work work) {
  int64_t bytes = 0;
  for (const std::string& text : Corpus()) {
    bytes += static_cast<int64_t>(text.size());
  }
  for (auto _ : state) {
    for (const std::string& text : Corpus()) work(text);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * bytes);
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(Corpus().size()));
}

void Parse(benchmark::State& state) {
  OverCorpus(state, [](const std::string& text) {
    benchmark::DoNotOptimize(ParseDockerfile(text));
  });
}
BENCHMARK(Parse)->Unit(benchmark::kMillisecond);

void ParseAndFacts(benchmark::State& state) {
  OverCorpus(state, [](const std::string& text) {
    const Document document = ParseDockerfile(text);
    benchmark::DoNotOptimize(Facts(document));
  });
}
BENCHMARK(ParseAndFacts)->Unit(benchmark::kMillisecond);

void FixAtLevelBold(benchmark::State& state) {
  const EngineOptions options = {Level::kBold, TransformsInOrder()};
  OverCorpus(state, [&](const std::string& text) {
    benchmark::DoNotOptimize(Fix(text, options));
  });
}
BENCHMARK(FixAtLevelBold)->Unit(benchmark::kMillisecond);

void FixAndDiff(benchmark::State& state) {
  const EngineOptions options = {Level::kReview, TransformsInOrder()};
  OverCorpus(state, [&](const std::string& text) {
    const Report report = Fix(text, options);
    benchmark::DoNotOptimize(
        UnifiedDiff("Dockerfile", report.original, report.fixed, 3));
  });
}
BENCHMARK(FixAndDiff)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dfix
