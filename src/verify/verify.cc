#include "src/verify/verify.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "src/verify/context_copy.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

// How many files are edited to find one that a build reads.
constexpr size_t kMostCandidates = 3;

// A version of the file, and what was measured of it.
struct Version {
  std::string name;   // For tags and files: `before`, `after`, `after-2`.
  std::string doing;  // For people: `as it is`.
  std::string text;
  std::vector<OtherFile> others;  // What else is rewritten.
  std::string tag;
  Measurement measured;
};

// A file of the context that is to be edited.
struct Source {
  std::string path;
  std::string text;
};

bool SameFiles(const std::vector<OtherFile>& one,
               const std::vector<OtherFile>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const OtherFile& a, const OtherFile& b) {
                      return a.path == b.path && a.fixed == b.fixed;
                    });
}

// The folder that the request is built in.
std::string ContextOf(const VerifyRequest& request) {
  if (!request.context.empty()) return request.context;
  const std::string folder = fs::path(request.path).parent_path().string();
  return folder.empty() ? "." : folder;
}

bool NothingDiffers(const std::vector<Aspect>& aspects) {
  return std::none_of(aspects.begin(), aspects.end(), [](const Aspect& aspect) {
    return aspect.verdict == Verdict::kDiffers;
  });
}

// Withdraws what was said about the output, which the original does not repeat
// either.
void DisregardOutput(std::vector<Aspect>& aspects) {
  for (Aspect& aspect : aspects) {
    const bool is_output = aspect.name == "output" ||
                           aspect.name == "error output" ||
                           aspect.name.starts_with("GET ");
    if (!is_output || aspect.verdict != Verdict::kDiffers) continue;
    aspect.verdict = Verdict::kNotCompared;
    aspect.detail = "the original's differs from run to run, too";
  }
}

// How many of the changes made are the transform's.
size_t CountOf(const Report& report, const Transform* transform) {
  return static_cast<size_t>(
      std::count_if(report.applied.begin(), report.applied.end(),
                    [&](const Decision& decision) {
                      return decision.transform == transform;
                    }));
}

// Notes what the rewrite is. Whether there is anything to build.
bool HasWork(const Report& report, const EngineOptions& options,
             Verification& result) {
  result.changes = report.applied.size();
  for (const Transform* transform : options.transforms) {
    if (CountOf(report, transform) > 0) {
      result.applied.emplace_back(transform->id);
    }
  }
  switch (report.outcome) {
    case Outcome::kChanged:
      return true;
    case Outcome::kUnchanged:
      result.nothing_to_do = "nothing to change";
      break;
    case Outcome::kNotASource:
      result.nothing_to_do = "left alone: ";
      result.nothing_to_do += report.not_a_source;
      break;
    case Outcome::kUnparsable:
      result.error = "cannot be parsed";
      if (!report.problems.empty()) {
        result.error += ": " + report.problems[0].message;
      }
      break;
  }
  return false;
}

// How a file is called in a folder: `.` if they are the same, `../name`
// outside.
std::string NameIn(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path from = fs::weakly_canonical(folder, error);
  return fs::weakly_canonical(path, error).lexically_relative(from).string();
}

void AttributeToTransforms(const Version& before,
                           const std::vector<Version>& between,
                           const Version& after,
                           std::vector<TransformStep>& steps) {
  const Version* last = &before;
  for (size_t i = 0; i < steps.size(); ++i) {
    const Version& next = i < between.size() ? between[i] : after;
    steps[i].size_before = last->measured.image.size;
    steps[i].size_after = next.measured.image.size;
    steps[i].cold_before = last->measured.cold;
    steps[i].cold_after = next.measured.cold;
    steps[i].rebuild_before = last->measured.rebuild;
    steps[i].rebuild_after = next.measured.rebuild;
    last = &next;
  }
}

// The work on one file.
class Work {
 public:
  Work(const VerifyRequest& request, const VerifyOptions& options,
       ContainerEngine& engine, const ProgressListener& progress)
      : request_(request),
        options_(options),
        engine_(engine),
        progress_(progress) {}

  // Compares one rewrite with the original, which is built at the first call.
  Verification Compare(const EngineOptions& rewrite) {
    Verification result;
    result.path = request_.path;
    result.level = rewrite.level;
    result.engine = engine_.description();
    result.context = ContextOf(request_);
    Report report = request_.rewrite(rewrite);
    if (!HasWork(report, rewrite, result)) return result;
    if (!is_prepared_) Prepare(std::move(report.original));
    if (!error_.empty()) {
      result.error = error_;
      result.detail = before_.measured.cold.log_tail;
      return result;
    }
    if (last_ && last_->text == report.fixed &&
        SameFiles(last_->others, report.others)) {
      Verification same = *last_result_;
      same.level = rewrite.level;
      return same;
    }
    const std::string name = "after-" + std::string(Name(rewrite.level));
    last_ = Version{
        name, "rewritten", std::move(report.fixed), std::move(report.others),
        "",   {}};
    result.notes = notes_;
    CompareWith(*last_, rewrite, result);
    last_result_ = result;
    return result;
  }

 private:
  // Copies the context and measures the original. Sets error_ if that fails.
  void Prepare(std::string text) {
    is_prepared_ = true;
    before_ = {"before", "as it is", std::move(text), {}, "", {}};
    if (!PrepareContext()) return;
    if (!Measure(before_, notes_)) {
      error_ = "it does not build as it is";
      return;
    }
    FindSource();
  }

  bool PrepareContext() {
    progress_("copying the build context");
    auto folder = TemporaryFolder::Make();
    if (!folder) {
      error_ = folder.error().message;
      return false;
    }
    folder_.emplace(std::move(*folder));
    const std::string context = ContextOf(request_);
    settings_ = {folder_->path() + "/context",
                 options_.build_args,
                 options_.target,
                 options_.platform,
                 options_.network,
                 options_.time_limit};
    std::error_code error;
    if (!fs::is_directory(context, error)) {
      error_ = "the build context `" + context + "` is not a folder";
      return false;
    }
    if (Result<Done> done = CopyFolder(context, settings_.context); !done) {
      error_ = "cannot copy the build context: " + done.error().message;
      return false;
    }
    const fs::path touched = fs::path(settings_.context) / options_.touch;
    if (!options_.touch.empty() && !fs::is_regular_file(touched, error)) {
      error_ = "`--touch " + options_.touch +
               "`: there is no such file in the build context";
      return false;
    }
    return true;
  }

  // Builds without the cache, inspects and lists the files. Whether it builds.
  bool Measure(Version& version, std::vector<std::string>& notes) {
    if (!BuildCold(version, notes)) return false;
    progress_("listing the files, " + version.doing);
    Result<FileTree> files = engine_.Files(version.tag, options_.platform);
    if (files) {
      version.measured.files = std::move(*files);
    } else {
      notes.push_back(files.error().message);
    }
    return true;
  }

  bool BuildCold(Version& version, std::vector<std::string>& notes) {
    if (Result<Done> done = WriteFilesOf(version); !done) {
      version.measured.cold.log_tail = done.error().message;
      return false;
    }
    version.tag = engine_.NewTag(version.name);
    version.measured.cold = Build(version, version.tag, false);
    if (!version.measured.cold.ok) return false;
    Result<ImageFacts> image = engine_.Inspect(version.tag);
    if (image) {
      version.measured.image = std::move(*image);
    } else {
      notes.push_back(image.error().message);
    }
    return true;
  }

  // Writes the Dockerfile and the ignore file of its own, which the builder
  // looks for beside it.
  Result<Done> WriteFilesOf(const Version& version) const {
    const std::string own_ignore = request_.path + ".dockerignore";
    const std::string path = PathOf(version);
    if (Result<Done> done = WriteText(path, version.text); !done) return done;
    for (const OtherFile& other : version.others) {
      if (NameIn(other.path, own_ignore) != ".") continue;
      return WriteText(path + ".dockerignore", other.fixed);
    }
    std::error_code error;
    fs::copy_file(own_ignore, path + ".dockerignore", error);
    return Done{};
  }

  std::string PathOf(const Version& version) const {
    return folder_->path() + '/' + version.name + ".Dockerfile";
  }

  // Gives the copy of the context the files that belong to the version.
  Result<Done> PlaceFilesOf(const Version& version) {
    for (const OtherFile& other : std::exchange(placed_, {})) {
      const std::string path = settings_.context + '/' + other.path;
      if (!other.original) {
        std::error_code error;
        fs::remove(path, error);
        continue;
      }
      const Result<Done> done = WriteText(path, *other.original);
      if (!done) return done;
    }
    for (const OtherFile& other : version.others) {
      const std::string name = NameIn(other.path, ContextOf(request_));
      if (name.starts_with("..")) continue;
      placed_.push_back({name, other.original, other.fixed});
      const Result<Done> done =
          WriteText(settings_.context + '/' + name, other.fixed);
      if (!done) return done;
    }
    return Done{};
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
    if (Result<Done> done = PlaceFilesOf(version); !done) {
      return {.log_tail = done.error().message};
    }
    return engine_.Build(settings_, request);
  }

  // Builds with the cache after an edit to the source, which is undone. Each
  // time it is another edit: versions share steps, and so the cache.
  BuildResult RebuildAfterEdit(const Version& version, const Source& source) {
    const std::string path = settings_.context + '/' + source.path;
    const Result<Done> done = WriteText(path, source.text + NewBlanks());
    if (!done) return {.log_tail = done.error().message};
    BuildResult result =
        Build(version, engine_.NewTag(version.name + "-edited"), true);
    if (!WriteText(path, source.text)) result.ok = false;
    return result;
  }

  // Finds a source whose edits the build of the original notices.
  void FindSource() {
    std::vector<std::string> candidates = {options_.touch};
    if (options_.touch.empty()) {
      candidates = EditablePaths(ListFiles(settings_.context));
    }
    if (candidates.size() > kMostCandidates) candidates.resize(kMostCandidates);
    for (const std::string& path : candidates) {
      Result<std::string> text = ReadText(settings_.context + '/' + path);
      if (!text) continue;
      Source source = {path, std::move(*text)};
      const BuildResult rebuilt = RebuildAfterEdit(before_, source);
      if (rebuilt.ok && rebuilt.cached == rebuilt.steps) continue;
      before_.measured.rebuild = rebuilt;
      source_ = std::move(source);
      return;
    }
    notes_.push_back(
        candidates.empty()
            ? "no source file found to edit; name one with `--touch`"
            : "no rebuild was measured: no step reads `" + candidates.back() +
                  "`; name a file with `--touch`");
  }

  void CompareWith(Version& after, const EngineOptions& rewrite,
                   Verification& result) {
    const bool builds = Measure(after, result.notes);
    std::vector<Version> between;
    if (builds) {
      if (source_) after.measured.rebuild = RebuildAfterEdit(after, *source_);
      between = MeasureBetween(rewrite, after, result);
      RunBoth(after, result);
      result.files = CompareTrees(before_.measured.files, after.measured.files);
      result.config = CompareConfigs(
          before_.measured.image.config, after.measured.image.config,
          BasesOf(before_.text, after.text, options_.target));
    }
    AttributeToTransforms(before_, between, after, result.transforms);
    after.measured.files.clear();
    result.after = after.measured;
    result.before = before_.measured;
    result.before.files.clear();
    if (source_) result.touched = source_->path;
    if (options_.keep) result.kept = {before_.tag, after.tag};
  }

  // The versions with some of the transforms: the first, the first two and so
  // on; those that change nothing are left out, and so is the last, which is
  // the rewrite.
  std::vector<Version> MeasureBetween(const EngineOptions& rewrite,
                                      const Version& after,
                                      Verification& result) {
    std::vector<Version> out;
    if (!options_.per_transform) return out;
    EngineOptions some = rewrite;
    some.transforms.clear();
    std::string last = before_.text;
    std::vector<OtherFile> last_others;
    for (const Transform* transform : rewrite.transforms) {
      some.transforms.push_back(transform);
      const Report report = request_.rewrite(some);
      if (report.fixed == last && SameFiles(report.others, last_others)) {
        continue;
      }
      last = report.fixed;
      last_others = report.others;
      TransformStep step;
      step.id = transform->id;
      step.changes = CountOf(report, transform);
      result.transforms.push_back(std::move(step));
      if (last == after.text && SameFiles(last_others, after.others)) break;
      Version version = {after.name + '-' + std::to_string(out.size() + 1),
                         "with " + std::string(transform->id),
                         last,
                         last_others,
                         "",
                         {}};
      if (BuildCold(version, result.notes) && source_) {
        version.measured.rebuild = RebuildAfterEdit(version, *source_);
      }
      out.push_back(std::move(version));
    }
    return out;
  }

  // Starts a container that is expected to listen where `like` does.
  RunResult RunOne(const Version& version, const RunResult& like) {
    progress_("running, " + version.doing);
    return engine_.Run({version.tag, options_.platform,
                        options_.time_to_get_ready,
                        like.probe ? like.probe->ports : std::vector<int>()});
  }

  // Runs both. What differs is run again: a machine may have been busy, and a
  // program that never writes the same twice is no proof of anything.
  void RunBoth(Version& after, Verification& result) {
    if (!engine_.can_run()) {
      result.notes.push_back(std::string(Name(engine_.kind())) +
                             " starts no containers: nothing was run");
      return;
    }
    std::optional<RunResult>& original = before_.measured.run;
    if (!original) original = RunOne(before_, {});
    RunResult rewritten = RunOne(after, *original);
    result.run = CompareRuns(*original, rewritten);
    if (!NothingDiffers(result.run)) {
      const RunResult first =
          std::exchange(original, RunOne(before_, rewritten))
              .value_or(RunResult());
      rewritten = RunOne(after, *original);
      result.run = CompareRuns(*original, rewritten);
      if (!SameOutput(first, *original)) DisregardOutput(result.run);
    }
    after.measured.run = std::move(rewritten);
  }

  const VerifyRequest& request_;
  const VerifyOptions& options_;
  ContainerEngine& engine_;
  const ProgressListener& progress_;
  bool is_prepared_ = false;
  std::string error_;               // Why the original cannot be measured.
  std::vector<std::string> notes_;  // On the original.
  std::optional<TemporaryFolder> folder_;
  BuildSettings settings_;
  Version before_;
  // What is in the copy of the context now, by the names in there.
  std::vector<OtherFile> placed_;
  std::optional<Source> source_;
  // The rewrite before, which another level may give again.
  std::optional<Version> last_;
  std::optional<Verification> last_result_;
};

}  // namespace

bool Verification::same() const {
  if (!error.empty()) return false;
  if (!nothing_to_do.empty()) return true;
  return after.cold.ok && (!after.rebuild || after.rebuild->ok) &&
         NothingDiffers(config) && NothingDiffers(run);
}

std::vector<Verification> Verify(const VerifyRequest& request,
                                 const VerifyOptions& options,
                                 ContainerEngine& engine,
                                 const ProgressListener& progress) {
  std::vector<Verification> out;
  std::vector<std::string> kept;
  {
    Work work(request, options, engine, progress);
    for (const EngineOptions& rewrite : request.rewrites) {
      Verification result = work.Compare(rewrite);
      if (InterruptingSignal() != 0) {
        result.error = "interrupted";
        result.detail.clear();
        result.kept.clear();
      }
      kept.insert(kept.end(), result.kept.begin(), result.kept.end());
      out.push_back(std::move(result));
    }
    progress("cleaning up");
  }
  for (const std::string& failure : engine.CleanUp(kept)) {
    out.back().notes.push_back("could not remove " + failure);
  }
  return out;
}

}  // namespace dfix
