#include "src/verify/verify.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "src/verify/build_context.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

// How many files are edited to find one that a build reads.
constexpr size_t kMostCandidates = 3;

// A version of the file, and what was measured of it.
struct Version {
  std::string name;  // For tags and files: `before`, `after`, `after-2`.
  std::string doing;
  std::string text;
  std::string tag;
  Measurement measured;
};

// One verification while it goes on.
class Work {
 public:
  Work(const EngineOptions& transforms, const VerifyOptions& options,
       ContainerEngine& engine, const ProgressListener& progress,
       Verification& result)
      : transforms_(transforms),
        options_(options),
        engine_(engine),
        progress_(progress),
        result_(result) {}

  void Run(const std::string& text) {
    Report report = Fix(text, transforms_);
    if (!HasWork(report)) return;
    auto folder = TemporaryFolder::Make();
    if (!folder) return Fail(folder.error().message);
    folder_ = folder->path();
    if (!PrepareContext()) return;
    Version before = {"before", "as it is", std::move(report.original), "", {}};
    Version after = {"after", "rewritten", std::move(report.fixed), "", {}};
    if (!BuildCold(before)) {
      return Fail("it does not build as it is", before.measured.cold.log_tail);
    }
    BuildCold(after);
    std::vector<Version> between = VersionsBetween(before, after);
    for (Version& version : between) {
      if (!BuildCold(version)) break;
    }
    if (after.measured.cold.ok) {
      RebuildAll(before, after, between);
      Look(before);
      Look(after);
      RunBoth(before, after);
    }
    AttributeToTransforms(before, after, between);
    Finish(std::move(before), std::move(after));
  }

 private:
  void Fail(std::string error, std::string detail = "") {
    result_.error = std::move(error);
    result_.detail = std::move(detail);
  }

  bool HasWork(const Report& report) {
    result_.changes = report.applied.size();
    switch (report.outcome) {
      case Outcome::kChanged:
        return true;
      case Outcome::kUnchanged:
        result_.nothing_to_do = "nothing to change";
        break;
      case Outcome::kNotASource:
        result_.nothing_to_do = "left alone: ";
        result_.nothing_to_do += report.not_a_source;
        break;
      case Outcome::kUnparsable:
        Fail("cannot be parsed" + (report.problems.empty()
                                       ? std::string()
                                       : ": " + report.problems[0].message));
        break;
    }
    return false;
  }

  // Copies the context. Whether that worked.
  bool PrepareContext() {
    progress_("copying the build context");
    std::string context = options_.context;
    if (context.empty()) {
      context = fs::path(result_.path).parent_path().string();
      if (context.empty()) context = ".";
    }
    std::error_code error;
    if (!fs::is_directory(context, error)) {
      Fail("the build context `" + context + "` is not a folder");
      return false;
    }
    settings_ = {folder_ + "/context", options_.build_args,
                 options_.target,      options_.platform,
                 options_.network,     options_.time_limit};
    if (Result<Done> done = CopyFolder(context, settings_.context); !done) {
      Fail("cannot copy the build context: " + done.error().message);
      return false;
    }
    if (!options_.touch.empty() &&
        !fs::is_regular_file(fs::path(settings_.context) / options_.touch,
                             error)) {
      Fail("`--touch " + options_.touch +
           "`: there is no such file in the build context");
      return false;
    }
    return true;
  }

  std::string PathOf(const Version& version) const {
    return folder_ + '/' + version.name + ".Dockerfile";
  }

  BuildResult Build(const Version& version, const std::string& tag,
                    bool use_cache) {
    BuildRequest request;
    request.dockerfile = PathOf(version);
    request.tag = tag;
    request.use_cache = use_cache;
    const std::string doing =
        (use_cache ? "building again, " : "building, ") + version.doing;
    request.on_progress = [this, doing](const std::string& step) {
      progress_(step.empty() ? doing : doing + ": " + step);
    };
    progress_(doing);
    return engine_.Build(settings_, request);
  }

  // Builds without the cache. Whether that worked.
  bool BuildCold(Version& version) {
    const std::string path = PathOf(version);
    if (Result<Done> done = WriteText(path, version.text); !done) {
      version.measured.cold.log_tail = done.error().message;
      return false;
    }
    // The builder looks for it under the name of the file that it is given.
    std::error_code error;
    fs::copy_file(result_.path + ".dockerignore", path + ".dockerignore",
                  error);
    version.tag = engine_.NewTag(version.name);
    version.measured.cold = Build(version, version.tag, false);
    if (!version.measured.cold.ok) return false;
    Result<ImageFacts> image = engine_.Inspect(version.tag);
    if (!image) {
      result_.notes.push_back(image.error().message);
    } else {
      version.measured.image = *std::move(image);
    }
    return true;
  }

  BuildResult Rebuild(const Version& version) {
    return Build(version, engine_.NewTag(version.name + "-edited"), true);
  }

  // Edits a file and builds all versions again, with the cache.
  void RebuildAll(Version& before, Version& after,
                  std::vector<Version>& between) {
    std::vector<std::string> candidates = {options_.touch};
    if (options_.touch.empty()) {
      candidates = EditablePaths(ListFiles(settings_.context));
    }
    if (candidates.size() > kMostCandidates) candidates.resize(kMostCandidates);
    for (const std::string& path : candidates) {
      const Result<Done> done = AppendBlanks(settings_.context + '/' + path);
      if (!done) {
        result_.notes.push_back(done.error().message);
        continue;
      }
      const BuildResult rebuilt = Rebuild(before);
      // A file that no step reads changes nothing.
      if (rebuilt.ok && rebuilt.cached == rebuilt.steps) continue;
      result_.touched = path;
      before.measured.rebuild = rebuilt;
      after.measured.rebuild = Rebuild(after);
      for (Version& version : between) {
        if (version.measured.cold.ok) {
          version.measured.rebuild = Rebuild(version);
        }
      }
      return;
    }
    result_.notes.push_back(
        candidates.empty()
            ? "no source file found to edit; name one with `--touch`"
            : "no rebuild was measured: no step reads `" + candidates.back() +
                  "`; name a file with `--touch`");
  }

  // Lists the image's files.
  void Look(Version& version) {
    progress_("listing the files, " + version.doing);
    Result<FileTree> files = engine_.Files(version.tag, options_.platform);
    if (!files) {
      result_.notes.push_back(files.error().message);
    } else {
      version.measured.files = *std::move(files);
    }
  }

  RunResult RunOne(const Version& version, std::vector<int> expected_ports) {
    progress_("running, " + version.doing);
    return engine_.Run({version.tag, options_.platform,
                        options_.time_to_get_ready, std::move(expected_ports)});
  }

  // Runs both. What differs is run again: programs that never write the same
  // twice are no proof of anything.
  void RunBoth(Version& before, Version& after) {
    if (!engine_.can_run()) {
      result_.notes.push_back(std::string(Name(engine_.kind())) +
                              " starts no containers: nothing was run");
      return;
    }
    RunResult first = RunOne(before, {});
    const std::vector<int> ports =
        first.probe ? first.probe->ports : std::vector<int>();
    RunResult rewritten = RunOne(after, ports);
    bool varies = false;
    if (!SameOutput(first, rewritten) && InterruptingSignal() == 0) {
      RunResult second = RunOne(before, ports);
      if (SameOutput(second, rewritten)) {
        first = std::move(second);
      } else if (SameOutput(first, second)) {
        rewritten = RunOne(after, ports);
      } else {
        varies = true;
      }
    }
    result_.run = CompareRuns(first, rewritten);
    if (varies) DisregardOutput();
    before.measured.run = std::move(first);
    after.measured.run = std::move(rewritten);
  }

  // The original does not even do the same twice.
  void DisregardOutput() {
    for (Aspect& aspect : result_.run) {
      const bool is_output = aspect.name == "output" ||
                             aspect.name == "error output" ||
                             aspect.name.starts_with("GET ");
      if (!is_output || aspect.verdict != Verdict::kDiffers) continue;
      aspect.verdict = Verdict::kNotCompared;
      aspect.detail = "the original's differs from run to run, too";
    }
  }

  // With each transform more, those that change nothing left out.
  std::vector<Version> VersionsBetween(const Version& before,
                                       const Version& after) {
    std::vector<Version> out;
    if (!options_.per_transform || !after.measured.cold.ok) return out;
    EngineOptions some = transforms_;
    some.transforms.clear();
    std::string last = before.text;
    for (const Transform* transform : transforms_.transforms) {
      some.transforms.push_back(transform);
      Report report = Fix(before.text, some);
      if (report.fixed == last) continue;
      last = report.fixed;
      TransformStep step;
      step.id = transform->id;
      step.changes = static_cast<size_t>(
          std::count_if(report.applied.begin(), report.applied.end(),
                        [&](const Decision& decision) {
                          return decision.transform == transform;
                        }));
      result_.transforms.push_back(std::move(step));
      out.push_back({"after-" + std::to_string(out.size() + 1),
                     "with " + std::string(transform->id),
                     last,
                     "",
                     {}});
    }
    // The last one is the rewrite, which is built already.
    if (!out.empty()) out.pop_back();
    return out;
  }

  void AttributeToTransforms(const Version& before, const Version& after,
                             const std::vector<Version>& between) {
    const Version* last = &before;
    for (size_t i = 0; i < result_.transforms.size(); ++i) {
      const Version& next = i < between.size() ? between[i] : after;
      TransformStep& step = result_.transforms[i];
      step.size_before = last->measured.image.size;
      step.size_after = next.measured.image.size;
      step.cold_before = last->measured.cold;
      step.cold_after = next.measured.cold;
      step.rebuild_before = last->measured.rebuild;
      step.rebuild_after = next.measured.rebuild;
      last = &next;
    }
  }

  void Finish(Version before, Version after) {
    if (options_.keep) result_.kept = {before.tag, after.tag};
    result_.files = CompareTrees(before.measured.files, after.measured.files);
    before.measured.files.clear();
    after.measured.files.clear();
    if (after.measured.cold.ok) {
      result_.config = CompareConfigs(before.measured.image.config,
                                      after.measured.image.config);
    }
    result_.before = std::move(before.measured);
    result_.after = std::move(after.measured);
  }

  const EngineOptions& transforms_;
  const VerifyOptions& options_;
  ContainerEngine& engine_;
  const ProgressListener& progress_;
  Verification& result_;
  std::string folder_;
  BuildSettings settings_;
};

}  // namespace

bool Verification::same() const {
  const auto differs = [](const Aspect& aspect) {
    return aspect.verdict == Verdict::kDiffers;
  };
  if (!error.empty()) return false;
  if (!nothing_to_do.empty()) return true;
  return after.cold.ok && (!after.rebuild || after.rebuild->ok) &&
         std::none_of(config.begin(), config.end(), differs) &&
         std::none_of(run.begin(), run.end(), differs);
}

Verification Verify(const std::string& path, const std::string& text,
                    const EngineOptions& transforms,
                    const VerifyOptions& options, ContainerEngine& engine,
                    const ProgressListener& progress) {
  Verification result;
  result.path = path;
  result.level = transforms.level;
  result.engine = engine.description();
  Work(transforms, options, engine, progress, result).Run(text);
  if (InterruptingSignal() != 0) {
    result.error = "interrupted";
    result.detail.clear();
    result.kept.clear();
  }
  progress("cleaning up");
  for (const std::string& failure : engine.CleanUp(result.kept)) {
    result.notes.push_back("could not remove " + failure);
  }
  return result;
}

}  // namespace dfix
