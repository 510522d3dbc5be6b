// What the equivalence check knows about programs: options, caches, package
// lists. Its own tables, which no transform reads: that is the point.
//
// To let a transform add a new option, clean-up or package manager, add a line
// to tables.cc.
#ifndef DFIX_EQUIVALENCE_TABLES_H_
#define DFIX_EQUIVALENCE_TABLES_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dfix::equivalence {

// What kind of promise an option makes, and so what else has to hold for it.
enum class FlagKind : uint8_t {
  kAnswer,   // Answers questions: nobody else may, by standard input.
  kContent,  // Installs less: nothing else of the command may say the opposite.
  kHarmless,  // Output, caches: changes nothing that lasts.
};

// `programs` take `flag`; only with one of `verbs` if there are some.
struct FlagRule {
  std::string_view programs;  // Separated by blanks; as for IsProgram.
  std::string_view verbs;     // Likewise; empty for any call.
  std::string_view flag;      // One word, or an option and its argument.
  FlagKind kind;
  // What a configuration file of the program calls it, or empty: if the build
  // writes that, the option is not added.
  std::string_view setting = {};
  // Options that say the same or the opposite: with one of them there, the
  // flag is not added.
  std::string_view rivals = {};
  // Parts of names of base images whose program of that name does not know it.
  std::string_view not_on = {};
  // The same for those that do; empty for all. Bases with apt do, too.
  std::string_view only_on = {};
};
std::span<const FlagRule> FlagRules();

// Options of `programs` that take the next word as their argument.
struct ArgumentOptions {
  std::string_view programs;
  std::string_view options;
};
std::span<const ArgumentOptions> OptionsWithArgument();

// `from` may become `to` with the verb `verb`, which may become another verb
// and get an option.
struct ProgramRule {
  std::string_view from;
  std::string_view to;
  std::string_view verb;
  std::string_view new_verb;
  std::string_view option = {};
};
std::span<const ProgramRule> ProgramRules();

// A package manager with lists that have to be downloaded before a use.
struct ListManager {
  std::string_view name;
  std::string_view programs;
  std::string_view refresh;    // Verbs that download the lists.
  std::string_view uses;       // Verbs that need them.
  std::string_view packages;   // Verbs that need them if packages are named.
  std::string_view readers;    // Programs that need them, whatever they do.
  std::string_view directory;  // Where the lists are.
  std::string_view purge;      // Verbs that remove them.
  std::string_view refresh_options;  // What makes any verb download them first.
};
std::span<const ListManager> ListManagers();

// What `programs` download and keep.
struct Cache {
  std::string_view programs;
  // Verbs that fill it; empty for any.
  std::string_view fills;
  // Where it is: absolute, or below `~` for the user in force.
  std::string_view directories;
  // A command that removes it, its words separated by blanks; `*` or
  // `{program}` for the program with what stands before it. Empty if there is
  // none.
  std::string_view clean_up = {};
  bool needs_root = true;
  // An option that keeps it empty, or empty, and those that it stands in for.
  std::string_view option = {};
  std::string_view replaces = {};
  // The verb that downloads what `option` makes a call download itself.
  std::string_view refresh = {};
  std::string_view manager = {};  // Of ListManagers, if it has package lists.
  // Parts of the file's text that say that the cache is in use.
  std::string_view unless = {};
  // Programs that later steps run and that read it; then a mount has to be
  // there, too.
  std::string_view readers = {};
};
std::span<const Cache> Caches();

// The words of the cache's clean-up behind its own program; empty if that is
// called by another one.
std::string_view CleanUpArguments(const Cache& cache);

// The options and caches that a check goes by. Entries of a manager table may
// be added, for programs of which the tables here say nothing.
struct KnownTools {
  std::vector<FlagRule> flags;
  std::vector<Cache> caches;
  // Images that users name to run programs on, as they name them: with
  // `{release}` and the like for what depends on the builder.
  std::vector<std::string_view> runtime_images = {};
};
// Those of the tables here.
const KnownTools& BuiltInTools();

// What `programs` with one of `verbs` (`-` for none) read of a project, apart
// from the files that options name: files that all are needed, separated by
// blanks, and by `|` those of which one is enough.
struct Manifest {
  std::string_view programs;
  std::string_view verbs;
  std::string_view needs;
};
std::span<const Manifest> Manifests();

// Programs that read no files but those that their arguments name; those of
// them whose arguments are paths.
std::string_view IndependentPrograms();
std::string_view PathPrograms();

// `user` is there in images whose name has `image`, and `tag` behind it.
struct ShippedUser {
  std::string_view image;
  std::string_view user;
  std::string_view tag = {};
  std::string_view number = {};  // Of the user; empty if it is not known.
};
std::span<const ShippedUser> ShippedUsers();

// The number that a user has in the images that bring it; with `alpine` in
// their names another one, if there is one.
struct UserNumber {
  std::string_view user;
  std::string_view number;
  std::string_view on_alpine = {};
};
std::span<const UserNumber> UserNumbers();

// Whether `word` is one of the words of `list`, which blanks separate.
bool HasWord(std::string_view list, std::string_view word);

// The same for the name of a program, whose version does not count: `pip3.11`
// is `pip`.
bool IsProgram(std::string_view list, std::string_view name);

}  // namespace dfix::equivalence

#endif  // DFIX_EQUIVALENCE_TABLES_H_
