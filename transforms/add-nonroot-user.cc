#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/dockerfile/characters.h"
#include "src/transform/sink.h"
#include "src/transform/transform.h"
#include "src/transform/user_decision.h"
#include "src/transform/user_plan.h"

namespace dfix::transforms {
namespace {

UserSettings SettingsOf(const TransformOptions& options) {
  const std::string_view home = options.Text("home");
  return {std::string(options.Text("user")), options.Number("uid"),
          options.Number("gid"), options.Text("prefer") == "numeric",
          home == "auto" ? std::nullopt : std::optional(home == "yes")};
}

// Whether `name`, which the option gives, is that of stage `index`.
bool Names(std::string_view name, const Facts& facts, uint32_t index) {
  const bool is_final = index + 1 == facts.stages().size();
  const std::string& own = facts.stages()[index].name;
  return (is_final && name == "final") ||
         (!own.empty() && AsciiLower(name) == own);
}

void Run(const Input& input, Sink& sink) {
  const UserSettings settings = SettingsOf(input.options);
  const std::vector<std::string_view> wanted = input.options.List("stages");
  const auto stages = input.facts.stages();
  for (uint32_t i = 0; i < stages.size(); ++i) {
    const bool is_wanted = std::any_of(
        wanted.begin(), wanted.end(),
        [&](std::string_view name) { return Names(name, input.facts, i); });
    if (!is_wanted || stages[i].from == kNoNode) continue;
    const bool is_base =
        std::any_of(stages.begin(), stages.end(),
                    [&](const Stage& other) { return other.parent == i; });
    if (is_base) {
      sink.LeaveAlone(stages[i].from,
                      "another stage is based on it and may need root");
      continue;
    }
    UserDecision decision = DecideUser(input.facts, input.context, i, settings);
    if (!decision.level) {
      sink.LeaveAlone(decision.anchor, std::move(decision.message),
                      decision.related);
      continue;
    }
    sink.Propose(
        decision.anchor, *decision.level, std::move(decision.message),
        [&](ChangeWriter& change) {
          WriteUserPlan(input.facts, i, decision.plan, change);
        },
        decision.related);
  }
}

constexpr Option kOptions[] = {
    {"user", OptionType::kText, "app", "the name of the user that is made"},
    {"uid", OptionType::kNumber, "10001", "its number"},
    {"gid", OptionType::kNumber, "10001", "the number of its group"},
    {"home",
     OptionType::kChoice,
     "auto",
     "whether it gets a home directory; `auto`: if its language's libraries "
     "look for one",
     {"auto", "yes", "no"}},
    {"prefer",
     OptionType::kChoice,
     "name",
     "how USER and `--chown` name it",
     {"name", "numeric"}},
    {"stages", OptionType::kList, "final",
     "the stages to look at: `final`, or names of stages that are built on "
     "their own"},
};

}  // namespace

extern const Transform kAddNonrootUser;
const Transform kAddNonrootUser = {
    .id = "add-nonroot-user",
    .title = "Run the program as a user other than root",
    .why =
        "Without USER a container's program runs as root. Whoever breaks into "
        "it can change everything in the container and has a much shorter way "
        "to the host. A program that serves requests needs no root: it gets a "
        "user of its own, or the one that its image has, and owns the "
        "directory that it works in.",
    .level = Level::kReview,
    .phase = Phase::kStructure,
    .rank = 10,
    .aliases = {"DL3002"},
    .effects = {Effect::kAddsUser, Effect::kChangesOwner},
    .before =
        "FROM python:3.12-slim\n"
        "WORKDIR /app\n"
        "COPY requirements.txt .\n"
        "RUN pip install -r requirements.txt\n"
        "COPY . .\n"
        "CMD [\"gunicorn\", \"app:app\"]\n",
    .after =
        "FROM python:3.12-slim\n"
        "WORKDIR /app\n"
        "RUN groupadd --gid 10001 app \\\n"
        "    && useradd --uid 10001 --gid app --create-home --shell "
        "/usr/sbin/nologin app \\\n"
        "    && chown app:app /app\n"
        "COPY --chown=app:app requirements.txt .\n"
        "RUN pip install -r requirements.txt\n"
        "COPY --chown=app:app . .\n"
        "USER app\n"
        "CMD [\"gunicorn\", \"app:app\"]\n",
    .left_alone =
        "Images that run as another user already, that are not known, that "
        "start as root on purpose and change users themselves, or that start "
        "no program: they are for people or other images. Services that work "
        "as root, ports below 1024, files in root's home directory or that "
        "only root may read, ONBUILD, comments that speak of root. Stages "
        "whose name says that they are for tests; a working directory that an "
        "ARG names. Where the file does not show what the program needs "
        "(unknown programs and build steps, scripts that are not in the build "
        "context, volumes, a base image from a variable) the level is bold.",
    .options = kOptions,
    .run = Run,
};

}  // namespace dfix::transforms
