#include "src/facts/facts.h"

#include <gtest/gtest.h>

#include <string>

#include "src/dockerfile/parser.h"
#include "src/facts/apt_lists.h"
#include "src/facts/recommended.h"
#include "src/facts/script_facts.h"
#include "src/facts/stage_use.h"

namespace dfix {
namespace {

struct File {
  explicit File(std::string text)
      : document(ParseDockerfile(std::move(text))), facts(document) {}

  uint32_t Last() const {
    return static_cast<uint32_t>(facts.instructions().size() - 1);
  }
  // The simple command with that text.
  NodeId Command(std::string_view text) const {
    for (uint32_t i = 0; i < document.nodes().size(); ++i) {
      if (document.kind(NodeId{i}) == NodeKind::kSimpleCommand &&
          document.Text(NodeId{i}) == text) {
        return NodeId{i};
      }
    }
    ADD_FAILURE() << "no command " << text;
    return kNoNode;
  }
  bool IsFatal(std::string_view text) const {
    return FailureIsFatal(facts, Last(), Command(text));
  }

  Document document;
  Facts facts;
};

TEST(Stages, ResolveTheirBases) {
  const File file(
      "ARG V=12\nARG W\nFROM debian:$V AS Base\nFROM base\nFROM x:$W\n");
  ASSERT_EQ(file.facts.stages().size(), 3u);
  EXPECT_EQ(file.facts.stages()[0].base, "debian:12");
  EXPECT_EQ(file.facts.stages()[0].name, "base");
  EXPECT_EQ(file.facts.stages()[1].parent, 0u);
  EXPECT_EQ(file.facts.stages()[2].base, std::nullopt);
}

TEST(Stages, EveryFromKnowsTheArgsBeforeTheFirst) {
  const File file(
      "ARG V=12\nFROM a AS x\nARG V=13\nENV W=1\nFROM debian:$V\n"
      "FROM b:$W\nFROM x:$V\n");
  ASSERT_EQ(file.facts.stages().size(), 4u);
  EXPECT_EQ(file.facts.stages()[1].base, "debian:12");
  EXPECT_EQ(file.facts.stages()[2].base, std::nullopt);
  EXPECT_EQ(file.facts.stages()[3].base, "x:12");
}

TEST(Stages, ShippedAreTheLastOneAndItsBases) {
  const File file("FROM a AS x\nFROM b AS y\nFROM x\nRUN c\n");
  EXPECT_TRUE(file.facts.stages()[0].shipped);
  EXPECT_FALSE(file.facts.stages()[1].shipped);
  EXPECT_TRUE(file.facts.stages()[2].shipped);
}

TEST(Stages, AFileWithoutFromHasOne) {
  const File file("ARG X\nRUN a\n");
  ASSERT_EQ(file.facts.stages().size(), 1u);
  EXPECT_EQ(file.facts.stages()[0].from, kNoNode);
  EXPECT_EQ(file.facts.instructions()[1].stage, 0u);
}

TEST(InForce, VariablesOfTheStageAndItsBases) {
  const File file(
      "ARG G=1\nFROM a AS x\nENV E=$G F=f\nFROM x\nARG G\nARG F=no\nENV "
      "H=${G}2\nRUN x\n");
  EXPECT_EQ(VariableAt(file.facts, file.Last(), "G"), "1");
  EXPECT_EQ(VariableAt(file.facts, file.Last(), "F"), "f");
  EXPECT_EQ(VariableAt(file.facts, file.Last(), "H"), "12");
  EXPECT_EQ(VariableAt(file.facts, file.Last(), "E"), std::nullopt);
  EXPECT_EQ(VariableAt(file.facts, file.Last(), "Z"), std::nullopt);
}

TEST(InForce, UserAndDirectoryAreInherited) {
  const File file(
      "FROM a AS x\nUSER app\nWORKDIR /srv\nFROM x\nWORKDIR web\nRUN y\n");
  EXPECT_EQ(UserAt(file.facts, file.Last()), "app");
  EXPECT_EQ(WorkdirAt(file.facts, file.Last()), "/srv/web");
  EXPECT_EQ(UserAt(file.facts, 0), std::nullopt);
}

TEST(InForce, ShellIsTheLastOneBefore) {
  const File file("FROM a\nRUN x\nSHELL [\"/bin/bash\", \"-c\"]\nRUN y\n");
  EXPECT_EQ(ShellInstructionAt(file.facts, 1), kNoInstruction);
  EXPECT_EQ(ShellInstructionAt(file.facts, 3), 2u);
}

TEST(StageUses, FollowBuildKitsRules) {
  using Way = StageUse::Way;
  const File file(
      "ARG X=b\nFROM a AS b\nFROM B AS c\nFROM $X\nFROM r/$X:1\n"
      "COPY --from=c --from=C a b\nCOPY --from=1 a b\nCOPY --from=3 a b\n"
      "COPY --from=9 a b\nCOPY --from=$X a b\nCOPY --from=z a b\n"
      "RUN --mount=type=bind,from=c --mount=from=0 x\n"
      "ONBUILD COPY --from=0 a b\n");
  std::vector<std::pair<Way, uint32_t>> uses;
  for (const StageUse& use : StageUses(file.facts)) {
    uses.emplace_back(use.way, use.stage);
  }
  const std::vector<std::pair<Way, uint32_t>> expected = {
      {Way::kImage, kNoStage},
      {Way::kBase, 0},
      {Way::kUnknown, 0},
      {Way::kImage, kNoStage},
      {Way::kName, 1},
      {Way::kName, 1},
      {Way::kCopyNumber, 1},
      {Way::kNoStage, kNoStage},
      {Way::kNoStage, kNoStage},
      {Way::kUnknown, kNoStage},
      {Way::kImage, kNoStage},
      {Way::kName, 1},
      {Way::kMountNumber, kNoStage},
      {Way::kTriggerNumber, kNoStage}};
  EXPECT_EQ(uses, expected);
}

TEST(InForce, MountsThatHideAPath) {
  const auto hides = [](std::string mounts, std::string_view path) {
    const File file("FROM a\nWORKDIR /var\nRUN " + mounts + " x\n");
    return IsMountedAway(file.facts, file.Last(), path);
  };
  const std::string_view lists = "/var/lib/apt/lists";
  EXPECT_TRUE(hides("--mount=type=cache,target=/var/lib/apt/", lists));
  EXPECT_TRUE(hides("--mount=TYPE=tmpfs,DST=/var/lib/../lib/apt", lists));
  EXPECT_TRUE(hides("--mount=type=cache,target=lib/apt", lists));
  EXPECT_TRUE(hides("--mount=type=cache,target=${M}", lists));
  EXPECT_TRUE(
      hides("--mount=type=cache,target=/var/lib/apt/lists/partial", lists));
  EXPECT_FALSE(hides("--mount=type=cache,target=/var/cache/apt", lists));
  EXPECT_FALSE(hides("--mount=type=secret,id=x", lists));
  EXPECT_TRUE(IsInside("/var/lib/apt/lists", "/var/lib/apt"));
  EXPECT_FALSE(IsInside("/var/lib/apt-x", "/var/lib/apt"));
}

TEST(InForce, VariablesThatDoubleEndInTime) {
  std::string text = "FROM a\nENV A0=x\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "$A" + std::to_string(i - 1);
    text += "ENV A" + std::to_string(i) + "=" + before + before + "\n";
  }
  const File file(text + "USER $A59\nRUN x\n");
  EXPECT_EQ(UserAt(file.facts, file.Last()), std::nullopt);
  EXPECT_EQ(VariableAt(file.facts, file.Last(), "A4"), std::string(16, 'x'));
}

TEST(Onbuild, IsSeenThrough) {
  const File file("FROM a\nONBUILD RUN apt-get install x\n");
  EXPECT_TRUE(file.facts.instructions()[1].onbuild);
  EXPECT_EQ(file.facts.instructions()[1].kind, InstructionKind::kRun);
  EXPECT_EQ(file.facts.package_commands().size(), 1u);
}

TEST(PackageCommands, PrefixesOptionsAndOperands) {
  const File file(
      "RUN sudo -E env A=b nice -n 5 apt-get -t stable -qq -o "
      "APT::Install-Recommends=0 install -- a=1 $B -x\n");
  ASSERT_EQ(file.facts.package_commands().size(), 1u);
  const PackageCommand& call = file.facts.package_commands()[0];
  EXPECT_EQ(call.verb, PackageVerb::kInstall);
  EXPECT_TRUE(call.traits.Has(CallTrait::kAssumesYes));
  EXPECT_TRUE(call.traits.Has(CallTrait::kSkipsOptional));
  EXPECT_EQ(call.operands.size(), 3u);
  EXPECT_NE(call.prefix, kNoNode);
}

TEST(PackageCommands, StringsAndArgumentsAreNone) {
  const File file(
      "RUN echo 'apt-get install a' && bash -c \"apt-get install b\" && man "
      "apt-get && ./apt-get-x install && printf apt-get install\n");
  EXPECT_TRUE(file.facts.package_commands().empty());
}

TEST(PackageNames, AreBare) {
  EXPECT_EQ(BarePackageName("a=1.0"), "a");
  EXPECT_EQ(BarePackageName("a/stable"), "a");
  EXPECT_EQ(BarePackageName("a:amd64"), "a");
  EXPECT_EQ(BarePackageName("g++"), "g++");
  EXPECT_EQ(BarePackageName("a+"), "a");
  EXPECT_EQ(BarePackageName("a-"), "");
  EXPECT_EQ(BarePackageName("./a.deb"), "");
}

TEST(Suppressions, EveryForm) {
  const File file(
      "# check=skip=A;error=true\n# hadolint global ignore=B\nFROM x\n"
      "# dfix ignore=c , d ;reason=why not\nRUN a\n"
      "# hadolint ignore=E because\nRUN b\n# dfix stage ignore=f\nRUN c\n");
  const auto names = [&](uint32_t i) {
    std::string all;
    for (const std::string_view name :
         file.facts.IgnoredAt(file.facts.instructions()[i].node)) {
      all += std::string(name) + ' ';
    }
    return all;
  };
  EXPECT_EQ(names(0), "A B f ");
  EXPECT_EQ(names(1), "A B c d f ");
  EXPECT_EQ(names(2), "A B E f ");
}

TEST(Errexit, IsFollowed) {
  const auto at = [](std::string script, std::string shell = "") {
    const File file(shell + "RUN " + script + "\n");
    return ErrexitAt(file.facts, file.Last(), file.Command("x"));
  };
  EXPECT_EQ(at("x"), Errexit::kOff);
  EXPECT_EQ(at("set -e; x"), Errexit::kOn);
  EXPECT_EQ(at("set -o errexit && x"), Errexit::kOn);
  EXPECT_EQ(at("set -eux; set +e; x"), Errexit::kOff);
  EXPECT_EQ(at("if a; then set -e; fi; x"), Errexit::kUnknown);
  EXPECT_EQ(at("x; set -e"), Errexit::kOff);
  EXPECT_EQ(at("[ -n \"$D\" ] && set -ex; x"), Errexit::kUnknown);
  EXPECT_EQ(at("set foo -e; x"), Errexit::kOff);
  EXPECT_EQ(at("set -euo pipefail; x"), Errexit::kOn);
  EXPECT_EQ(at("set $FLAGS; x"), Errexit::kUnknown);
  EXPECT_EQ(at("command set -e; x"), Errexit::kUnknown);
  EXPECT_EQ(at(". ./lib.sh; x"), Errexit::kUnknown);
  EXPECT_EQ(at("set -e; . /etc/os-release; x"), Errexit::kOn);
  EXPECT_EQ(at("true | set -e; x"), Errexit::kUnknown);
  EXPECT_EQ(at("set -e & x"), Errexit::kUnknown);
  EXPECT_EQ(at("x", "SHELL [\"/bin/sh\", \"-ec\"]\n"), Errexit::kOn);
  EXPECT_EQ(at("x", "SHELL [\"/bin/bash\", \"-o\", \"errexit\", \"-c\"]\n"),
            Errexit::kOn);
}

TEST(Failure, IsFatalOrNot) {
  EXPECT_TRUE(File("RUN a && x && b\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN x || a\n").IsFatal("x"));
  EXPECT_TRUE(File("RUN a || x\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN x; a\n").IsFatal("x"));
  EXPECT_TRUE(File("RUN a; x\n").IsFatal("x"));
  EXPECT_TRUE(File("RUN set -e; x; a\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN set -e; x && b; a\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN x | a\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN ! x\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN x &\n").IsFatal("x"));
  EXPECT_TRUE(File("RUN (a; x)\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN if x; then a; fi\n").IsFatal("x"));
  EXPECT_TRUE(File("RUN if a; then x; fi\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN for i in 1; do x; done\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN f() { x; }; f\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN (x) | tee log\n").IsFatal("x"));
  EXPECT_FALSE(File("RUN trap 'exit 0' EXIT; x\n").IsFatal("x"));
}

TEST(Lists, NeedsOfLaterSteps) {
  const auto need = [](std::string text) {
    const File file(std::move(text));
    return NeedAfterInstruction(file.facts, FindListsSteps(file.facts), 1)
        .answer;
  };
  using Answer = LaterNeed::Answer;
  const std::string first = "FROM a AS x\nRUN apt-get update\n";
  EXPECT_EQ(need(first + "RUN make\n"), Answer::kNo);
  EXPECT_EQ(need(first + "RUN apt-get install y\n"), Answer::kYes);
  EXPECT_EQ(need(first + "RUN apt-get update && apt-get install y\n"),
            Answer::kNo);
  EXPECT_EQ(need(first + "RUN ./install.sh\n"), Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN [\"apt-get\", \"install\", \"y\"]\n"),
            Answer::kPerhaps);
  EXPECT_EQ(need(first + "FROM x\nRUN apt-get install y\n"), Answer::kYes);
  EXPECT_EQ(need(first + "FROM b\nRUN apt-get install y\n"), Answer::kNo);
  EXPECT_EQ(need(first + "ONBUILD RUN apt-get install y\n"), Answer::kYes);
  EXPECT_EQ(need(first + "FROM b\nCOPY --from=x / /\n"), Answer::kYes);
  EXPECT_EQ(need(first + "FROM b\nCOPY --from=X /var /\n"), Answer::kYes);
  EXPECT_EQ(need(first + "FROM x AS y\nFROM b\nCOPY --from=y /var /\n"),
            Answer::kYes);
  EXPECT_EQ(need(first + "RUN apt-get $O install y\n"), Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN I='apt-get install'; $I y\n"), Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN retry apt-get install y\n"), Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN sudo --user root apt-get install y\n"),
            Answer::kYes);
  EXPECT_EQ(need(first + "RUN bash <<XX\napt-get install y\nXX\n"),
            Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN [\"/bin/bash\", \"/setup.sh\"]\n"),
            Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN . ./deps.sh\n"), Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN . /etc/os-release && echo apt-get\n"),
            Answer::kNo);
  EXPECT_EQ(need(first + "RUN [ -n \"$X\" ] && apt-get update; apt-get "
                         "install y\n"),
            Answer::kYes);
  EXPECT_EQ(need(first + "RUN apt-get update -o Dir::Etc::sourcelist=x && "
                         "apt-get install y\n"),
            Answer::kYes);
  EXPECT_EQ(need(first + "RUN curl -L https://x.example/i | sh\n"),
            Answer::kPerhaps);
  EXPECT_EQ(need(first + "RUN curl https://sh.rustup.rs | sh -s -- -y\n"),
            Answer::kNo);
}

TEST(NotASource, TemplatesAndGeneratedFiles) {
  EXPECT_EQ(File("FROM {{ base }}\n").facts.not_a_source(), "it is a template");
  EXPECT_NE(
      File("# Generated by x. DO NOT EDIT.\nFROM a\n").facts.not_a_source(),
      "");
  EXPECT_EQ(File("FROM a\n@STEPS@\n").facts.not_a_source(), "it is a template");
  EXPECT_EQ(File("FROM a\n<<<<<<< HEAD\nRUN a\n=======\n").facts.not_a_source(),
            "it has marks of a merge conflict");
  EXPECT_EQ(File("FROM a\nRUNN b\n").facts.not_a_source(),
            "`RUNN` is no instruction of a Dockerfile");
  EXPECT_EQ(File("FROM a\n# generated, do not edit\nRUN docker inspect "
                 "--format '{{.Id}}'\n")
                .facts.not_a_source(),
            "");
}

}  // namespace
}  // namespace dfix
