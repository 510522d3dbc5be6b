// What a transform may do to a build: the differences between the file before
// and after it that the equivalence check lets pass, each under a rule of its
// own (rules.h).
//
// A transform declares its effects as data (`Transform::effects`). One that
// declares none may change the layout of the file and nothing else. A new
// effect is a value here, its name in EffectName, and a line with its rule in
// the table of rules.cc; a new flag, clean-up or package manager is a line in
// tables.cc.
#ifndef DFIX_EQUIVALENCE_EFFECTS_H_
#define DFIX_EQUIVALENCE_EFFECTS_H_

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace dfix {

enum class Effect : uint8_t {
  // A word of tables.cc is added to a command of which it is an option.
  kAddsFlag,
  // Packages are named that one of the command has recommended so far.
  kAddsPackages,
  // The same packages in another order.
  kReordersPackages,
  // `apt` becomes `apt-get`, and the like (tables.cc).
  kReplacesProgram,
  // A command of tables.cc that refreshes package lists is added in front of
  // one that uses them, or leaves a RUN of its own for one that does.
  kAddsRefresh,
  // A command of tables.cc that removes a cache is added behind its last use.
  kAddsCleanUp,
  // A command gets the option of tables.cc that leaves its cache empty; what
  // filled or emptied that by hand goes.
  kSkipsCache,
  // RUNs become one.
  kMergesRuns,
  // CMD or ENTRYPOINT gets the exec form, or `exec` in front.
  kExecForm,
  // An instruction goes that another one of its stage replaces.
  kRemovesDeadInstruction,
  // `--mount=type=cache` of a directory of tables.cc is added to a RUN that
  // fills it; options and commands of that RUN go which left it empty, and
  // `# syntax=docker/dockerfile:1` may come.
  kAddsMount,
  // A stage gets a name, which is used instead of its number.
  kNamesStage,
  // A stage goes that nothing refers to.
  kRemovesUnusedStage,
  // `--platform=$TARGETPLATFORM` goes.
  kRemovesDefaultPlatform,
  // MAINTAINER becomes a LABEL.
  kLabelsMaintainer,
  // The destination of several sources gets a slash.
  kMarksDirectory,
  // ADD becomes COPY.
  kUsesCopy,
  // A COPY of the build context moves down its stage, past RUNs that tables.cc
  // knows to need none of it but manifests, which get a COPY of their own in
  // front; a RUN that goes on with what needs it is split at `&&`.
  kMovesCopies,
  // A user is made and switched to, or one that is there; it is given single
  // directories. What runs as that user from then on is no RUN, or uses a
  // package manager on the project.
  kAddsUser,
  // `--chown` is added to a COPY or ADD, for the user at the end of its stage.
  kChangesOwner,
  // The last stage becomes two: what builds stays in the first, and the second
  // copies what it needs to the same paths and has the old configuration.
  kSplitsStage,
  // A base image becomes its slim variant.
  kUsesSlimBase,
  // `sudo` goes where root runs the command.
  kDropsSudo,
  // A user in USER becomes its number.
  kNumbersUser,
  // `composer install` leaves its scripts and the autoloader to `composer
  // dump-autoload`, which comes directly behind it.
  kPartsInstall,
  // A base image to build with becomes one that runs the same programs of Java
  // or .NET (runtimes.h), which is what its containers start; or, where no RUN
  // is, a small one if they start what an earlier stage compiles.
  kUsesRuntimeBase,
};
inline constexpr uint8_t kEffectCount = 26;

// The name of an effect in messages: `adds-flag`.
std::string_view EffectName(Effect effect);

// A set of effects that can be part of a constant.
class EffectSet {
 public:
  constexpr EffectSet(std::initializer_list<Effect> effects) {
    for (const Effect effect : effects) bits_ |= Bit(effect);
  }
  constexpr bool Has(Effect effect) const { return (bits_ & Bit(effect)) != 0; }

 private:
  static constexpr uint32_t Bit(Effect effect) {
    return uint32_t{1} << static_cast<uint8_t>(effect);
  }

  uint32_t bits_ = 0;
};

}  // namespace dfix

#endif  // DFIX_EQUIVALENCE_EFFECTS_H_
