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
          "addSbtPlugin(\"a\" % \"" + Pick({"sbt-assembly", "sbt-dynver"}) +
          "\" % \"1\")\n";
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

// What is known to need no code does not stop the move, and the equivalence
// check, which knows programs by tables of its own, does not take that back.
TEST(CopyManifestsFirst, PassesStepsThatNeedNoCode) {
  const EngineOptions options = {Level::kReview,
                                 {FindTransform("copy-manifests-first")}};
  const BuildContext context = ContextOf(
      {{"requirements.txt", "flask\n"}, {"app.py", "app"}}, std::nullopt);
  for (const char* step :
       {"a2enmod rewrite",
        "a2ensite x",
        "a2dismod y",
        "add-apt-repository ppa:x/y",
        "addgroup -S app",
        "adduser -D app",
        "apt-get update && apt-get install -y gcc",
        "apt-key adv --fetch-keys https://x/y",
        "apt-mark hold x",
        "echo root:x | chpasswd",
        "curl -fsSL https://x/y -o /usr/local/bin/y",
        "curl -fsSL https://x/y > /usr/local/bin/y",
        "date > /build-date",
        "debconf-set-selections /tmp/x",
        "docker-php-ext-configure gd --with-jpeg",
        "docker-php-ext-install pdo",
        "dpkg-reconfigure tzdata",
        "echo hi > /etc/x",
        "export A=b && echo $A",
        "getent passwd root",
        "gpg --batch --keyserver x --recv-keys Y",
        "groupadd -r app && useradd -r -g app app",
        "groupmod -g 1 x",
        "id",
        "install-php-extensions gd",
        "ldconfig",
        "locale-gen en_US.UTF-8",
        "nproc",
        "pecl install redis && docker-php-ext-enable redis",
        "printf 'a\\n' > /etc/y",
        "setcap cap_net_bind_service=+ep /usr/bin/node",
        "sleep 1",
        "uname -a",
        "update-alternatives --install /usr/bin/python python /usr/bin/python3 "
        "1",
        "update-ca-certificates",
        "usermod -aG x y",
        "wget -q https://x/y -O /tmp/y",
        "wget -qO- https://x/y | tar xz -C /opt",
        "wget -P /tmp https://x/y",
        "which python",
        "cat /etc/os-release",
        "chgrp -R 0 /opt",
        "chmod 755 /usr/local/bin/x",
        "chown app /opt",
        "cp /etc/a /etc/b",
        "find /usr -name x -delete",
        "grep -q x /etc/passwd",
        "gunzip /tmp/x.gz",
        "head -1 /etc/passwd",
        "install -d /opt/x",
        "ln -s /usr/bin/python3 /usr/bin/python",
        "ls /usr",
        "mkdir -p /data",
        "mkdir logs",
        "mv /tmp/x /opt/x",
        "rm -rf /var/lib/apt/lists/*",
        "rmdir /opt/x",
        "sed -i 's/a/b/' /etc/x",
        "sed -i -e 's/a/b/' -e 's,x,y,' /etc/x",
        "tail -1 /etc/passwd",
        "tar xzf /tmp/x.tgz -C /opt",
        "touch /tmp/x",
        "unzip /tmp/x.zip -d /opt",
        "virtualenv /opt/venv",
        "python -m venv /opt/venv",
        "python3 -m venv /opt/venv && /opt/venv/bin/pip install wheel",
        "xz -d /tmp/x.xz",
        "git clone https://x/y /opt/y",
        "git clone --depth 1 https://x/y /opt/y",
        "git config --global user.name x",
        "git config --system core.x y",
        "corepack enable",
        "corepack enable && corepack prepare pnpm@9 --activate",
        "poetry config virtualenvs.create false",
        "npm config set registry https://x",
        "pnpm config set store-dir /x",
        "bundle config set without test",
        "bundle config --global frozen 1",
        "npm install -g pnpm",
        "npm i -g yarn@1.22",
        "npm cache clean --force",
        "yarn global add @vue/cli",
        "yarn cache clean",
        "pnpm add -g turbo",
        "pnpm store prune",
        "gem install bundler",
        "pipx install poetry",
        "pip install --upgrade pip setuptools wheel",
        "pip install poetry==1.7",
        "pip cache purge",
        "python -m pip install --upgrade pip",
        "pip3 install uv",
        "uv tool install ruff",
        "uv pip install --system wheel",
        "uv cache clean",
        "conda install -y numpy",
        "conda clean -afy",
        "mamba install -y x",
        "apk add --no-cache gcc",
        "dnf install -y gcc && dnf clean all",
        "yum install -y gcc",
        "microdnf install gcc",
        "zypper install -y gcc",
        "pacman -Sy --noconfirm gcc",
        "tdnf install -y gcc",
        "mix local.hex --force",
        "mix local.rebar --force",
        "composer clear-cache",
        "[ -d /opt ] && echo x",
        "if [ \"$A\" = b ]; then apt-get update; fi",
        "test -n \"$X\" || echo y",
        "for i in 1 2; do echo $i; done",
        "true",
        ": > /etc/x",
        "ARCH=$(uname -m) && curl -fsSL https://x/$ARCH -o /bin/x && chmod +x "
        "/bin/x",
        "export DEBIAN_FRONTEND=noninteractive && apt-get update && apt-get "
        "install -y x",
        "useradd -m app && mkdir -p /data && chown app:app /data",
        "echo 'x' >> /etc/hosts",
        "tee /etc/x < /etc/y",
        "pip config set global.index-url https://x",
        "pip install --no-cache-dir 'numpy<2'",
        "pip uninstall -y x",
        "apt-get purge -y gcc && apt-get autoremove -y",
        "dpkg -i /tmp/x.deb",
        "rpm -i https://x/y.rpm",
        "mysql --version",
        "node --version && npm --version",
        "ssh-keyscan github.com >> /etc/ssh/known_hosts",
        "sudo apt-get update",
        "chmod +x /entrypoint.sh"}) {
    for (const char* between : {"\nRUN ", " && "}) {
      const std::string dockerfile =
          "FROM python:3.12\nWORKDIR /a\nCOPY . .\nRUN " + std::string(step) +
          between + "pip install -r requirements.txt\n";
      const Report report = Fix(dockerfile, options, context);
      EXPECT_EQ(report.outcome, Outcome::kChanged) << dockerfile;
      for (const Rollback& rollback : report.rollbacks) {
        ADD_FAILURE() << dockerfile << rollback.reason;
      }
    }
  }
}

}  // namespace
}  // namespace dfix
