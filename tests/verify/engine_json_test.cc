#include "src/verify/engine_json.h"

#include <gtest/gtest.h>

namespace dfix {
namespace {

TEST(EngineJson, ReadsAnImageOfDocker) {
  const auto image = ParseImage(R"([{"Size": 123, "RootFS": {"Type": "layers",
      "Layers": ["sha256:1", "sha256:2"]}, "Config": {"Hostname": "x",
      "User": "", "Env": ["A=1"], "Cmd": ["sh"], "Entrypoint": null,
      "Labels": {}, "ExposedPorts": {"80/tcp": {}}}}])");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->size, 123U);
  EXPECT_EQ(image->layers, 2U);
  EXPECT_EQ(image->config, (ImageConfig{{"Cmd", R"(["sh"])"},
                                        {"Env", R"(["A=1"])"},
                                        {"ExposedPorts", R"({"80/tcp":{}})"}}));
}

TEST(EngineJson, ReadsAnImageOfBuildah) {
  const auto image = ParseImage(R"({"Type": "x", "Docker": {
      "config": {"Cmd": ["sh"]}, "rootfs": {"diff_ids": ["a", "b", "c"]}}})");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->layers, 3U);
  EXPECT_EQ(image->config.at("Cmd"), R"(["sh"])");
}

TEST(EngineJson, ReadsTheSizeThatBuildahTells) {
  EXPECT_EQ(ParseBuildahSize(R"([{"size": "97.7 MB"}])"), 97700000U);
  EXPECT_EQ(ParseBuildahSize(R"([{"size": "512 B"}])"), 512U);
  EXPECT_EQ(ParseBuildahSize(R"([{"size": "large"}])"), 0U);
  EXPECT_EQ(ParseBuildahSize("null"), 0U);
}

TEST(EngineJson, RefusesWhatIsNoImage) {
  for (const char* text : {"", "[]", "{}", "null", "[{}]", "oops", "[1]"}) {
    EXPECT_FALSE(ParseImage(text)) << text;
    EXPECT_FALSE(ParseContainer(text)) << text;
  }
}

TEST(EngineJson, ReadsAContainer) {
  const auto state = ParseContainer(
      R"([{"State": {"Running": false, "ExitCode": 137, "Pid": 0}}])");
  ASSERT_TRUE(state);
  EXPECT_FALSE(state->running);
  EXPECT_EQ(state->exit_status, 137);
}

TEST(EngineJson, BringsAProbeAcross) {
  const ProbeResult probe = {1000, {80, 443}, {{80, 200, "a\"\xff\n"}}};
  const auto read = ParseProbe(FormatProbe(probe));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->uid, 1000U);
  EXPECT_EQ(read->ports, probe.ports);
  ASSERT_EQ(read->answers.size(), 1U);
  EXPECT_EQ(read->answers[0].status, 200);
  EXPECT_FALSE(ParseProbe("exec format error"));
}

}  // namespace
}  // namespace dfix
