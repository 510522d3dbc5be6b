// What copy-manifests-first gives an install is what it was given before: the
// same files with the same content, for projects that are made up at random.
#include <gtest/gtest.h>

#include <map>

#include "src/engine/engine.h"
#include "src/transform/registry.h"
#include "tests/installs/builder_support.h"
#include "tests/random.h"

namespace dfix {
namespace {

struct Project {
  std::string dockerfile;
  FileMap files;
  std::optional<std::string> ignore;
};

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}

  Project Make() {
    const bool two = OneIn(4);
    const std::string first = two ? "back" : "";
    Add(first);
    if (two) Add("front");
    Scatter();
    std::string text = "FROM base\n";
    const bool absolute = OneIn(3);
    const bool late = absolute && OneIn(3);
    if (!late) text += "WORKDIR /app\n";
    if (OneIn(4)) text += Copied({"README.md"});
    text += OneIn(6) ? "ADD" : "COPY";
    if (OneIn(6)) text += " --chown=1000:1000";
    text += absolute ? " . /app\n" : " . .\n";
    if (late) text += "WORKDIR /app\n";
    while (OneIn(3)) text += Between();
    text += installs_;
    while (OneIn(2)) text += Between();
    return {text, files_, ignore_};
  }

 private:
  bool OneIn(uint32_t n) { return random_.Below(n) == 0; }
  std::string Pick(std::vector<std::string> choices) {
    return choices[random_.Below(static_cast<uint32_t>(choices.size()))];
  }
  std::string Copied(const std::vector<std::string>& names) {
    std::string line = "COPY";
    for (const std::string& name : names) {
      files_[name] = name;
      line += " " + name;
    }
    return line + " ./\n";
  }

  std::string Between() {
    return Pick({"ENV A=1\n", "RUN apt-get update\n", "# About nothing.\n",
                 "RUN mkdir -p logs\n", "RUN touch made.txt\n",
                 "RUN touch src/made.txt\n", "RUN make\n", "RUN ./build.sh\n",
                 "RUN chown -R 1000 .\n", "USER 1000\n", "RUN echo done\n",
                 "RUN sed -i s/a/b/ requirements.txt\n",
                 "RUN sed -i s/a/b/ package.json\n", "EXPOSE 80\n",
                 "COPY config.txt go.mod ./\n", "WORKDIR /app\n",
                 "RUN useradd app\n"});
  }

  void Scatter() {
    for (const char* name : {"src/main.x", "src/a/b.x", "config.txt",
                             "Dockerfile", "build.sh", "README.md"}) {
      files_[name] = std::string("content of ") + name;
    }
    if (OneIn(3)) files_[".npmrc"] = "registry=x\n";
    std::string ignore;
    if (OneIn(4)) ignore += "*.md\n";
    if (OneIn(8)) ignore += "package-lock.json\n";
    if (OneIn(8)) ignore += "requirements\n";
    if (OneIn(4)) ignore += "**/node_modules\n";
    if (!ignore.empty() || OneIn(3)) ignore_ = ignore;
  }

  void Add(const std::string& folder) {
    const std::string prefix = folder.empty() ? "" : folder + "/";
    std::string install;
    switch (random_.Below(11)) {
      case 0:
      case 1:
        install = AddPip(prefix);
        break;
      case 2:
      case 3:
        install = AddNode(prefix, "npm");
        break;
      case 4:
        install = AddNode(prefix, "yarn");
        break;
      case 5:
        install = AddDotnet(prefix);
        break;
      case 6:
        install = AddConda(prefix);
        break;
      case 7:
        install = AddMaven(prefix);
        break;
      case 8:
        install = AddGradle(prefix);
        break;
      case 9:
        install = AddSbt(prefix);
        break;
      default:
        install = AddGo(prefix);
    }
    const bool quiet = OneIn(4);
    installs_ += "RUN ";
    if (!folder.empty()) installs_ += "cd " + folder + " && ";
    if (quiet) installs_ += "echo install && ";
    installs_ += install;
    if (OneIn(3))
      installs_ += Pick({" && make", " && npm run build", " && echo"});
    installs_ += "\n";
  }

  std::string AddPip(const std::string& prefix) {
    const std::string name =
        Pick({"requirements.txt", "requirements/prod.txt"});
    const std::string below = name == "requirements.txt" ? "" : "../";
    std::string text = "flask\n# why\n";
    if (OneIn(3)) {
      text += "-r base.txt\n";
      const size_t slash = name.rfind('/') + 1;
      files_[prefix + name.substr(0, slash) + "base.txt"] =
          OneIn(3) ? "-c " + below + "limits.txt\n" : "idna # x\n";
      files_[prefix + "limits.txt"] = "urllib3<3\n";
    }
    if (OneIn(6)) text += "./libs/common\n";
    if (OneIn(8)) text += "-e .\n";
    files_[prefix + "libs/common/setup.py"] = "setup";
    files_[prefix + name] = text;
    std::string install = "pip install";
    if (OneIn(3)) install += " --no-cache-dir";
    install += " -r " + name;
    if (OneIn(6)) install += " -c limits.txt";
    if (OneIn(8)) install += Pick({" .", " -e .", " wheel"});
    return install;
  }

  std::string AddNode(const std::string& prefix, const std::string& manager) {
    std::string text = "{\"name\": \"web\"";
    if (OneIn(4)) {
      text += ", \"workspaces\": [\"packages/*\"]";
      files_[prefix + "packages/one/package.json"] =
          OneIn(4) ? R"({"scripts": {"prepare": "node build.js"}})" : "{}";
      files_[prefix + "packages/two/package.json"] =
          OneIn(4) ? R"({"dependencies": {"x": "file:../one"}})" : "{}";
    }
    if (OneIn(4)) {
      text += ", \"scripts\": {\"postinstall\": \"" +
              Pick({"node build.js", "patch-package", "husky", "true"}) + "\"}";
    }
    if (OneIn(4)) {
      text += ", \"dependencies\": {\"lib\": \"" +
              Pick({"1.0.0", "file:./lib", "file:./lib.tgz"}) + "\"}";
      files_[prefix + "lib/index.js"] = "lib";
      files_[prefix + "lib.tgz"] = "packed";
    }
    if (OneIn(3)) files_[prefix + "patches/a.patch"] = "patch";
    files_[prefix + "package.json"] = text + "}";
    if (!OneIn(6)) {
      files_[prefix + (manager == "npm" ? "package-lock.json" : "yarn.lock")] =
          "lock";
    }
    if (manager == "yarn" && OneIn(2)) {
      files_[prefix + ".yarnrc.yml"] = "nodeLinker: node-modules\n";
      files_[prefix + ".yarn/releases/yarn.cjs"] = "yarn";
    }
    if (OneIn(5)) files_[prefix + "node_modules/installed"] = "of the host";
    return manager + (manager == "npm" && OneIn(2) ? " ci" : " install");
  }

  std::string AddGo(const std::string& prefix) {
    std::string text = "module a\n";
    if (OneIn(3)) {
      text += "replace b => " + Pick({"./lib", "../lib"}) + "\n";
      files_[prefix + "lib/go.mod"] = "module b\n";
      files_[prefix + "lib/lib.go"] = "lib";
    }
    files_[prefix + "go.mod"] = text;
    if (!OneIn(4)) files_[prefix + "go.sum"] = "sum";
    if (OneIn(6)) files_["go.work"] = "go 1.22\nuse ./" + prefix + "\n";
    return "go mod download";
  }

  std::string AddDotnet(const std::string& prefix) {
    std::string api = "<Project>";
    if (OneIn(2))
      api += R"(<ProjectReference Include="..\Core\Core.csproj" />)";
    if (OneIn(8)) api += R"(<Import Project="$(Where)shared.props" />)";
    files_[prefix + "Api/Api.csproj"] = api + "</Project>";
    files_[prefix + "Core/Core.csproj"] =
        OneIn(3) ? R"(<Import Project="..\shared.props" />)" : "<Project />";
    files_[prefix + "shared.props"] = "<Project />";
    if (OneIn(3)) files_[prefix + "Core/packages.lock.json"] = "lock";
    if (OneIn(3)) files_[prefix + "Directory.Packages.props"] = "<Project />";
    if (OneIn(4)) files_["nuget.config"] = "<configuration />";
    if (OneIn(2)) return "dotnet restore Api/Api.csproj";
    files_[prefix + "All.sln"] =
        "Project(\"{9A19}\") = \"Api\", \"Api\\Api.csproj\", \"{1}\"\n";
    return OneIn(2) ? "dotnet restore All.sln" : "dotnet restore";
  }

  std::string AddConda(const std::string& prefix) {
    const std::string name = Pick({"environment.yml", "env/prod.yml"});
    std::string text = "dependencies:\n  - flask\n";
    if (OneIn(4)) text += "  - pip:\n    - -r requirements.txt\n";
    files_[prefix + name] = text;
    files_[prefix + "requirements.txt"] = "idna\n";
    files_[prefix + "env/requirements.txt"] = "idna\n";
    return "conda env create " + Pick({"-f ", "--file ", "-n x -f "}) + name;
  }

  std::string AddMaven(const std::string& prefix) {
    std::string text = "<project>";
    if (OneIn(2)) text += "<module>one</module>";
    if (OneIn(4)) text += "<module>${two}</module>";
    if (OneIn(6)) text += "<exists>src/main.x</exists>";
    files_[prefix + "pom.xml"] = text + "</project>";
    files_[prefix + "one/pom.xml"] =
        "<project><parent>" +
        Pick(
            {"", "<relativePath/>", "<relativePath>../parent</relativePath>"}) +
        "</parent></project>";
    files_[prefix + "parent/pom.xml"] = "<project />";
    if (OneIn(3)) files_[prefix + ".mvn/jvm.config"] = "-Xmx1g";
    return "mvn dependency:go-offline";
  }

  std::string AddGradle(const std::string& prefix) {
    std::string text = "plugins { id '" +
                       Pick({"java", "war", "com.palantir.git-version"}) +
                       "' }\n";
    if (OneIn(6)) text += "version = file('README.md').text\n";
    files_[prefix + "build.gradle"] = text;
    files_[prefix + "settings.gradle"] =
        OneIn(2) ? "include 'one'\n// include 'two'\n" : "\n";
    files_[prefix + "one/build.gradle"] = "dependencies { }\n";
    if (OneIn(3)) files_[prefix + "gradle/libs.versions.toml"] = "[versions]\n";
    if (OneIn(3)) files_[prefix + "gradle.properties"] = "a=b\n";
    if (OneIn(8)) files_[prefix + "buildSrc/src/Plugin.java"] = "plugin";
    return "gradle dependencies";
  }

  std::string AddSbt(const std::string& prefix) {
    files_[prefix + "build.sbt"] =
        OneIn(2) ? "lazy val one = project in file(\"one\")\n"
                 : "name := \"app\"\n";
    files_[prefix + "one/build.sbt"] = "name := \"one\"\n";
    files_[prefix + "project/build.properties"] = "sbt.version=1.9.8\n";
    if (OneIn(3)) {
      files_[prefix + "project/plugins.sbt"] =
          Pick({"sbt-assembly", "sbt-dynver"});
    }
    return "sbt update";
  }

  Random random_;
  FileMap files_;
  std::optional<std::string> ignore_;
  std::string installs_;
};

// Without what the changes may alter, and say so: the lock file of an install
// that updates it, and dependencies of the host that are not sent any more.
FileMap Compared(const FileMap& files) {
  FileMap compared;
  for (const auto& [path, content] : files) {
    const bool of_host = content == "of the host";
    if (!of_host) compared[path] = content;
  }
  return compared;
}

TEST(CopyManifestsFirst, GivesEveryInstallTheSameFiles) {
  const EngineOptions options = {Level::kReview,
                                 {FindTransform("copy-manifests-first")}};
  int changed = 0;
  int installs = 0;
  int taken_back = 0;
  // Of those that are changed, how many call each installer.
  std::map<std::string, int> calls = {
      {"pip install", 0}, {"npm ", 0},           {"yarn install", 0},
      {"go mod", 0},      {"dotnet restore", 0}, {"conda env", 0},
      {"mvn dep", 0},     {"gradle dep", 0},     {"sbt update", 0}};
  for (uint64_t seed = 1; seed <= 8000; ++seed) {
    const Project project = Maker(seed).Make();
    BuildContext context = ContextOf(project.files, project.ignore);
    const Report report = Fix(project.dockerfile, options, context);
    // The equivalence check does not see the context, and takes back what only
    // that proves: that nothing copied is called `package.json`.
    taken_back += !report.rollbacks.empty();
    ASSERT_TRUE(report.settled) << project.dockerfile;
    if (report.outcome != Outcome::kChanged) continue;
    ++changed;
    const BuildResult before =
        Build(project.dockerfile, project.files, context);
    for (const OtherFile& other : report.others) {
      context = context.WithIgnore(other.fixed);
    }
    const BuildResult after = Build(report.fixed, project.files, context);
    const std::string story = "seed " + std::to_string(seed) + "\n" +
                              project.dockerfile + "\nbecomes\n" + report.fixed;
    ASSERT_EQ(before.ok, after.ok) << story;
    if (!before.ok) continue;
    ASSERT_EQ(before.reads, after.reads) << story;
    ASSERT_EQ(Compared(before.files), Compared(after.files)) << story;
    installs += static_cast<int>(after.reads.size());
    for (auto& [call, count] : calls) {
      count += project.dockerfile.find(call) != std::string::npos ? 1 : 0;
    }
  }
  for (const auto& [call, count] : calls) EXPECT_GT(count, 60) << call;
  EXPECT_GT(changed, 1500);
  EXPECT_GT(installs, 1500);
  EXPECT_LT(taken_back, 200);
}

}  // namespace
}  // namespace dfix
