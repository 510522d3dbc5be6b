#include "src/equivalence/tables.h"

namespace dfix::equivalence {
namespace {

constexpr std::string_view kInstallsOfDnf =
    "swap install in localinstall lin reinstall rei groupinstall group module "
    "builddep";
constexpr std::string_view kOfDnf =
    "install in localinstall lin reinstall rei groupinstall group module "
    "builddep swap upgrade up update upgrade-minimal up-min update-minimal "
    "groupupdate distro-sync distribution-synchronization dsync system-upgrade "
    "remove rm erase autoremove groupremove";

// Images whose wget is GNU's.
constexpr std::string_view kGnuBases =
    "almalinux amazoncorretto amazonlinux buildpack-deps centos cuda debian "
    "temurin elixir erlang fedora gcc golang gradle httpd ibmjava jenkins "
    "jruby "
    "leap mariadb maven miniconda mono mongo mysql nginx node openjdk "
    "oraclelinux perl php postgres pypy python pytorch r-base redis rockylinux "
    "ruby rust sapmachine swift tensorflow tomcat tumbleweed ubi ubuntu";

constexpr FlagRule kFlags[] = {
    {"apt-get apt aptitude",
     "install remove purge upgrade dist-upgrade full-upgrade build-dep "
     "autoremove autopurge reinstall safe-upgrade satisfy",
     "-y", FlagKind::kAnswer, "Assume-Yes", "--assume-no"},
    {"apt-get apt", "install", "--no-install-recommends", FlagKind::kContent,
     "Install-Recommends", "--install-recommends"},
    {"aptitude", "install", "--without-recommends", FlagKind::kContent,
     "Install-Recommends", "--with-recommends -r"},
    {"wget", "", "--progress=dot:giga", FlagKind::kHarmless, "wgetrc",
     "-q --quiet -nv --no-verbose -o --output-file -a --append-output -b "
     "--background --progress -V --version -h --help",
     "alpine busybox chainguard", kGnuBases},
    {"useradd", "", "-l", FlagKind::kHarmless, "", "--no-log-init"},
    {"dnf microdnf yum tdnf", kOfDnf, "-y", FlagKind::kAnswer, "assumeyes",
     "--assumeno --assumeyes --downloadonly"},
    {"dnf", kInstallsOfDnf, "--setopt=install_weak_deps=False",
     FlagKind::kContent, "install_weak_deps"},
    {"microdnf", kInstallsOfDnf, "--setopt=install_weak_deps=0",
     FlagKind::kContent, "install_weak_deps"},
    {"zypper",
     "install in remove rm update up dist-upgrade dup patch source-install si "
     "install-new-recommends inr",
     "--non-interactive", FlagKind::kAnswer, "", "-n -y --no-confirm"},
    {"zypper", "install in", "--no-recommends", FlagKind::kContent,
     "solver.onlyRequires", "--recommends"},
    {"pacman", "", "--noconfirm", FlagKind::kAnswer, "", "--confirm"},
    {"xbps-install xbps-remove", "", "-y", FlagKind::kAnswer, "", "--yes"},
    {"pip", "uninstall", "-y", FlagKind::kAnswer, "", "--yes"},
    {"conda mamba micromamba", "install create update upgrade remove uninstall",
     "-y", FlagKind::kAnswer, "always_yes", "--yes"},
    {"opam", "install reinstall upgrade remove uninstall init update", "-y",
     FlagKind::kAnswer, "", "--yes"},
    {"gem", "install i", "--no-document", FlagKind::kContent, "",
     "--document -N --no-rdoc --no-ri --rdoc --ri"},
};

constexpr ArgumentOptions kOptionsWithArgument[] = {
    {"apt-get apt",
     "-o -c -t -a --option --config-file --target-release "
     "--default-release --host-architecture --build-profiles -P"},
    {"aptitude",
     "-o -t --target-release --default-release -q -w -F "
     "--add-user-tag --user-tag"},
    {"dotnet",
     "-r --runtime -c --configuration -o --output -v --verbosity -s --source -a "
     "--arch --os -f --framework --packages --configfile"},
    {"wget",
     "-a -e -i -o -n -B -t -O -T -w -Q -P -U -D -A -R -I -X -l --execute "
     "--input-file --base --config --tries --output-document --wait --timeout "
     "--quota --directory-prefix --user-agent --header --user --password "
     "--post-data --referer --limit-rate --level --accept --reject --domains "
     "--exclude-directories --include-directories --output-file "
     "--append-output --progress"},
    {"useradd",
     "-b -c -d -e -f -g -G -k -K -p -P -R -s -u -Z --base-dir --comment --gid "
     "--home-dir --home --skel --expiredate --inactive --groups --key "
     "--password --root --prefix --selinux-user --shell --uid "
     "--selinux-range"},
    {"dnf microdnf yum tdnf",
     "-c --config -d --debuglevel -e --errorlevel --installroot --releasever "
     "--setopt --enablerepo --disablerepo --repo --repoid -x --exclude "
     "--excludepkgs --disableexcludes --disableplugin --enableplugin "
     "--downloaddir --destdir --forcearch --color --comment --advisory --bz "
     "--cve --sec-severity -R --randomwait --repofrompath"},
    {"zypper",
     "-R --root --installroot --config -p --plus-repo --plus-content "
     "--cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir "
     "--reposd-dir "
     "-r --repo -t --type --from --download"},
    {"apk",
     "-X --repository -t --virtual -p --root --arch --keys-dir "
     "--repositories-file --wait --cache-dir --cache-max-age --timeout "
     "--progress-fd"},
    {"pacman",
     "-b --dbpath -r --root --arch --cachedir --color --config --gpgdir "
     "--hookdir --logfile --ignore --ignoregroup --overwrite"},
    {"pip",
     "-r --requirement -c --constraint -e --editable -t --target --platform "
     "--python-version --implementation --abi --prefix --root --src -i "
     "--index-url --extra-index-url -f --find-links --no-binary --only-binary "
     "--progress-bar --proxy --retries --timeout --exists-action "
     "--trusted-host --cert --client-cert --cache-dir --log --global-option "
     "--install-option --config-settings -C --upgrade-strategy --use-feature "
     "--use-deprecated --python"},
    {"uv",
     "-r --requirement --requirements -c --constraint -e --editable -i "
     "--index-url --extra-index-url -f --find-links --python -p -t --target "
     "--prefix --extra --group --only-group --no-group --project --directory "
     "--package --cache-dir --link-mode --index-strategy --index "
     "--default-index"},
    {"npm yarn pnpm",
     "--prefix -C --registry --cache --loglevel -w --workspace --omit --cwd "
     "--cache-folder --modules-folder --network-timeout --mutex --dir "
     "--store-dir --filter"},
    {"conda mamba micromamba",
     "-n --name -p --prefix -c --channel --file -f --solver --clone"},
    {"gem",
     "-v --version -i --install-dir -n --bindir --platform -s --source -P "
     "--trust-policy"},
    {"composer composer.phar", "-d --working-dir"},
    {"opam", "-j --jobs --root --switch --comp -c --compiler --packages"},
    {"go", "-C -o -ldflags -gcflags -asmflags -tags -mod -modfile -p"},
};

constexpr ProgramRule kPrograms[] = {
    {"apt", "apt-get", "update", "update"},
    {"apt", "apt-get", "install", "install"},
    {"apt", "apt-get", "remove", "remove"},
    {"apt", "apt-get", "purge", "purge"},
    {"apt", "apt-get", "autoremove", "autoremove"},
    {"apt", "apt-get", "clean", "clean"},
    {"apt", "apt-get", "autoclean", "autoclean"},
    {"apt", "apt-get", "build-dep", "build-dep"},
    {"apt", "apt-get", "source", "source"},
    {"apt", "apt-get", "download", "download"},
    {"apt", "apt-get", "upgrade", "upgrade", "--with-new-pkgs"},
    {"apt", "apt-get", "full-upgrade", "dist-upgrade"},
    {"apt", "apt-get", "reinstall", "install", "--reinstall"},
};

constexpr ListManager kManagers[] = {
    {"apt", "apt-get apt aptitude", "update",
     "upgrade dist-upgrade full-upgrade safe-upgrade build-dep source "
     "download satisfy dselect-upgrade search show policy changelog",
     "install reinstall", "apt-cache apt-file tasksel mk-build-deps gdebi",
     "/var/lib/apt/lists", "distclean dist-clean", "-U --update"},
    {"opkg", "opkg opkg-cl", "update", "upgrade download", "install", "",
     "/var/opkg-lists", "", ""},
};

constexpr Cache kCaches[] = {
    {.programs = "apt-get apt aptitude apt-cache apt-file",
     .fills = "",
     .directories = "/var/lib/apt/lists /var/cache/apt",
     .clean_up = "rm -rf /var/lib/apt/lists/*",
     .manager = "apt"},
    {.programs = "dnf microdnf yum tdnf",
     .fills = "",
     .directories = "/var/cache/dnf /var/cache/libdnf5 /var/cache/yum "
                    "/var/cache/tdnf",
     .clean_up = "* clean all"},
    {.programs = "zypper",
     .fills = "",
     .directories = "/var/cache/zypp",
     .clean_up = "* clean --all"},
    {.programs = "apk",
     .fills = "add upgrade",
     .directories = "/var/cache/apk",
     .option = "--no-cache",
     .replaces = "-U --update --update-cache",
     .refresh = "update"},
    {.programs = "pacman",
     .fills = "",
     .directories = "/var/cache/pacman/pkg",
     .clean_up = "rm -rf /var/cache/pacman/pkg/*"},
    {.programs = "opkg opkg-cl",
     .fills = "",
     .directories = "/var/opkg-lists",
     .clean_up = "rm -rf /var/opkg-lists/*",
     .manager = "opkg"},
    {.programs = "xbps-install",
     .fills = "",
     .directories = "/var/cache/xbps",
     .clean_up = "rm -rf /var/cache/xbps/*"},
    {.programs = "pip",
     .fills = "install",
     .directories = "~/.cache/pip",
     .needs_root = false,
     .option = "--no-cache-dir"},
    {.programs = "pip pipx pipenv",
     .fills = "",
     .directories = "~/.cache/pip ~/.cache/pipenv",
     .needs_root = false},
    {.programs = "uv",
     .fills = "pip sync tool add run",
     .directories = "~/.cache/uv",
     .needs_root = false,
     .option = "--no-cache"},
    {.programs = "poetry",
     .fills = "install sync add update",
     .directories = "~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts",
     .clean_up = "rm -rf ~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts",
     .needs_root = false,
     .option = "--no-cache"},
    {.programs = "conda mamba micromamba",
     .fills = "",
     .directories = "/opt/conda/pkgs",
     .clean_up = "* clean -afy",
     .needs_root = false,
     .unless = "softlink"},
    {.programs = "npm",
     .fills = "",
     .directories = "~/.npm",
     .clean_up = "* cache clean --force",
     .needs_root = false},
    {.programs = "yarn yarnpkg",
     .fills = "",
     .directories = "~/.cache/yarn /usr/local/share/.cache/yarn",
     .clean_up = "* cache clean",
     .needs_root = false,
     .unless = "corepack .yarnrc.yml .yarn/ YARN_ENABLE pnp --immutable"},
    {.programs = "pnpm",
     .fills = "",
     .directories = "~/.local/share/pnpm/store /pnpm/store",
     .needs_root = false},
    {.programs = "bun",
     .fills = "",
     .directories = "~/.bun/install/cache",
     .needs_root = false},
    {.programs = "composer composer.phar",
     .fills = "",
     .directories = "~/.composer/cache ~/.cache/composer /tmp/cache",
     .clean_up = "* clear-cache",
     .needs_root = false,
     .option = "--no-cache"},
    {.programs = "bundle bundler",
     .fills = "",
     .directories = "~/.bundle/cache",
     .needs_root = false},
    {.programs = "pecl pear",
     .fills = "install upgrade upgrade-all",
     .directories = "/tmp/pear",
     .clean_up = "rm -rf /tmp/pear"},
    {.programs = "go",
     .fills = "",
     .directories = "~/go/pkg/mod /go/pkg/mod",
     .needs_root = false,
     .readers = "go"},
    {.programs = "go",
     .fills = "",
     .directories = "~/.cache/go-build",
     .needs_root = false},
    {.programs = "cargo",
     .fills = "",
     .directories = "~/.cargo/registry ~/.cargo/git/db "
                    "/usr/local/cargo/registry /usr/local/cargo/git/db",
     .needs_root = false,
     .readers = "cargo"},
    {.programs = "mvn mvnw mvnd",
     .fills = "",
     .directories = "~/.m2/repository",
     .needs_root = false,
     .readers = "mvn mvnw mvnd java"},
    {.programs = "gradle gradlew",
     .fills = "",
     .directories = "~/.gradle/caches ~/.gradle/wrapper "
                    "/home/gradle/.gradle/caches /home/gradle/.gradle/wrapper",
     .needs_root = false,
     .readers = "gradle gradlew"},
    {.programs = "dotnet nuget",
     .fills = "",
     .directories = "~/.nuget/packages",
     .needs_root = false,
     .readers = "dotnet nuget"},
    {.programs = "cpanm cpm",
     .fills = "",
     .directories = "~/.cpanm",
     .clean_up = "rm -rf ~/.cpanm",
     .needs_root = false},
    {.programs = "cpan",
     .fills = "",
     .directories = "~/.cpan/build ~/.cpan/sources",
     .clean_up = "rm -rf ~/.cpan/build ~/.cpan/sources",
     .needs_root = false},
    {.programs = "luarocks luarocks-",
     .fills = "",
     .directories = "~/.cache/luarocks",
     .clean_up = "rm -rf ~/.cache/luarocks",
     .needs_root = false},
    {.programs = "install2.r installGithub.r installBioc.r install.r",
     .fills = "",
     .directories = "/tmp/downloaded_packages",
     .clean_up = "rm -rf /tmp/downloaded_packages",
     .needs_root = false},
    {.programs = "opam",
     .fills = "",
     .directories = "~/.opam/download-cache",
     .clean_up = "* clean -a -c -s --logs",
     .needs_root = false},
    {.programs = "brew",
     .fills = "",
     .directories = "~/.cache/Homebrew",
     .clean_up = "* cleanup --prune=all -s",
     .needs_root = false},
};

constexpr Manifest kManifests[] = {
    {"npm", "ci clean-install ic",
     "package.json package-lock.json|npm-shrinkwrap.json"},
    {"npm", "install i add", "package.json"},
    {"npm pnpm pip", "config", ""},
    {"npm yarn pip uv", "cache", ""},
    {"pnpm", "store add", ""},
    {"pip", "uninstall", ""},
    {"pipx", "install", ""},
    {"composer composer.phar", "clear-cache", ""},
    {"yarn yarnpkg", "global", ""},
    {"yarn yarnpkg", "- install", "package.json"},
    {"pnpm", "install i fetch", "package.json|pnpm-lock.yaml"},
    {"bun", "install i", "package.json"},
    {"pip", "install", ""},
    {"poetry", "install sync", "pyproject.toml"},
    {"poetry", "config", ""},
    {"pipenv", "install sync", "Pipfile|Pipfile.lock"},
    {"uv", "sync", "pyproject.toml"},
    {"uv", "pip venv tool", ""},
    {"pdm", "install sync", "pyproject.toml"},
    {"go", "mod", "go.mod"},
    {"bundle bundler", "- install", "Gemfile"},
    {"bundle bundler", "config", ""},
    {"gem", "install i", ""},
    {"composer composer.phar", "install i", "composer.json"},
    {"dotnet", "restore", "*.csproj|*.fsproj|*.vbproj|*.sln|*.slnx"},
    {"dotnet", "tool", ".config/dotnet-tools.json"},
    {"mvn mvnw",
     "dependency:go-offline dependency:resolve dependency:resolve-plugins",
     "pom.xml"},
    {"gradle gradlew", "dependencies",
     "build.gradle|build.gradle.kts|settings.gradle|settings.gradle.kts"},
    {"sbt", "update", "build.sbt"},
    {"cargo", "fetch", "Cargo.toml"},
    {"mix", "deps.get", "mix.exs"},
    {"mix", "local.hex local.rebar", ""},
    {"conda mamba micromamba", "env install create update config clean", ""},
};

constexpr std::string_view kPathPrograms =
    "mkdir chmod chown chgrp ln touch cp mv rm tar unzip test [ cat install "
    "find grep gunzip head ls rmdir sed tail tee xz";
constexpr std::string_view kIndependentPrograms =
    "apt-get apt aptitude apk dnf microdnf yum tdnf zypper pacman "
    "groupadd useradd addgroup adduser usermod set export echo printf true : "
    "id "
    "corepack rustup locale-gen update-ca-certificates ldconfig gpg apt-key "
    "mkdir chmod chown chgrp ln touch cp mv rm tar unzip test [ cat install "
    "find grep gunzip head ls rmdir sed tail tee xz dpkg rpm ssh-keyscan "
    "add-apt-repository apt-mark chpasswd curl date debconf-set-selections "
    "dpkg-reconfigure false getent groupmod install-php-extensions nproc "
    "setcap sleep uname update-alternatives wget which "
    "docker-php-ext-install docker-php-ext-enable docker-php-ext-configure "
    "pecl a2dismod a2enmod a2ensite venv virtualenv";

constexpr ShippedUser kShippedUsers[] = {
    {"node", "node", "", "1000"},
    {"gradle", "gradle"},
    {"groovy", "groovy"},
    {"bun", "bun"},
    {"deno", "deno"},
    {"dotnet/", "app", ":8", "1654"},
    {"dotnet/", "app", ":9", "1654"},
    {"dotnet/", "app", ":10", "1654"},
    {"distroless", "nonroot"},
    {"chainguard", "nonroot"},
    {"jenkins", "jenkins"},
    {"jboss", "jboss"},
    {"locust", "locust"},
    {"fluentd", "fluent"},
    {"gitpod", "gitpod"},
    {"memcached", "memcache"},
    {"haproxy", "haproxy"},
    {"sonarqube", "sonarqube"},
    {"logstash", "logstash"},
    {"kibana", "kibana"},
    {"airflow", "airflow"},
    {"mambaorg", "mambauser"},
    {"rayproject", "ray"},
    {"runner", "runner"},
    {"confluentinc", "appuser"},
    {"ubi", "default"},
    {"ubuntu", "ubuntu"},
};

constexpr UserNumber kUserNumbers[] = {
    {"node", "1000"},          {"nonroot", "65532"},      {"nobody", "65534"},
    {"www-data", "33", "82"},  {"nginx", "101"},          {"jenkins", "1000"},
    {"bun", "1000"},           {"flink", "9999"},         {"gitpod", "33333"},
    {"locust", "1000"},        {"ray", "1000"},           {"jovyan", "1000"},
    {"postgres", "999", "70"}, {"mongodb", "999"},        {"cassandra", "999"},
    {"solr", "8983"},          {"elasticsearch", "1000"}, {"kibana", "1000"},
    {"logstash", "1000"},      {"sonarqube", "1000"},     {"grafana", "472"},
    {"keycloak", "1000"},      {"mosquitto", "1883"},     {"memcache", "11211"},
    {"haproxy", "99"},         {"groovy", "1000"},        {"app", "1654"},
    {"jboss", "185"},          {"default", "1001"},       {"seluser", "1200"},
    {"airflow", "50000"},      {"guest", "405"},
};

}  // namespace

std::span<const FlagRule> FlagRules() { return kFlags; }
std::span<const ArgumentOptions> OptionsWithArgument() {
  return kOptionsWithArgument;
}
std::span<const ProgramRule> ProgramRules() { return kPrograms; }
std::span<const ListManager> ListManagers() { return kManagers; }
std::span<const Cache> Caches() { return kCaches; }

std::string_view CleanUpArguments(const Cache& cache) {
  for (const std::string_view program : {"* ", "{program} "}) {
    if (cache.clean_up.starts_with(program)) {
      return cache.clean_up.substr(program.size());
    }
  }
  return "";
}

const KnownTools& BuiltInTools() {
  static const KnownTools kTools = {{std::begin(kFlags), std::end(kFlags)},
                                    {std::begin(kCaches), std::end(kCaches)}};
  return kTools;
}
std::span<const Manifest> Manifests() { return kManifests; }
std::string_view IndependentPrograms() { return kIndependentPrograms; }
std::string_view PathPrograms() { return kPathPrograms; }
std::span<const ShippedUser> ShippedUsers() { return kShippedUsers; }
std::span<const UserNumber> UserNumbers() { return kUserNumbers; }

bool HasWord(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (size_t at = list.find(word); at != std::string_view::npos;
       at = list.find(word, at + 1)) {
    const size_t end = at + word.size();
    const bool begins = at == 0 || list[at - 1] == ' ';
    if (begins && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

bool IsProgram(std::string_view list, std::string_view name) {
  if (HasWord(list, name)) return true;
  const size_t end = name.find_last_not_of("0123456789.-") + 1;
  return end < name.size() && HasWord(list, name.substr(0, end));
}

}  // namespace dfix::equivalence
