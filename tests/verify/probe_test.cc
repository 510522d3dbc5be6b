#include "src/verify/probe.h"

#include <gtest/gtest.h>

namespace dfix {
namespace {

TEST(Probe, FindsListeningPorts) {
  EXPECT_EQ(
      ListeningPorts("  sl  local_address rem_address   st tx_queue rx_queue\n"
                     "   0: 00000000:1F90 00000000:0000 0A 00000000:00000000\n"
                     "   1: 0100007F:D431 0100007F:1F90 01 00000000:00000000\n"
                     "   0: 00000000000000000000000000000000:0050 "
                     "00000000000000000000000000000000:0000 0A 0\n"
                     "   3: 00000000:1F90 00000000:0000 0A 0\n"),
      (std::vector<int>{80, 8080}));
  EXPECT_TRUE(ListeningPorts("").empty());
}

TEST(Probe, FindsTheEffectiveUser) {
  EXPECT_EQ(EffectiveUid("Name:\tsh\nUid:\t0\t1000\t0\t0\nGid:\t0\t0\n"),
            1000U);
  EXPECT_FALSE(EffectiveUid("Name:\tUid:\n"));
}

TEST(Probe, ReadsHttpAnswers) {
  const HttpAnswer answer = ParseHttpAnswer(
      80, "HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\nnothing\r\n\r\nhere");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "nothing\r\n\r\nhere");
  EXPECT_EQ(ParseHttpAnswer(80, "SSH-2.0-x\r\n").status, 0);
  EXPECT_EQ(ParseHttpAnswer(80, "").status, 0);
}

}  // namespace
}  // namespace dfix
