#include <algorithm>
#include <string>
#include <vector>

#include "src/dockerfile/directives.h"
#include "src/facts/cache_mount.h"
#include "src/transform/cache_mounts.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

constexpr std::string_view kSyntax = "syntax";
constexpr std::string_view kDirective = "# syntax=docker/dockerfile:1";

constexpr Option kOptions[] = {
    {kSyntax, OptionType::kFlag, "false",
     "begin the file with `# syntax=docker/dockerfile:1` if it names no "
     "frontend, for builders older than Docker 20.10"},
};

// Whether the frontend may not know cache mounts, which are stable since 1.2.
bool MayLackMounts(std::string_view frontend) {
  if (frontend.empty()) return false;
  const size_t name = frontend.find("docker/dockerfile");
  if (name == std::string_view::npos) return true;
  const size_t colon = frontend.find(':', name);
  if (colon == std::string_view::npos) return false;
  const std::string_view tag = frontend.substr(colon + 1);
  const std::string_view minor = tag.substr(0, 3);
  const bool old = (minor == "1.0" || minor == "1.1") &&
                   (tag.size() == 3 || tag[3] == '.' || tag[3] == '@');
  return old && tag.find("experimental") == std::string_view::npos;
}

using MountList = std::vector<const CacheMounts*>;

std::string MessageFor(const MountList& mounts) {
  std::string names;
  bool cleans = false;
  bool keeps = false;
  for (const CacheMounts* each : mounts) {
    names += (names.empty() ? "`" : ", `") +
             std::string(each->calls[0]->manager->name) + '`';
    cleans |= !each->options.empty() || !each->operands.empty() ||
              !each->commands.empty();
    keeps |= each->needs_downloads_kept;
  }
  std::string message = "mount the cache of " + names +
                        ": a build downloads only what is new, and the image "
                        "has no cache";
  if (cleans) message += "; what would keep the mount empty goes";
  if (keeps) {
    message += "; apt in the image keeps what it downloads from now on";
  }
  return message;
}

Level LevelFor(const MountList& mounts) {
  const bool review =
      std::any_of(mounts.begin(), mounts.end(), [](const CacheMounts* each) {
        return each->needs_downloads_kept || each->is_assumed ||
               each->calls[0]->manager->mount.use == CacheUse::kModules;
      });
  return review ? Level::kReview : Level::kSafe;
}

void Rewrite(const Input& input, Sink& sink, const MountList& mounts,
             bool adds_directive) {
  sink.Propose(mounts[0]->calls[0]->program, LevelFor(mounts),
               MessageFor(mounts), [&](ChangeWriter& change) {
                 WriteCacheMounts(input.facts, mounts, change);
                 if (adds_directive) change.AddDirective(kDirective);
               });
}

void Run(const Input& input, Sink& sink) {
  const std::vector<CacheMounts> all = FindCacheMounts(input.facts);
  const std::string frontend = SyntaxOf(input.document);
  bool adds_directive = input.options.Flag(kSyntax) && frontend.empty();
  MountList mounts;
  for (const CacheMounts& each : all) {
    const PackageCommand& call = *each.calls[0];
    if (!mounts.empty() &&
        mounts[0]->calls[0]->instruction != call.instruction) {
      Rewrite(input, sink, mounts, adds_directive);
      adds_directive = false;
      mounts.clear();
    }
    if (MayLackMounts(frontend)) {
      sink.LeaveAlone(call.program, "the frontend `" + frontend +
                                        "` may have no cache mounts");
    } else if (each.obstacle.empty()) {
      mounts.push_back(&each);
    } else if (each.obstacle_at == kNoInstruction) {
      sink.LeaveAlone(call.program, each.obstacle);
    } else {
      sink.LeaveAlone(call.program, each.obstacle,
                      input.facts.instructions()[each.obstacle_at].node);
    }
  }
  if (!mounts.empty()) Rewrite(input, sink, mounts, adds_directive);
}

}  // namespace

extern const Transform kUseCacheMounts;
const Transform kUseCacheMounts = {
    .id = "use-cache-mounts",
    .title = "Keep what package managers download in cache mounts",
    .why =
        "A layer is built anew whenever its command or anything before it "
        "changes, and then everything is downloaded again. A cache mount "
        "outlives builds and is not part of the image: the next build only "
        "downloads what is new, and nothing has to be cleaned up. It needs "
        "BuildKit, which has it without a `# syntax=` line since Docker 20.10, "
        "or Buildah; other builders may refuse the file, and mounts are empty "
        "where every build gets a new machine. So it runs only where it is "
        "selected, and then clean-package-cache has nothing to do for what is "
        "mounted.",
    .level = Level::kSafe,
    .phase = Phase::kStructure,
    .rank = 25,
    .aliases = {},
    .effects = {Effect::kAddsMount},
    .before =
        "FROM python:3.12\n"
        "COPY requirements.txt .\n"
        "RUN pip install --no-cache-dir -r requirements.txt\n",
    .after =
        "FROM python:3.12\n"
        "COPY requirements.txt .\n"
        "RUN --mount=type=cache,target=/root/.cache/pip \\\n"
        "    pip install -r requirements.txt\n",
    .left_alone =
        "Caches that anything else needs: a later step or the image itself, a "
        "COPY, package lists that another RUN installs from, the modules of "
        "go, cargo and mvn in a stage that is shipped or in which other "
        "programs may build; users whose home or number is not known; "
        "`PIP_NO_CACHE_DIR=1` and its kin; clean-ups that cannot be taken "
        "away without another effect (`rm -rf /root/.cache` removes more); "
        "RUNs that have mounts there. Where apt has to be told to keep what it "
        "downloads (`docker-clean`) the level is review.",
    .options = kOptions,
    .opt_in = true,
    .run = Run,
};

}  // namespace dfix::transforms
