// What --help says below the options.
#ifndef DFIX_CLI_USAGE_TEXTS_H_
#define DFIX_CLI_USAGE_TEXTS_H_

namespace dfix {

inline constexpr const char* kFixFooter = R"(
Commands (each has its own --help):
  dfix explain ID      what a transform does, why, and when it does nothing
  dfix rules           all transforms
  dfix verify FILE     build a file as it is and rewritten, and compare
  dfix dump KIND FILE  how dfix reads a file
  dfix version         the version

Examples:
  dfix                            report what could be better below here
  dfix --diff Dockerfile          show the rewrite; nothing is written
  dfix --diff . | git apply       the same as --write, by way of git
  dfix --write --level safe .     apply what cannot change the image
  dfix --check .                  for CI: exit status 1 if anything is to do
  dfix --write - <in >out         from standard input to standard output

Exit status: 0 nothing to do, or all done by --write; 1 changes are pending, or
advice that --fail-level counts; 2 wrong usage, a file that cannot be read,
written or parsed.)";

inline constexpr const char* kVerifyFooter = R"(
Builds each file twice, as it is and as dfix rewrites it, in a copy of the build
context; edits a source file in the copy and builds again; runs both images
without a network; and tells what is the same and what is not. Everything that
it makes is removed, also when it is interrupted; only the engine's build cache
stays. `--level` may name several levels, with commas between.

Exit status: 0 the rewrite behaves like the original, or there is none; 1
something differs, or the rewrite does not build; 2 wrong usage, no engine, a
file that cannot be read or does not build as it is.)";

}  // namespace dfix

#endif  // DFIX_CLI_USAGE_TEXTS_H_
