#include "src/verify/container_engine.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <utility>

#include "src/verify/build_log.h"
#include "src/verify/engine_json.h"
#include "src/verify/file_tree.h"

namespace dfix {
namespace {

using Arguments = std::vector<std::string>;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kAnswerLimit(20);
constexpr seconds kCallLimit(120);
// How long a container may take to stop. docker itself gives it ten seconds.
constexpr int kStopSeconds = 5;
constexpr milliseconds kPoll(250);
// A container that has begun to listen may still be writing about it.
constexpr milliseconds kQuiet(400);
constexpr int kMostQuietRounds = 8;
constexpr const char* kProbePath = "/.dfix-probe";

constexpr std::array<EngineKind, 3> kKinds = {
    EngineKind::kDocker, EngineKind::kPodman, EngineKind::kBuildah};

// Eight random digits: several runs may work at the same time.
std::string NewId() {
  std::random_device random;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (int i = 0; i < 8; ++i) id += kDigits[random() % kDigits.size()];
  return id;
}

// The last line of a text that has something on it.
std::string LastLine(std::string_view text) {
  const size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return "";
  text = text.substr(0, end + 1);
  const size_t begin = text.rfind('\n');
  return std::string(begin == std::string_view::npos ? text
                                                     : text.substr(begin + 1));
}

// Why a call that is not ok() failed.
std::string Reason(const ProcessResult& result) {
  switch (result.end) {
    case ProcessEnd::kNotStarted:
      return result.error;
    case ProcessEnd::kTimedOut:
      return "it did not answer in time";
    case ProcessEnd::kInterrupted:
      return "interrupted";
    case ProcessEnd::kSignalled:
      return "it was ended by a signal";
    case ProcessEnd::kExited:
      break;
  }
  const std::string line = LastLine(result.error);
  return line.empty() ? "exit status " + std::to_string(result.status) : line;
}

// The kind that the name of a program tells.
std::optional<EngineKind> KindByName(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const EngineKind kind : kKinds) {
    if (name.find(Name(kind)) != std::string_view::npos) return kind;
  }
  return std::nullopt;
}

bool IsAbout(const ProcessResult& result, std::string_view text) {
  return result.error.find(text) != std::string::npos;
}

}  // namespace

std::string_view Name(EngineKind kind) {
  constexpr std::array<std::string_view, 3> kNames = {"docker", "podman",
                                                      "buildah"};
  return kNames[static_cast<size_t>(kind)];
}

ContainerEngine::ContainerEngine(EngineKind kind, std::string program)
    : kind_(kind), program_(std::move(program)), id_(NewId()) {}

ContainerEngine::ContainerEngine(ContainerEngine&& other) noexcept
    : kind_(other.kind_),
      program_(std::move(other.program_)),
      description_(std::move(other.description_)),
      id_(std::move(other.id_)),
      count_(other.count_),
      images_(std::exchange(other.images_, {})),
      containers_(std::exchange(other.containers_, {})) {}

ContainerEngine::~ContainerEngine() { CleanUp({}); }

Result<ContainerEngine> ContainerEngine::Find(const EngineChoice& choice) {
  // BuildKit, also where an old docker would use its first builder; and images
  // that are one thing, not a list with papers.
  setenv("DOCKER_BUILDKIT", "1", 1);
  setenv("BUILDX_NO_DEFAULT_ATTESTATIONS", "1", 1);
  setenv("DOCKER_CLI_HINTS", "false", 1);
  std::string failures;
  const std::optional<EngineKind> named =
      choice.kind ? choice.kind : KindByName(choice.path);
  for (const EngineKind kind : kKinds) {
    if (named && *named != kind) continue;
    const std::string program =
        choice.path.empty() ? std::string(Name(kind)) : choice.path;
    ContainerEngine engine(kind, program);
    const auto error = engine.Ask();
    if (!error) return engine;
    if (!failures.empty()) failures += "; ";
    failures += '`' + program + "`: " + error->message;
    // A program that was named is what it is taken for.
    if (!choice.path.empty()) break;
  }
  return Error{"no container engine answers: " + failures +
               "; start one, or name it with `--engine` or `--engine-path`"};
}

std::optional<Error> ContainerEngine::Ask() {
  ProcessRequest request;
  request.arguments = {
      program_, "version", "--format",
      kind_ == EngineKind::kDocker ? "{{.Server.Version}}" : "{{.Version}}"};
  if (kind_ == EngineKind::kPodman)
    request.arguments[3] = "{{.Client.Version}}";
  if (kind_ == EngineKind::kBuildah)
    request.arguments = {program_, "--version"};
  request.time_limit = kAnswerLimit;
  const ProcessResult result = RunProcess(request);
  if (!result.ok()) return Error{Reason(result)};
  description_ = LastLine(result.out);
  if (kind_ != EngineKind::kBuildah) {
    description_ = std::string(Name(kind_)) + ' ' + description_;
  }
  return std::nullopt;
}

ProcessResult ContainerEngine::Call(Arguments arguments) const {
  ProcessRequest request;
  request.arguments = std::move(arguments);
  request.arguments.insert(request.arguments.begin(), program_);
  request.time_limit = kCallLimit;
  return RunProcess(request);
}

std::string ContainerEngine::NewTag(std::string_view what) {
  return "dfix-verify:" + id_ + '-' + std::to_string(++count_) + '-' +
         std::string(what);
}

std::string ContainerEngine::NewContainer() {
  containers_.push_back("dfix-verify-" + id_ + '-' + std::to_string(++count_));
  return containers_.back();
}

Arguments ContainerEngine::BuildArguments(const BuildSettings& settings,
                                          const BuildRequest& request) const {
  Arguments out = {program_,           "build", "--file",
                   request.dockerfile, "--tag", request.tag};
  if (kind_ == EngineKind::kDocker) {
    out.push_back("--progress=plain");
  } else {
    // The other format has no SHELL and no HEALTHCHECK.
    out.insert(out.end(), {"--layers", "--format", "docker"});
  }
  if (!request.use_cache) out.push_back("--no-cache");
  if (!settings.network.empty()) {
    out.insert(out.end(), {"--network", settings.network});
  }
  if (!settings.target.empty()) {
    out.insert(out.end(), {"--target", settings.target});
  }
  if (!settings.platform.empty()) {
    out.insert(out.end(), {"--platform", settings.platform});
  }
  for (const std::string& build_arg : settings.build_args) {
    out.insert(out.end(), {"--build-arg", build_arg});
  }
  out.push_back(settings.context);
  return out;
}

BuildResult ContainerEngine::Build(const BuildSettings& settings,
                                   const BuildRequest& request) {
  // Known before it is there: a build may be ended half way.
  images_.push_back(request.tag);
  BuildLog log;
  ProcessRequest process;
  process.arguments = BuildArguments(settings, request);
  process.time_limit = settings.time_limit;
  process.merge_errors = true;
  process.on_output = [&](std::string_view piece) { log.Read(piece); };
  process.on_wait = [&] {
    if (request.on_progress) request.on_progress(log.current_step());
  };
  const ProcessResult done = RunProcess(process);
  BuildResult result;
  result.ok = done.ok();
  result.seconds = std::max(0.0, done.seconds - log.base_image_seconds());
  result.steps = log.steps();
  result.cached = log.cached();
  result.commands_run = log.commands_run();
  if (!result.ok) {
    result.log_tail = log.Tail();
    if (done.end != ProcessEnd::kExited) {
      result.log_tail += done.end == ProcessEnd::kTimedOut
                             ? "ended after " +
                                   std::to_string(settings.time_limit.count()) +
                                   " seconds (`--timeout`)\n"
                             : Reason(done) + '\n';
    }
  }
  return result;
}

Result<ImageFacts> ContainerEngine::Inspect(const std::string& tag) {
  const ProcessResult result = kind_ == EngineKind::kBuildah
                                   ? Call({"inspect", "--type", "image", tag})
                                   : Call({"image", "inspect", tag});
  if (!result.ok()) return Error{"cannot inspect the image: " + Reason(result)};
  auto facts = ParseImage(result.out);
  if (!facts) return Error{"cannot read what the engine says about the image"};
  if (kind_ == EngineKind::kBuildah) {
    facts->size = ParseBuildahSize(Call({"images", "--json", tag}).out);
  }
  return *std::move(facts);
}

Result<FileTree> ContainerEngine::Files(const std::string& tag,
                                        const std::string& platform) {
  if (!can_run()) return FileTree();
  const std::string name = NewContainer();
  Arguments create = {"create", "--name", name, "--network", "none"};
  if (!platform.empty()) create.insert(create.end(), {"--platform", platform});
  // Images without a command need one to become a container.
  create.insert(create.end(), {tag, "/dfix"});
  const ProcessResult created = Call(std::move(create));
  if (!created.ok()) {
    return Error{"cannot make a container: " + Reason(created)};
  }
  TarReader tar;
  ProcessRequest request;
  request.arguments = {program_, "export", name};
  request.time_limit = std::chrono::minutes(10);
  request.on_output = [&](std::string_view piece) { tar.Read(piece); };
  const ProcessResult exported = RunProcess(request);
  RemoveContainer(name);
  if (!exported.ok()) {
    return Error{"cannot export the image's files: " + Reason(exported)};
  }
  if (!tar.complete()) return Error{"cannot read the image's files"};
  return std::move(tar.files());
}

RunResult ContainerEngine::Run(const RunRequest& request) {
  RunResult result;
  const std::string name = NewContainer();
  Arguments create = {"create", "--name", name, "--network", "none"};
  if (!request.platform.empty()) {
    create.insert(create.end(), {"--platform", request.platform});
  }
  create.push_back(request.tag);
  ProcessResult started = Call(std::move(create));
  if (started.ok()) started = Call({"start", name});
  if (!started.ok()) {
    result.failure = Reason(started);
  } else {
    WaitUntilReady(name, request, result);
    ReadLogs(name, result);
    if (result.running) {
      if (result.probe) result.probe = Probe(name, true, result);
      Stop(name, result);
    }
  }
  RemoveContainer(name);
  return result;
}

// Whether the container runs; if not, how it ended.
bool ContainerEngine::Refresh(const std::string& name,
                              RunResult& result) const {
  const ProcessResult inspected = Call({"container", "inspect", name});
  const auto state = ParseContainer(inspected.out);
  result.running = state && state->running;
  if (state) result.exit_status = state->exit_status;
  return result.running;
}

// Ready is what has ended, or listens, where it is expected to if that is
// known, and writes nothing more.
void ContainerEngine::WaitUntilReady(const std::string& name,
                                     const RunRequest& request,
                                     RunResult& result) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point limit = Clock::now() + request.time_to_get_ready;
  while (Refresh(name, result)) {
    result.probe = Probe(name, false, result);
    const bool listens =
        result.probe && !result.probe->ports.empty() &&
        std::includes(result.probe->ports.begin(), result.probe->ports.end(),
                      request.expected_ports.begin(),
                      request.expected_ports.end());
    if (listens || Clock::now() >= limit || InterruptingSignal() != 0) break;
    Wait(kPoll);
  }
  for (int round = 0; result.running && round < kMostQuietRounds; ++round) {
    const std::string seen = result.out + result.error;
    Wait(kQuiet);
    ReadLogs(name, result);
    if (round > 0 && seen == result.out + result.error) break;
  }
  Refresh(name, result);
}

void ContainerEngine::ReadLogs(const std::string& name,
                               RunResult& result) const {
  ProcessResult logs = Call({"logs", name});
  if (!logs.ok()) return;
  result.out = std::move(logs.out);
  result.error = std::move(logs.error);
}

// Looks into the container by way of this program.
std::optional<ProbeResult> ContainerEngine::Probe(const std::string& name,
                                                  bool ask,
                                                  RunResult& result) const {
  if (!result.probe && result.probe_failure.empty()) {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    const ProcessResult copied =
        Call({"cp", self.string(), name + ':' + kProbePath});
    if (!copied.ok()) result.probe_failure = Reason(copied);
  }
  if (!result.probe_failure.empty()) return std::nullopt;
  Arguments exec = {"exec", "--user", "0", name, kProbePath, "verify-probe"};
  if (ask) exec.push_back("--ask");
  const ProcessResult looked = Call(std::move(exec));
  auto probe = ParseProbe(looked.out);
  if (looked.ok() && probe) return probe;
  // It may have ended in between; then it needs no probe.
  if (Refresh(name, result)) {
    result.probe_failure = "cannot look into the container: " + Reason(looked);
  }
  return std::nullopt;
}

void ContainerEngine::Stop(const std::string& name, RunResult& result) const {
  const ProcessResult stopped =
      Call({"stop", "-t", std::to_string(kStopSeconds), name});
  result.stop_seconds = stopped.seconds;
  result.killed = stopped.seconds >= kStopSeconds;
  const bool was_running = result.running;
  Refresh(name, result);
  result.running = was_running;
}

std::string ContainerEngine::Remove(const Arguments& arguments) const {
  ProcessRequest request;
  request.arguments = arguments;
  request.arguments.insert(request.arguments.begin(), program_);
  request.time_limit = kCallLimit;
  request.is_clean_up = true;
  const ProcessResult removed = RunProcess(request);
  // Engines disagree on whether to remove nothing is an error.
  constexpr std::array<std::string_view, 4> kNotThere = {
      "No such", "no such", "not known", "no container with"};
  for (const std::string_view text : kNotThere) {
    if (IsAbout(removed, text)) return "";
  }
  return removed.ok() ? "" : Reason(removed);
}

std::string ContainerEngine::RemoveContainer(const std::string& name) {
  std::string failure = Remove({"rm", "--force", "--volumes", name});
  if (failure.empty()) std::erase(containers_, name);
  return failure;
}

std::vector<std::string> ContainerEngine::CleanUp(
    const std::vector<std::string>& kept) {
  std::vector<std::string> failures;
  for (const std::string& name : std::vector(containers_)) {
    const std::string failure = RemoveContainer(name);
    if (!failure.empty()) {
      failures.push_back("container `" + name + "`: " + failure);
    }
  }
  containers_.clear();
  for (const std::string& tag : std::exchange(images_, {})) {
    if (std::find(kept.begin(), kept.end(), tag) != kept.end()) continue;
    const bool buildah = kind_ == EngineKind::kBuildah;
    const std::string failure =
        Remove(buildah ? Arguments{"rmi", tag}
                       : Arguments{"image", "rm", "--force", tag});
    if (!failure.empty()) {
      failures.push_back("image `" + tag + "`: " + failure);
    }
  }
  return failures;
}

}  // namespace dfix
