#include "src/edit/composition.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace dfix {
namespace {

TEST(Composition, MapsUnchangedTextAcrossEdits) {
  Composition composition;
  composition.Add(std::vector<Edit>{{{2, 4}, "wxyz"}});
  EXPECT_EQ(composition.ToOriginal({0, 2}), (TextRange{0, 2}));
  EXPECT_EQ(composition.ToOriginal({8, 9}), (TextRange{6, 7}));
}

TEST(Composition, MapsInsertedTextToWhereItWent) {
  Composition composition;
  composition.Add(std::vector<Edit>{{{3, 3}, "new"}});
  EXPECT_EQ(composition.ToOriginal({4, 5}), (TextRange{3, 3}));
}

TEST(Composition, MergesEditsOfEdits) {
  Composition composition;
  composition.Add(std::vector<Edit>{{{2, 4}, "abcdef"}});
  composition.Add(std::vector<Edit>{{{3, 5}, ""}});
  EXPECT_EQ(composition.ToOriginal({3, 3}), (TextRange{2, 4}));
  EXPECT_EQ(composition.ToOriginal({6, 7}), (TextRange{4, 5}));
}

// Random steps on a text whose characters are all different: what came through
// unchanged maps to where it was, and what did not, to a range around it.
TEST(Composition, AgreesWithTheTexts) {
  std::mt19937 random(1);
  for (int run = 0; run < 2000; ++run) {
    std::u32string first;
    for (char32_t c = 0; c < 40; ++c) first += c;
    std::u32string text = first;
    Composition composition;
    for (int step = 0; step < 4; ++step) {
      std::vector<Edit> edits;
      std::u32string next;
      uint32_t at = 0;
      for (uint32_t begin = random() % 10; begin <= text.size();
           begin += 1 + random() % 15) {
        const auto end = std::min<uint32_t>(begin + random() % 4,
                                            static_cast<uint32_t>(text.size()));
        if (begin < at || (!edits.empty() && begin == at)) continue;
        const std::string inserted(random() % 4, '!');
        if (end == begin && inserted.empty()) continue;
        edits.push_back({{begin, end}, inserted});
        next += text.substr(at, begin - at);
        next += std::u32string(inserted.size(), U'!' + 1000);
        at = end;
      }
      next += text.substr(at);
      composition.Add(edits);
      text = next;
    }
    for (uint32_t i = 0; i < text.size(); ++i) {
      if (text[i] >= first.size()) continue;
      const TextRange range = composition.ToOriginal({i, i + 1});
      ASSERT_LE(range.begin, text[i]);
      ASSERT_GE(range.end, text[i] + 1);
    }
  }
}

}  // namespace
}  // namespace dfix
