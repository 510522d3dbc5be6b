// The calls of package managers as the table reads them.
#include <gtest/gtest.h>

#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

#include "src/dockerfile/parser.h"
#include "src/facts/facts.h"
#include "src/shell/words.h"

namespace dfix {
namespace {

constexpr std::string_view kTraitNames[] = {
    " yes", "",         " decides-optional", " no-cache",
    " dry", " refresh", " from-cache",       " other-root",
    " own-cache"};

// `manager verb traits: operands` of each call in a RUN, joined by ` | `.
std::string Calls(std::string_view script) {
  const Document document =
      ParseDockerfile("FROM a\nRUN " + std::string(script) + "\n");
  const Facts facts(document);
  std::string text;
  for (const PackageCommand& call : facts.package_commands()) {
    if (!text.empty()) text += " | ";
    text +=
        std::string(call.manager->name) + ' ' + std::string(Name(call.verb));
    for (size_t i = 0; i < std::size(kTraitNames); ++i) {
      if (call.traits.Has(static_cast<CallTrait>(i))) text += kTraitNames[i];
    }
    text += ':';
    for (const NodeId operand : call.operands) {
      text += ' ' + LogicalText(document, operand);
    }
  }
  return text;
}

struct Case {
  std::string_view script;
  std::string_view calls;
};

void ExpectCalls(std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    EXPECT_EQ(Calls(each.script), each.calls) << each.script;
  }
}

TEST(PackageManagers, EveryProgramIsRecognised) {
  for (const PackageManager& manager : PackageManagers()) {
    for (const std::string_view program : manager.programs) {
      std::string call(program);
      std::erase(call, '*');
      const std::string found = Calls(call + " x");
      EXPECT_TRUE(found.starts_with(std::string(manager.name) + ' '))
          << call << " -> " << found;
    }
    EXPECT_EQ(FindPackageManager(manager.name), &manager);
  }
}

TEST(PackageManagers, EveryVerbIsWhatTheTableSays) {
  for (const PackageManager& manager : PackageManagers()) {
    const std::string program(manager.programs[0]);
    for (const ManagerVerb& verb : manager.verbs) {
      const std::string call = program + ' ' + std::string(verb.words);
      const std::string name = std::string(manager.name) + ' ';
      EXPECT_TRUE(
          Calls(call + " x").starts_with(name + std::string(Name(verb.verb))))
          << call;
      EXPECT_TRUE(Calls(call).starts_with(name + std::string(Name(verb.alone))))
          << call;
    }
  }
}

TEST(PackageManagers, EveryCleaningCommandIsOneItself) {
  // What a transform adds is recognised by the next run.
  for (const PackageManager& manager : PackageManagers()) {
    std::string command(manager.clean.command);
    const size_t at = command.find("{program}");
    if (at == std::string::npos) continue;
    command.replace(at, 9, manager.programs[0]);
    EXPECT_TRUE(
        Calls(command).starts_with(std::string(manager.name) + " clean"))
        << command;
  }
}

TEST(PackageCalls, OfSystems) {
  ExpectCalls({
      {"apk add --no-cache -X https://x -t .deps a=1 b",
       "apk install no-cache: a=1 b"},
      {"apk -U --virtual=.d add a", "apk install refresh: a"},
      {"dnf -y --setopt=install_weak_deps=0 in a",
       "dnf install yes decides-optional: a"},
      {"dnf --setopt install_weak_deps=False group install -y 'X Y'",
       "dnf install yes decides-optional: 'X Y'"},
      {"dnf clean metadata && microdnf clean all",
       "dnf other: metadata | "
       "microdnf clean:"},
      {"yum -y --enablerepo epel update", "yum upgrade yes:"},
      {"zypper -n --gpg-auto-import-keys in -t pattern --no-recommends x",
       "zypper install yes decides-optional: x"},
      {"pacman -Sy", "pacman refresh refresh:"},
      {"pacman -Syu --noconfirm", "pacman upgrade yes refresh:"},
      {"pacman -Syu --noconfirm --needed git",
       "pacman install yes refresh: git"},
      {"pacman --noconfirm -S git && yes | pacman -Scc",
       "pacman install yes: git | pacman clean:"},
      {"pacman -Rns x; pacman -Q", "pacman remove: x | pacman query:"},
  });
}

TEST(PackageCalls, OfLanguages) {
  ExpectCalls({
      {"pip3.11 install -r r.txt", "pip sync:"},
      {"pip install --no-cache-dir -U pip wheel",
       "pip install no-cache: pip wheel"},
      {"/opt/venv/bin/python3 -m pip install a", "pip install: a"},
      {"$VENV/bin/pip install a; \"${V}/bin/pip\" install b",
       "pip install: a | pip install: b"},
      {"python -m venv x && python setup.py install", ""},
      {"uv pip install --system a && uv sync --frozen",
       "uv install: a | uv sync:"},
      {"conda env create -f environment.yml && conda clean -afy",
       "conda sync: | conda clean yes:"},
      {"npm ci --omit=dev", "npm sync:"},
      {"npm i -g a@1 && npm cache clean --force",
       "npm install: a@1 | npm clean:"},
      {"npm run build", "npm other: build"},
      {"yarn", "yarn sync:"},
      {"yarn --version", "yarn none:"},
      {"yarn build", "yarn other:"},
      {"corepack yarn install --immutable", "yarn sync:"},
      {"gem install -v 1.2 --no-document a", "gem install decides-optional: a"},
      {"php /usr/bin/composer.phar install --no-dev", "composer sync:"},
      {"docker-php-ext-install -j$(nproc) gd zip",
       "docker-php-ext-install install: gd zip"},
      {"go mod download -x && go build -ldflags '-s -w' -o /x ./cmd",
       "go sync: | go build: ./cmd"},
      {"./mvnw -B -pl app dependency:go-offline && mvn -o package",
       "mvn sync: | mvn build from-cache: package"},
      {"cpanm -l /x -n A::B", "cpanm install: A::B"},
  });
}

TEST(PackageCalls, WhatIsNotConstantIsNoVerb) {
  ExpectCalls({
      {"npm $VERB x", "npm other: x"},
      {"$PIP install x", ""},
      {"command -v pip && pip --version", "pip none:"},
      {"echo a | xargs npm install", "npm install:"},
  });
}

}  // namespace
}  // namespace dfix
