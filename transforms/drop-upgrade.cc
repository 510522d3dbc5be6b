#include <algorithm>
#include <string>
#include <vector>

#include "src/facts/ecosystem.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"

namespace dfix::transforms {
namespace {

// Whether the manager's packages are a project's, which no base image has.
bool IsOfProjects(const PackageManager& manager) {
  return std::any_of(Ecosystems().begin(), Ecosystems().end(),
                     [&](const Ecosystem& ecosystem) {
                       return ecosystem.manager == manager.name;
                     });
}

// Whether the call brings everything there is up to date.
bool UpgradesAll(const Document& document, const PackageCommand& call) {
  if (call.verb != PackageVerb::kUpgrade || !call.operands.empty() ||
      call.operands_unknown || call.manager->rolling ||
      IsOfProjects(*call.manager) ||
      call.traits.Has(CallTrait::kOnlySimulates)) {
    return false;
  }
  // Those that only close holes have a reason to be there.
  return std::none_of(
      call.options.begin(), call.options.end(), [&](NodeId option) {
        return document.Text(option).find("sec") != std::string_view::npos;
      });
}

void Run(const Input& input, Sink& sink) {
  std::vector<uint32_t> told;
  for (const PackageCommand& call : input.facts.package_commands()) {
    if (!UpgradesAll(input.document, call)) continue;
    const uint32_t stage = input.facts.instructions()[call.instruction].stage;
    if (std::find(told.begin(), told.end(), stage) != told.end()) continue;
    told.push_back(stage);
    std::string command(call.manager->name);
    if (call.verb_word != kNoNode) {
      command += ' ' + std::string(input.document.Text(call.verb_word));
    }
    sink.Advise(call.program,
                "`" + command +
                    "` makes each build another image, and stores what it "
                    "replaces a second time; better rebuild on a newer base "
                    "image");
  }
}

}  // namespace

extern const Transform kDropUpgrade;
const Transform kDropUpgrade = {
    .id = "drop-upgrade",
    .title = "Take updates from a newer base image, not from an upgrade",
    .why =
        "An upgrade of everything brings whatever is newest on the day of the "
        "build: the same file makes another image tomorrow. The layer holds "
        "each file that it replaces a second time, and a cached layer is never "
        "upgraded again. A newer base image has the same updates. Nothing is "
        "changed here, because the updates may be wanted until there is one.",
    .level = Level::kAdvice,
    .phase = Phase::kContent,
    .rank = 60,
    .aliases = {"DL3005", "DL3017", "DL3031", "DL3035", "DL3039"},
    .effects = {},
    .before =
        "FROM debian:12\n"
        "RUN apt-get update && apt-get upgrade -y\n",
    .after = "",
    .left_alone =
        "Upgrades of packages that are named, security updates (`--security`), "
        "and distributions that only work when they are up to date (pacman, "
        "xbps). One remark a stage.",
    .run = Run,
};

}  // namespace dfix::transforms
