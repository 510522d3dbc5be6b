#include "tests/merge_runs/merge_runs_support.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/engine/engine.h"
#include "src/facts/facts.h"
#include "src/facts/layout.h"
#include "src/shell/words.h"
#include "src/transform/registry.h"

namespace dfix {
namespace {

namespace fs = std::filesystem;

// A folder with a copy of the stub, which a build does not replace meanwhile.
fs::path StubFolder() {
  static const Folder folder;
  const fs::path copy = folder.path() / fs::path(DFIX_MERGE_STUB).filename();
  if (!fs::exists(copy)) fs::copy_file(DFIX_MERGE_STUB, copy);
  return folder.path();
}

// The stubs: each logs what a program could see of its shell, and more. `x`,
// `y` and `i` are not exported: only the scripts themselves see them. They are
// functions, and start no process, since that is what takes time; `mkfifo` is
// a program, which sees what is inherited.
std::string Prelude() {
  return R"(
stub() {
  case $- in *f*) P=$P-f ;; esac
  echo "$* in ${PWD##*/run} A=${A-unset} V=${V-unset} par=$P"
  umask
  case $FAIL in *" $1 "*) return 1 ;; esac
  return 0
}
touch() { P=; stub "$@"; }
chmod() { P=; stub "$@"; }
ln() { P=; stub "$@"; }
cp() { P=; stub "$@"; }
A=0 V= x= y= i= P=
export A FAIL
PATH=)" + Quoted(StubFolder()) +
         ":$PATH\n";
}

std::string Evaluated(const std::string& script, bool errexit) {
  // Options, variables and all stay in the subshell, as in a RUN's shell.
  return "( " + std::string(errexit ? "set -e; " : "") + "eval " +
         Quoted(script) + " )\nrc=$?\n";
}

std::string RunAll(const std::vector<std::string>& scripts, bool errexit) {
  std::string text = "rc=0\n";
  for (const std::string& script : scripts) {
    text += "if [ $rc = 0 ]; then\n" + Evaluated(script, errexit) + "fi\n";
  }
  return text + "echo \"status $rc\"\n";
}

void MakeRoom(const fs::path& folder) {
  fs::create_directories(folder / "d1");
  fs::create_directories(folder / "d2");
  WriteFile(folder / "f", "7\n");
}

class Generator {
 public:
  explicit Generator(std::mt19937& random) : random_(random) {}

  std::string File() {
    std::string text = "FROM x\n";
    const uint32_t kind = Below(8);
    set_ = One({"set -e", "set -eu", "set -ex", "set -x", "set -eo pipefail"});
    for (uint32_t runs = 2 + Below(3); runs > 0; --runs) {
      if (kind == 0) {
        text += Heredoc();
        continue;
      }
      if (kind == 3 && Below(2) == 0) {
        text += "RUN " + set_ + " && " + AndOr(0) + "\n";
        continue;
      }
      text += "RUN " + (kind < 3 && Below(3) != 0 ? Sequence() : Script());
      text += Below(40) == 0 ? " # note\n" : "\n";
      if (Below(6) == 0) text += "# about what follows\n";
    }
    return text;
  }

  int count() const { return count_; }

 private:
  uint32_t Below(uint32_t limit) { return random_() % limit; }

  template <size_t kSize>
  std::string One(const char* const (&list)[kSize]) {
    return list[Below(kSize)];
  }

  std::string Stub() {
    const std::string name =
        Below(40) == 0 ? "mkfifo" : One({"touch", "chmod", "ln", "cp"});
    return name + " " + std::to_string(++count_);
  }

  std::string Effect() {
    return One({"cd d1",
                "cd d2",
                "cd /nowhere",
                "command cd d1",
                "x=1",
                "V=2",
                "y=$(echo 3)",
                "export A=1",
                "export V=4",
                "unset A",
                "umask 077",
                "set -e",
                "set -u",
                "set -f",
                "set -- a b",
                "shift",
                "trap 'echo trapped' EXIT",
                "exit 3",
                "exit 0",
                "return 2",
                "exec 3>g",
                "exec 4>&1",
                "exec true",
                "read x <f",
                ": ${V:=5}",
                ": ${x=6}",
                ": $((y=1+2))",
                ": $((y+1))",
                "eval x=8",
                "alias q=true",
                "hash -r",
                ". ./f",
                "$x",
                "P=9 :",
                "V=1 true",
                "ulimit -c 0",
                "false",
                "true",
                "echo $x$V$i >>g",
                "echo \"$A\" >h",
                "test -e g",
                "[ -n \"$x\" ]",
                "cat <f >k",
                "echo ${x:-none} ${V:+set}",
                "echo *",
                "g() { touch 99; }"});
  }

  std::string Command(int depth) {
    switch (depth > 2 ? Below(8) : Below(depth == 0 ? 24 : 44)) {
      default:
        return Stub() + (Below(10) == 0 ? " >>g" : "");
      case 6:
      case 7:
        return Effect();
      case 8:
        return "( " + List(depth + 1) + ")";
      case 9:
        return "{ " + List(depth + 1) + "; }";
      case 10:
        return "if " + List(depth + 1) + "; then " + List(depth + 1) +
               (Below(2) == 0 ? "; else " + List(depth + 1) : "") + "; fi";
      case 11:
        return One({"for i in 1 2; do ", "for x in a; do ",
                    "for V in q; do "}) +
               List(depth + 1) + "; done";
      case 12:
        return "case $x in 1) " + List(depth + 1) + ";; *) " + List(depth + 1) +
               ";; esac";
      case 13:
        return One({"true | ", "false | ", "echo 1 | "}) + Stub();
      case 14:
        return "x=$( " + List(depth + 1) + ")";
      case 15:
        return "while " + Stub() + "; do break; done";
      case 16:
        return "echo \"$( " + List(depth + 1) + ")\"";
      case 17: {
        // A name of its own: a function that calls itself never ends.
        const std::string name = "f" + std::to_string(++functions_);
        return name + "() { " + List(depth + 1) + "; } && " + name;
      }
      case 18:
        return "until " + Stub() + "; do " + Stub() + "; break; done";
    }
  }

  std::string AndOr(int depth) {
    std::string text = (Below(10) == 0 ? "! " : "") + Command(depth);
    while (Below(5) < 2) {
      const bool breaks = depth == 0 && Below(3) == 0;
      text += Below(3) == 0 ? " ||" : " &&";
      text += breaks ? One({" \\\n  ", " \\\n    # inside\n  "}) : " ";
      text += Command(depth);
    }
    return text;
  }

  std::string List(int depth) {
    std::string text = AndOr(depth);
    while (Below(8) == 0) text += "; " + AndOr(depth);
    return text;
  }

  std::string Script() {
    std::string text = AndOr(0);
    if (Below(12) == 0) text += "; " + AndOr(0);
    if (Below(15) == 0) text += ";";
    if (Below(40) == 0) text += " &";
    return text;
  }

  std::string Sequence() {
    std::string text = Below(8) == 0 ? "set -eu" : set_;
    for (uint32_t i = 1 + Below(4); i > 0; --i) {
      text += One({"; ", "; \\\n\t"}) + (Below(2) == 0 ? Stub() : AndOr(0));
    }
    return text;
  }

  // A RUN that is a heredoc.
  std::string Heredoc() {
    std::string text = "RUN <<EOF\n";
    if (Below(4) != 0) text += set_ + "\n";
    for (uint32_t i = 1 + Below(4); i > 0; --i) {
      if (Below(12) == 0) text += "# inside\n";
      text += (Below(2) == 0 ? Stub() : Flat(AndOr(0))) + "\n";
    }
    return text + "EOF\n";
  }

  // Without the comments of Docker's continuations, which a shell would take
  // for the end of a command.
  static std::string Flat(std::string text) {
    const std::string_view comment = "    # inside\n";
    for (size_t at = text.find(comment); at != text.npos;
         at = text.find(comment)) {
      text.erase(at, comment.size());
    }
    return text;
  }

  std::mt19937& random_;
  std::string set_;
  int count_ = 0;
  int functions_ = 0;
};

}  // namespace

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

Folder::Folder() {
  static int count = 0;
  const fs::path memory = "/dev/shm";
  const bool chosen = std::getenv("TMPDIR") != nullptr;
  path_ =
      (chosen || access(memory.c_str(), W_OK) != 0 ? fs::temp_directory_path()
                                                   : memory) /
      ("dfix-merge-runs-" + std::to_string(getpid()) + "-" +
       std::to_string(count++));
  fs::create_directories(path_);
}

Folder::~Folder() { fs::remove_all(path_); }

std::string Quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string TreeText(const fs::path& root) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_symlink()) continue;
    struct stat status {};
    stat(entry.path().c_str(), &status);
    std::string file = entry.path().string().substr(root.string().size()) +
                       " " + std::to_string(status.st_mode) + "\n";
    if (entry.is_regular_file()) file += ReadFile(entry.path());
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end());
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  return text;
}

std::vector<std::string> ScriptsOf(const std::string& dockerfile) {
  const Document document = ParseDockerfile(dockerfile);
  const Facts facts(document);
  std::vector<std::string> scripts;
  for (const InstructionFacts& instruction : facts.instructions()) {
    if (instruction.kind != InstructionKind::kRun) continue;
    if (instruction.script == kNoNode) continue;
    const auto heredocs = Instruction(document, instruction.inner).Heredocs();
    if (InHeredoc(document, instruction.script)) {
      scripts.emplace_back(Slice(document.text(), heredocs.at(0).body.content));
      continue;
    }
    // All of the RUN behind its flags, a comment at the end too.
    const uint32_t begin = document.node(instruction.script).first_token;
    const uint32_t end = document.node(instruction.inner).end_token;
    std::string text;
    for (uint32_t i = begin; i < end; ++i) {
      const TokenKind kind = document.tokens()[i].kind;
      if (kind == TokenKind::kComment || kind == TokenKind::kLineContinuation ||
          kind == TokenKind::kContinuationNewline) {
        continue;
      }
      text += document.Text(TokenId{i});
    }
    scripts.push_back(std::move(text));
  }
  return scripts;
}

std::string Merged(const std::string& dockerfile) {
  const OptionValues options = {{"merge-runs.stages", {"every"}},
                                {"merge-runs.max-commands", {"100"}},
                                {"merge-runs.long-steps", {"merge"}}};
  return Fix(dockerfile,
             {Level::kReview, {FindTransform("merge-runs")}, options})
      .fixed;
}

std::vector<std::string> Shells() {
  std::vector<std::string> shells;
  for (const std::string shell : {"dash", "bash", "busybox ash"}) {
    const std::string check = shell + " -c true >/dev/null 2>&1";
    if (std::system(check.c_str()) == 0) shells.push_back(shell);
  }
  return shells;
}

std::vector<std::string> Differences(const std::string& shell,
                                     const std::vector<Sequence>& sequences) {
  const Folder folder;
  std::string driver = Prelude();
  for (size_t i = 0; i < sequences.size(); ++i) {
    for (const bool after : {false, true}) {
      const std::string room =
          folder.path() / (std::to_string(i) + (after ? "a" : "b")) / "run";
      MakeRoom(room);
      const Sequence& sequence = sequences[i];
      driver +=
          "cd " + room + "\nFAIL=" + Quoted(sequence.failing) + "\n{\n" +
          RunAll(after ? sequence.after : sequence.before, sequence.errexit) +
          "} >../out 2>../err </dev/null\n";
    }
  }
  WriteFile(folder.path() / "driver", driver);
  const std::string command =
      shell + " " + (folder.path() / "driver").string() + " >/dev/null 2>&1";
  std::vector<std::string> differences;
  if (std::system(command.c_str()) != 0) differences.push_back("driver failed");
  for (size_t i = 0; i < sequences.size(); ++i) {
    std::string text[2];
    for (const bool after : {false, true}) {
      const fs::path room =
          folder.path() / (std::to_string(i) + (after ? "a" : "b"));
      text[after] = ReadFile(room / "out") + TreeText(room / "run");
      if (ReadFile(room / "out").find("status ") == std::string::npos) {
        differences.push_back("no status");
      }
    }
    if (text[0] == text[1]) continue;
    std::string words = "failing:" + sequences[i].failing;
    for (const auto& s : sequences[i].before) words += "\n  before: " + s;
    for (const auto& s : sequences[i].after) words += "\n  after: " + s;
    differences.push_back(words + "\n--- before\n" + text[0] + "--- after\n" +
                          text[1]);
  }
  return differences;
}

std::string RandomRuns(std::mt19937& random, int& count) {
  Generator generator(random);
  std::string text = generator.File();
  count = generator.count();
  return text;
}

}  // namespace dfix
