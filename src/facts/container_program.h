// The programs that a container of a stage starts, and what is known of them:
// whether they are there to run as an unprivileged user.
//
// Left out: what they find in the image (root_needs.h, program_files.h).
#ifndef DFIX_FACTS_CONTAINER_PROGRAM_H_
#define DFIX_FACTS_CONTAINER_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/context/build_context.h"
#include "src/facts/facts.h"

namespace dfix {

enum class ProgramKind : uint8_t {
  kInterpreter,   // Runs a program of the image in a language: `python app.py`.
  kScriptRunner,  // Runs what a manifest says: `npm start`.
  kServer,        // Serves a program of the image, and nothing else.
  kOwn,           // A program that the image was built for.
  kShellScript,   // A file that a shell runs, which the Dockerfile lacks.
  kNeedsRoot,     // Works as root, or changes users itself.
  kForRoot,       // Sets up what the others need, as root: `chown`, `apt-get`.
  kWrites,        // Writes the files that its arguments name.
  kInteractive,   // For people who work in the container.
  kUnknown,
};

struct ContainerProgram {
  ProgramKind kind;
  // The program and its arguments, without what only starts it (`tini --`,
  // `exec`); texts of the shell where they are not constant.
  std::vector<std::string> words;
  uint32_t instruction;  // The ENTRYPOINT or CMD.
  // The name of the script of the build context that calls it; empty if the
  // Dockerfile does.
  std::string script = {};
};

struct ContainerPrograms {
  enum class State : uint8_t {
    kKnown,
    kNone,     // The stage says nothing: what the image starts, if anything.
    kUnclear,  // An ONBUILD, or a script that is not understood.
  };
  State state;
  std::vector<ContainerProgram> programs;  // In the order in which they run.
};

// What ENTRYPOINT and CMD at the end of `stage` start. For a script that is in
// `context`, which may be null, what it starts in turn.
ContainerPrograms ProgramsOf(const Facts& facts, const BuildContext* context,
                             uint32_t stage);

// Whether the program is a dynamic language's or a manager's of one, whose
// libraries keep caches and settings in the home directory.
bool WantsHome(const ContainerProgram& program);

}  // namespace dfix

#endif  // DFIX_FACTS_CONTAINER_PROGRAM_H_
