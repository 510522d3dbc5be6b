#include "src/facts/manifest_move.h"

#include <algorithm>
#include <array>

#include "src/context/paths.h"
#include "src/dockerfile/instructions.h"
#include "src/facts/clutter.h"
#include "src/facts/ecosystem.h"
#include "src/facts/image_files.h"
#include "src/facts/layout.h"
#include "src/facts/managed_split.h"
#include "src/facts/manifest_copies.h"
#include "src/facts/source_use.h"
#include "src/text/one_of.h"
#include "src/text/source_text.h"

namespace dfix {
namespace {

// Folders of the image whose files are settings and programs for any command.
constexpr std::array<std::string_view, 13> kSystemFolders = {
    "/bin",
    "/etc",
    "/lib",
    "/lib64",
    "/sbin",
    "/usr/bin",
    "/usr/lib",
    "/usr/local/bin",
    "/usr/local/etc",
    "/usr/local/lib",
    "/usr/local/share/ca-certificates",
    "/usr/share",
    "/var/lib"};

// What programs look for in the home of their user.
constexpr std::array<std::string_view, 20> kHomeSettings = {
    ".bashrc",    ".bundle", ".cache",   ".cargo",  ".composer",
    ".condarc",   ".config", ".docker",  ".gem",    ".gemrc",
    ".gitconfig", ".gradle", ".local",   ".m2",     ".netrc",
    ".nuget",     ".pip",    ".profile", ".pypirc", ".ssh"};

// What comments say about an instruction whose place matters.
constexpr std::array<std::string_view, 5> kAboutOrder = {
    "first", "before", "must be", "has to be", "order"};

// Endings of files that ADD unpacks.
constexpr std::array<std::string_view, 7> kArchives = {
    ".tar", ".tgz", ".gz", ".xz", ".bz2", ".tbz", ".txz"};

bool EndsLikeArchive(std::string_view name) {
  return std::any_of(
      kArchives.begin(), kArchives.end(),
      [&](std::string_view ending) { return name.ends_with(ending); });
}

bool Contains(std::span<const uint32_t> list, uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// More RUNs of a stage are not looked at.
constexpr int kMostInstalls = 30;

bool IsEcosystem(std::string_view manager) {
  return std::any_of(
      Ecosystems().begin(), Ecosystems().end(),
      [&](const Ecosystem& each) { return each.manager == manager; });
}

class Planner {
 public:
  Planner(const Facts& facts, const BuildContext* context)
      : facts_(facts), document_(facts.document()), context_(context) {}

  ManifestMoves Plan() {
    for (const Stage& stage : facts_.stages()) PlanStage(stage);
    return std::move(found_);
  }

 private:
  const InstructionFacts& At(uint32_t i) const {
    return facts_.instructions()[i];
  }
  void Refuse(uint32_t instruction, std::string reason,
              bool is_missing = false) {
    found_.refusals.push_back({instruction, std::move(reason), is_missing});
  }

  void PlanStage(const Stage& stage) {
    copies_.clear();
    installs_.clear();
    int looked_at = 0;
    for (const uint32_t i : RunsWithCalls(stage)) {
      if (!Consider(stage, i) || ++looked_at == kMostInstalls) break;
    }
    if (!installs_.empty()) Finish();
  }

  // The RUNs of the stage that install something.
  std::vector<uint32_t> RunsWithCalls(const Stage& stage) const {
    std::vector<uint32_t> runs;
    for (const PackageCommand& call : facts_.package_commands()) {
      const uint32_t i = call.instruction;
      const bool here = stage.first <= i && i < stage.end && !At(i).onbuild &&
                        At(i).kind == InstructionKind::kRun;
      const bool known = !runs.empty() && runs.back() == i;
      const bool installs =
          call.verb == PackageVerb::kInstall || IsEcosystem(call.manager->name);
      if (here && !known && installs) runs.push_back(i);
    }
    return runs;
  }

  // Takes RUN `i` in if it installs; false if nothing behind it can be taken.
  bool Consider(const Stage& stage, uint32_t i) {
    const ImageFiles image(facts_, context_, i);
    std::vector<uint32_t> copies = WideCopies(image);
    std::vector<uint32_t> sources = copies;
    AddCopiesInto({}, image, i, sources);
    const SourceUse source(facts_, image, sources);
    ManifestInstall install = {
        i, AnalyseInstallRun(facts_, i, image, source), {}, false};
    if (!install.run.installs && !copies.empty()) {
      install.is_download = AddsDownload(facts_, i, image, install.run);
    }
    InstallRun& run = install.run;
    if (!run.installs && !install.is_download) {
      run.by_name = !copies.empty() && InstallsByName(facts_, i, source);
      if (!run.by_name) return true;
    }
    if (copies.empty()) {
      if (MissesFolder(stage, i)) Refuse(i, MissesFolder(stage, i)->problem);
      return true;
    }
    copies = WithMoreThan(run.files, copies, image);
    if (run.problem.empty() && copies.empty()) return true;
    for (const uint32_t copy : copies_) {
      if (!Contains(copies, copy)) copies.push_back(copy);
    }
    std::sort(copies.begin(), copies.end());
    AddCopiesInto(run.files, image, i, copies);
    std::string problem = run.problem;
    if (problem.empty()) problem = DirectoryProblem(stage, i);
    if (problem.empty()) problem = CopyProblem(copies);
    if (problem.empty()) problem = StepProblem(i, copies);
    if (problem.empty()) problem = NamingProblem(run.files);
    if (problem.empty()) problem = OverlayProblem(run.files, copies, image);
    if (!problem.empty()) {
      Refuse(i, problem, run.is_missing);
      return true;
    }
    copies_ = std::move(copies);
    const bool ends = run.rest != kNoNode || install.is_download;
    installs_.push_back(std::move(install));
    return !ends;
  }

  // Why it is not known where RUN `i` of the stage runs, and what is copied
  // goes, for every value of the arguments of a build.
  std::string DirectoryProblem(const Stage& stage, uint32_t i) const {
    for (uint32_t k = i; k-- > stage.first;) {
      if (At(k).kind != InstructionKind::kWorkdir) continue;
      const std::string argument =
          ArgumentIn(facts_, document_.Text(At(k).node), k);
      if (!argument.empty()) {
        return "the directory that it runs in depends on `" + argument + "`";
      }
    }
    if (stage.parent == kNoStage) return "";
    const Stage& parent = facts_.stages()[stage.parent];
    return DirectoryProblem(parent, parent.end);
  }

  // Whether an instruction behind `last` in its stage copies the same, as it is
  // written.
  bool IsCopiedAgain(const std::string& line, uint32_t last) const {
    const Stage& stage = facts_.stages()[At(last).stage];
    for (uint32_t k = last + 1; k < stage.end; ++k) {
      if (document_.Text(At(k).node) == line) return true;
    }
    return false;
  }

  // The COPY of everything of which it is not known where it goes.
  std::optional<CopyStep> MissesFolder(const Stage& stage, uint32_t i) const {
    for (uint32_t k = stage.first; k < i; ++k) {
      const auto step = CopyStepAt(facts_, k);
      if (step && step->from_context && step->destination.empty() &&
          IsOneOf(".", std::vector<std::string_view>(step->sources.begin(),
                                                     step->sources.end()))) {
        return step;
      }
    }
    return std::nullopt;
  }

  // The COPYs of the stage before RUN that bring a folder of the context.
  static std::vector<uint32_t> WideCopies(const ImageFiles& image) {
    std::vector<uint32_t> copies;
    for (const CopiedPart& part : image.parts()) {
      const bool known = !copies.empty() && copies.back() == part.instruction;
      if (part.is_folder && !known) copies.push_back(part.instruction);
    }
    return copies;
  }

  // Those of `copies` that bring something else than `files` and their kind.
  std::vector<uint32_t> WithMoreThan(const std::vector<ImageFile>& files,
                                     const std::vector<uint32_t>& copies,
                                     const ImageFiles& image) const {
    std::vector<uint32_t> wider;
    for (const uint32_t copy : copies) {
      for (const CopiedPart& part : image.PartsOf(copy)) {
        const bool needed =
            std::any_of(files.begin(), files.end(), [&](const ImageFile& file) {
              return PathBelow(part.target, file.target).has_value();
            });
        if (needed || IsFolderOfManifests(part, files, image)) continue;
        wider.push_back(copy);
        break;
      }
    }
    return wider;
  }

  // Adds the COPYs before RUN `i` that bring files into a folder of `copies`,
  // none of them one of `files`: they keep their place behind those.
  void AddCopiesInto(const std::vector<ImageFile>& files,
                     const ImageFiles& image, uint32_t i,
                     std::vector<uint32_t>& copies) const {
    // Without a context it is not known what else they bring.
    if (copies.empty() || !image.has_context()) return;
    for (uint32_t k = copies.front() + 1; k < i; ++k) {
      const auto step = CopyStepAt(facts_, k);
      if (Contains(copies, k) || !step || !step->from_context) continue;
      const bool needed = std::any_of(
          files.begin(), files.end(),
          [&](const ImageFile& file) { return file.instruction == k; });
      const std::vector<CopiedPart> parts = image.PartsOf(k);
      const bool inside =
          std::any_of(parts.begin(), parts.end(), [&](const CopiedPart& part) {
            return IsInFolderOf(copies, k, part.target, image);
          });
      if (inside && !needed) {
        copies.push_back(k);
        std::sort(copies.begin(), copies.end());
      }
    }
  }

  // Whether `target` lies in a folder that one of `copies` before instruction
  // `k` brings.
  static bool IsInFolderOf(const std::vector<uint32_t>& copies, uint32_t k,
                           const std::string& target, const ImageFiles& image) {
    return std::any_of(copies.begin(), copies.end(), [&](uint32_t copy) {
      const std::vector<CopiedPart> parts = image.PartsOf(copy);
      return copy < k && std::any_of(parts.begin(), parts.end(),
                                     [&](const CopiedPart& part) {
                                       return part.is_folder &&
                                              PathBelow(target, part.target);
                                     });
    });
  }

  // Whether the folder has one of `files`, and no other kind of file: it is
  // copied for the install.
  bool IsFolderOfManifests(const CopiedPart& part,
                           const std::vector<ImageFile>& files,
                           const ImageFiles& image) const {
    if (part.source == ".") return false;
    const auto ending = [](const std::string& path) {
      return path.substr(std::min(path.rfind('.'), path.size()));
    };
    std::string kind;
    for (const ImageFile& file : files) {
      if (PathBelow(file.target, part.target)) kind = ending(file.target);
    }
    const auto below = image.FilesBelow(part.target);
    return !kind.empty() &&
           std::all_of(below.begin(), below.end(), [&](const ImageFile& file) {
             return ending(file.target) == kind;
           });
  }

  // Why one of the COPYs cannot come later at all.
  std::string CopyProblem(const std::vector<uint32_t>& copies) const {
    for (const uint32_t copy : copies) {
      const Instruction view(document_, At(copy).node);
      for (const InstructionFlag& flag : view.Flags()) {
        if (flag.name != "--chown" && flag.name != "--chmod" &&
            flag.name != "--link") {
          return "what `" + flag.name +
                 "` makes of single files is not followed";
        }
      }
      const auto arguments = view.Arguments();
      const bool varies = std::any_of(
          arguments.begin(), arguments.end() - 1, [](const std::string& text) {
            return text.find('$') != std::string::npos;
          });
      if (varies) return "a variable says what is copied";
      if (IsCopiedAgain(std::string(document_.Text(At(copy).node)), copy)) {
        return "the same is copied twice";
      }
      const auto step = CopyStepAt(facts_, copy);
      if (MayBeSettings(copy, step->destination)) {
        return "what is copied to `" + step->destination +
               "` may be settings of any program";
      }
      const bool unpacks = At(copy).kind == InstructionKind::kAdd &&
                           std::any_of(step->sources.begin(),
                                       step->sources.end(), EndsLikeArchive);
      if (unpacks) return "ADD unpacks archives";
    }
    return "";
  }

  // Why a file of the install cannot come before one of the COPYs: that brings
  // its folder from elsewhere, and another one brings the file.
  static std::string OverlayProblem(const std::vector<ImageFile>& files,
                                    const std::vector<uint32_t>& copies,
                                    const ImageFiles& image) {
    for (const ImageFile& file : files) {
      for (const uint32_t copy : copies) {
        if (copy == file.instruction) continue;
        const std::vector<CopiedPart> parts = image.PartsOf(copy);
        const bool around =
            std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
              return part.is_folder && PathBelow(file.target, part.target);
            });
        const auto other = image.FindAmong(parts, file.target);
        const bool same = other && other->source == file.source;
        if (around && !same && image.has_context()) {
          return "several COPYs bring the folder of `" + file.source + "`";
        }
      }
    }
    return "";
  }

  // Whether what the COPY brings to `folder` may be settings of any program, or
  // programs.
  bool MayBeSettings(uint32_t copy, const std::string& folder) const {
    const std::string home = VariableAt(facts_, copy, "HOME").value_or("/root");
    const bool is_home =
        folder == home || folder == "/root" || ParentPath(folder) == "/home";
    if (is_home && context_ != nullptr) {
      const ImageFiles image(facts_, context_, copy + 1);
      return std::any_of(
          kHomeSettings.begin(), kHomeSettings.end(),
          [&](std::string_view name) {
            return image.Find(JoinPath(folder, name)).has_value();
          });
    }
    return is_home || folder == "/" ||
           std::any_of(kSystemFolders.begin(), kSystemFolders.end(),
                       [&](std::string_view system) {
                         return PathBelow(folder, system).has_value();
                       });
  }

  // Why a step between the COPYs and RUN `i` stops them.
  std::string StepProblem(uint32_t i,
                          const std::vector<uint32_t>& copies) const {
    const ImageFiles image(facts_, context_, i);
    for (uint32_t k = copies.front() + 1; k < i; ++k) {
      const bool is_install = std::any_of(
          installs_.begin(), installs_.end(),
          [&](const ManifestInstall& each) { return each.instruction == k; });
      if (is_install || Contains(copies, k)) continue;
      std::vector<uint32_t> above;
      std::copy_if(copies.begin(), copies.end(), std::back_inserter(above),
                   [&](uint32_t copy) { return copy < k; });
      const std::string need = SourceUse(facts_, image, above).NeedOf(k);
      if (!need.empty()) {
        return "line " + std::to_string(LineOf(k)) +
               " stands between it and the COPY: " + need;
      }
    }
    return "";
  }

  uint32_t LineOf(uint32_t i) const {
    return LineTable(document_.text())
        .Locate(document_.Range(At(i).node).begin)
        .line;
  }

  // What the last argument of COPY `i` has to be once WORKDIRs between it and
  // `last` are above it.
  std::string NewDestination(uint32_t i, uint32_t last) const {
    const auto arguments = Instruction(document_, At(i).node).Arguments();
    if (arguments.back().starts_with('/')) return "";
    if (WorkdirAt(facts_, i) == WorkdirAt(facts_, last)) return "";
    const auto step = CopyStepAt(facts_, i);
    return step->destination + (step->into_folder ? "/" : "");
  }

  // Fills `ignored` with what the ignore file must get, so that no file of this
  // machine lands on what an install made; the reason if that is not possible.
  std::string IgnoreHostFiles(std::vector<std::string>& ignored) const {
    if (context_ == nullptr) return "";
    BuildContext after = *context_;
    for (const ManifestInstall& install : installs_) {
      const ImageFiles image(facts_, context_, install.instruction);
      for (const std::string& path : install.run.writes) {
        const auto file = image.Find(path);
        if (!file || after.FindSent(file->source) == nullptr) continue;
        const bool is_read =
            std::any_of(install.run.files.begin(), install.run.files.end(),
                        [&](const ImageFile& each) {
                          return PathBelow(each.target, path) ||
                                 PathBelow(path, each.target);
                        });
        std::string need = is_read ? "the install reads some of it"
                                   : FindNeedOf(file->source, facts_, after);
        after = after.WithIgnore(after.ignore_text().value_or("") + "\n" +
                                 file->source + "\n");
        if (need.empty() && after.FindSent(file->source) != nullptr) {
          need = "a rule with `!` sends some of it";
        }
        if (!need.empty()) {
          return "the COPY would put `" + file->source +
                 "` of this machine on what the install made, and it cannot "
                 "be ignored: " +
                 need;
        }
        ignored.push_back(file->source);
      }
    }
    return "";
  }

  // Adds the files of the install that a COPY which stays brings in the same
  // way.
  void AddGiven(const ManifestInstall& install,
                std::vector<std::string>& given) const {
    const ImageFiles image(facts_, context_, install.instruction);
    std::vector<CopiedPart> staying;
    for (const CopiedPart& part : image.parts()) {
      if (!Contains(copies_, part.instruction)) staying.push_back(part);
    }
    for (const ImageFile& file : install.run.files) {
      const auto other = image.FindAmong(staying, file.target);
      if (other && other->source == file.source &&
          FlagsOf(facts_, other->instruction) ==
              FlagsOf(facts_, file.instruction)) {
        given.push_back(file.target);
      }
    }
  }

  void Finish() {
    ManifestMove move;
    const std::string problem = IgnoreHostFiles(move.ignored);
    if (!problem.empty()) return Refuse(copies_.front(), problem);
    const uint32_t last = installs_.back().instruction;
    for (const uint32_t copy : copies_) {
      move.copies.push_back({copy, NewDestination(copy, last)});
    }
    std::vector<std::string> given;
    for (ManifestInstall& install : installs_) {
      AddGiven(install, given);
      install.lines = ManifestCopies(facts_, install.instruction,
                                     install.run.files, copies_, given);
      for (const std::string& line : install.lines) {
        if (!IsCopiedAgain(line, last)) continue;
        Refuse(copies_.front(), "`" + line + "` stands below already");
        return;
      }
      if (install.is_download) install.lines.push_back("RUN go mod download");
      move.level = std::max(move.level, install.run.level);
    }
    move.is_explained =
        std::any_of(copies_.begin(), copies_.end(), [&](uint32_t copy) {
          return CommentMentions(document_, At(copy).node, kAboutOrder);
        });
    move.installs = std::move(installs_);
    // Names mean the same whatever is copied.
    const bool by_name = std::all_of(
        move.installs.begin(), move.installs.end(),
        [](const ManifestInstall& install) { return install.run.by_name; });
    if (move.is_explained || (context_ == nullptr && !by_name)) {
      move.level = Level::kBold;
    } else if (!move.ignored.empty() || context_ == nullptr ||
               context_->origin() == ContextOrigin::kGuessed) {
      move.level = std::max(move.level, Level::kReview);
    }
    found_.moves.push_back(std::move(move));
  }

  const Facts& facts_;
  const Document& document_;
  const BuildContext* context_;
  ManifestMoves found_;
  // Of the stage that is looked at.
  std::vector<uint32_t> copies_;
  std::vector<ManifestInstall> installs_;
};

}  // namespace

ManifestMoves FindManifestMoves(const Facts& facts,
                                const BuildContext* context) {
  ManifestMoves found = Planner(facts, context).Plan();
  const bool guessed =
      context != nullptr && context->origin() == ContextOrigin::kGuessed;
  const bool misses_all =
      guessed && found.moves.empty() && !found.refusals.empty() &&
      std::all_of(
          found.refusals.begin(), found.refusals.end(),
          [](const ManifestRefusal& refusal) { return refusal.is_missing; });
  return misses_all ? Planner(facts, nullptr).Plan() : found;
}

}  // namespace dfix
