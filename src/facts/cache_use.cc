#include "src/facts/cache_use.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/layout.h"
#include "src/facts/mount.h"
#include "src/facts/run_work.h"
#include "src/facts/stage_use.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/search.h"

namespace dfix {
namespace {

enum class Relation : uint8_t {
  kElsewhere,
  kInside,  // In one of the directories.
  kAround,  // One of them, or with one of them inside.
};

// `path` may have wildcards, whatever they match.
Relation RelationOf(std::string_view path, const CacheMounts& mounts) {
  if (!path.starts_with('/')) return Relation::kElsewhere;
  const size_t glob = path.find_first_of("*?[{$`");
  const bool open = glob != std::string_view::npos;
  if (open) path = path.substr(0, glob);
  while (!open && path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  for (const CacheDirectory& directory : mounts.directories) {
    if (path.starts_with(directory.path + '/')) return Relation::kInside;
    if (open ? directory.path.starts_with(path)
             : IsInside(directory.path, path)) {
      return Relation::kAround;
    }
  }
  return Relation::kElsewhere;
}

class CacheUses {
 public:
  CacheUses(const Facts& facts, CacheMounts& mounts)
      : facts_(facts),
        document_(facts.document()),
        mounts_(mounts),
        first_(*mounts.calls[0]),
        home_(AccountAt(facts, first_).home),
        uses_(StageUses(facts)) {}

  void Find() {
    const NodeId script = facts_.instructions()[first_.instruction].script;
    ForEachCommand(document_, script, [&](NodeId command) { Look(command); });
    for (const CacheDirectory& directory : mounts_.directories) {
      FindMentions(directory.path);
      if (home_.empty() || !IsInside(directory.path, home_)) continue;
      const std::string tail = directory.path.substr(home_.size());
      FindMentions("~" + tail);
      FindMentions("$HOME" + tail);
      FindMentions("${HOME}" + tail);
    }
    FindCopies();
    FindOfflineUse();
    if (first_.manager->mount.use == CacheUse::kModules) FindBuilds();
  }

 private:
  // Keeps the first reason; `at` is the instruction that is one.
  void Refuse(std::string reason, uint32_t at = kNoInstruction) {
    if (!mounts_.obstacle.empty()) return;
    mounts_.obstacle = std::move(reason);
    mounts_.obstacle_at = at;
  }

  // A word as a path, with the variable that it begins with replaced.
  std::string PathOf(NodeId word) const {
    std::string text = LogicalText(document_, word);
    std::erase_if(text, [](char c) { return c == '"' || c == '\''; });
    if (text == "~" || text.starts_with("~/")) return home_ + text.substr(1);
    if (!text.starts_with('$')) return text;
    const bool braces = text.starts_with("${");
    const size_t end = braces ? text.find('}') : text.find('/');
    if (braces && end == std::string::npos) return text;
    const size_t begin = braces ? 2 : 1;
    const std::string name = text.substr(begin, end - begin);
    const auto value =
        name == "HOME" ? home_ : VariableAt(facts_, first_.instruction, name);
    if (!value || value->empty()) return text;
    return *value + (end == std::string::npos
                         ? ""
                         : text.substr(end + (braces ? 1 : 0)));
  }

  // A command of the RUN.
  void Look(NodeId command) {
    const PackageCommand* call = facts_.PackageCommandAt(command);
    if (call != nullptr && call->manager->family == first_.manager->family) {
      const bool empties = call->verb == PackageVerb::kClean ||
                           call->verb == PackageVerb::kPurgeLists;
      if (empties && IsAfterFill(command) &&
          (call->verb_word == kNoNode ||
           !WordIs(document_, call->verb_word, "autoclean"))) {
        mounts_.commands.push_back(command);
      }
      return;
    }
    const std::vector<NodeId> words = ProgramWords(document_, command);
    if (words.empty()) return;
    const std::string name = ConstantValue(document_, words[0]).value_or("");
    if (name == "rm") return LookAtRemoval(command, words);
    if (name == "find") return LookAtFind(command, words);
    if (name != "mv" && name != "rmdir") return;
    for (const NodeId word : words) {
      if (RelationOf(PathOf(word), mounts_) == Relation::kAround) {
        RefuseRemoval(word);
      }
    }
  }

  void LookAtRemoval(NodeId command, const std::vector<NodeId>& words) {
    std::vector<NodeId> inside;
    size_t others = 0;
    for (size_t i = 1; i < words.size(); ++i) {
      const std::string path = PathOf(words[i]);
      if (path.starts_with('-')) continue;
      switch (RelationOf(path, mounts_)) {
        case Relation::kAround:
          return RefuseRemoval(words[i]);
        case Relation::kInside:
          inside.push_back(words[i]);
          seen_.push_back(document_.Range(words[i]));
          break;
        case Relation::kElsewhere:
          ++others;
      }
    }
    if (inside.empty() || !IsAfterFill(command)) return;
    if (others == 0) {
      mounts_.commands.push_back(command);
      return;
    }
    mounts_.operands.insert(mounts_.operands.end(), inside.begin(),
                            inside.end());
  }

  void LookAtFind(NodeId command, const std::vector<NodeId>& words) {
    const std::string_view text = document_.Text(command);
    if (text.find("-delete") == text.npos && text.find("rm") == text.npos) {
      return;
    }
    bool meets = false;
    bool only = true;
    for (size_t i = 1; i < words.size(); ++i) {
      const std::string path = PathOf(words[i]);
      if (path.starts_with('-') || path == "(" || path == "\\(") break;
      seen_.push_back(document_.Range(words[i]));
      // Its files go, and not the directory itself.
      const bool here =
          RelationOf(path, mounts_) == Relation::kInside ||
          std::any_of(mounts_.directories.begin(), mounts_.directories.end(),
                      [&](const CacheDirectory& d) { return d.path == path; });
      meets |= RelationOf(path, mounts_) != Relation::kElsewhere;
      only &= here;
    }
    if (!meets) return;
    if (!only) return RefuseRemoval(words[1]);
    if (IsAfterFill(command)) mounts_.commands.push_back(command);
  }

  void RefuseRemoval(NodeId word) {
    Refuse("removing `" + LogicalText(document_, word) +
           "` would meet the mount");
  }

  bool IsAfterFill(NodeId command) const {
    return Index(command) > Index(first_.command);
  }

  // Every place that names `path`.
  void FindMentions(std::string_view path) {
    const std::string_view text = document_.text();
    for (size_t at = text.find(path); at != text.npos;
         at = text.find(path, at + 1)) {
      const std::string_view rest = text.substr(at + path.size());
      constexpr std::string_view kEnds = "/ \t\r\n\"',;:&|)]}\\`*";
      const bool whole = rest.empty() || kEnds.find(rest[0]) != kEnds.npos;
      const char before = at == 0 ? ' ' : text[at - 1];
      const bool longer =
          std::isalnum(static_cast<unsigned char>(before)) != 0 ||
          before == '}' || before == '.';
      if (whole && !longer) LookAtMention(static_cast<uint32_t>(at));
    }
  }

  void LookAtMention(uint32_t offset) {
    const uint32_t index = facts_.InstructionAt(offset);
    if (index == kNoInstruction || IsInComment(document_, offset)) return;
    const InstructionFacts& instruction = facts_.instructions()[index];
    const NodeId flag = FlagAt(instruction.inner, offset);
    const bool copies =
        instruction.kind == InstructionKind::kCopy &&
        Instruction(document_, instruction.inner).FindFlag("--from");
    const std::string_view flag_text =
        flag == kNoNode ? std::string_view() : document_.Text(flag);
    const bool carries = copies || flag_text.find("from=") != flag_text.npos;
    if (!carries && !InSameBuild(facts_, first_.instruction, index)) return;
    if (!carries && IsHarmless(instruction, flag, offset)) return;
    if (carries && !IsFromCall(index)) return;
    if (index == first_.instruction) {
      Refuse("something else in the RUN needs what is in the cache");
    }
    Refuse("line {line} needs what is in the cache", index);
  }

  NodeId FlagAt(NodeId instruction, uint32_t offset) const {
    for (const NodeId child : document_.Children(instruction)) {
      const TextRange range = document_.Range(child);
      if (document_.kind(child) == NodeKind::kFlag && range.begin <= offset &&
          offset < range.end) {
        return child;
      }
    }
    return kNoNode;
  }

  // Whether it only says where the cache is, or removes it.
  bool IsHarmless(const InstructionFacts& instruction, NodeId flag,
                  uint32_t offset) const {
    switch (instruction.kind) {
      case InstructionKind::kLabel:
        return true;
      case InstructionKind::kEnv:
      case InstructionKind::kArg:
        return std::any_of(
            first_.manager->caches.begin(), first_.manager->caches.end(),
            [&](const ManagerCache& cache) {
              return !cache.variable.empty() &&
                     document_.Text(instruction.node).find(cache.variable) !=
                         std::string_view::npos;
            });
      case InstructionKind::kRun:
        break;
      default:
        return false;
    }
    if (flag != kNoNode) {
      return document_.Text(flag).find("type=cache") != std::string_view::npos;
    }
    for (const TextRange& range : seen_) {
      if (range.begin <= offset && offset < range.end) return true;
    }
    return instruction.script != kNoNode &&
           IsInRemoval(instruction.script, offset);
  }

  bool IsInRemoval(NodeId script, uint32_t offset) const {
    bool found = false;
    ForEachCommand(document_, script, [&](NodeId command) {
      const TextRange range = document_.Range(command);
      if (offset < range.begin || offset >= range.end) return;
      const std::vector<NodeId> words = ProgramWords(document_, command);
      found = !words.empty() && WordIs(document_, words[0], "rm");
    });
    return found;
  }

  // Whether what instruction `index` copies or mounts may come from the build
  // of the call.
  bool IsFromCall(uint32_t index) const {
    return std::any_of(uses_.begin(), uses_.end(), [&](const StageUse& use) {
      const bool known = use.way == StageUse::Way::kName ||
                         use.way == StageUse::Way::kCopyNumber;
      return use.instruction == index && use.way != StageUse::Way::kImage &&
             (!known || IsBasedOnCall(use.stage));
    });
  }

  // What copies a directory around the cache out of a stage.
  void FindCopies() {
    for (uint32_t i = 0; i < facts_.instructions().size(); ++i) {
      const Instruction copy(document_, facts_.instructions()[i].inner);
      for (const InstructionFlag& flag : copy.Flags()) {
        if (flag.name == "--mount" && flag.value &&
            !MountField(*flag.value, {"from"}).empty()) {
          LookAtSource(MountField(*flag.value, {"source", "src"}), i);
        }
        if (flag.name != "--from") continue;
        auto sources = copy.Arguments();
        if (!sources.empty()) sources.pop_back();
        for (const std::string& source : sources) LookAtSource(source, i);
      }
    }
  }

  void LookAtSource(std::string_view source, uint32_t instruction) {
    if (RelationOf(source, mounts_) != Relation::kAround ||
        !IsFromCall(instruction)) {
      return;
    }
    while (source.ends_with('/')) source.remove_suffix(1);
    const std::string_view last = Basename(source);
    const bool for_cache = last.starts_with('.') || last.ends_with("cache");
    if (for_cache || first_.manager->mount.use == CacheUse::kModules) {
      Refuse("line {line} takes the cache from here", instruction);
    }
  }

  // A later step that takes packages from the cache and from nowhere else.
  void FindOfflineUse() {
    for (const PackageCommand& other : facts_.package_commands()) {
      if (other.instruction > first_.instruction &&
          other.manager->family == first_.manager->family &&
          other.traits.Has(CallTrait::kUsesCache) &&
          InSameBuild(facts_, first_.instruction, other.instruction)) {
        Refuse("line {line} takes packages from the cache", other.instruction);
      }
    }
  }

  // Whether the build of `stage` begins with what the call leaves.
  bool IsBasedOnCall(uint32_t stage) const {
    const uint32_t own = facts_.instructions()[first_.instruction].stage;
    while (stage != kNoStage && stage != own) {
      stage = facts_.stages()[stage].parent;
    }
    return stage == own;
  }

  // Whoever may build with what is in the cache, and would not have the mount.
  void FindBuilds() {
    for (uint32_t i = 0; i < facts_.stages().size(); ++i) {
      if (facts_.stages()[i].shipped && IsBasedOnCall(i)) {
        return Refuse("programs of the image may need what is in the cache");
      }
    }
    constexpr std::string_view kPrivate[] = {"type=ssh", "type=secret", "netrc",
                                             "insteadOf"};
    for (const std::string_view sign : kPrivate) {
      if (document_.text().find(sign) != std::string_view::npos) {
        return Refuse("a later step may have no access to what is private");
      }
    }
    for (uint32_t i = 0; i < facts_.instructions().size(); ++i) {
      if (IsBasedOnCall(facts_.instructions()[i].stage)) LookAtUser(i);
    }
  }

  void LookAtUser(uint32_t index) {
    const InstructionFacts& instruction = facts_.instructions()[index];
    const bool starts = instruction.kind == InstructionKind::kCmd ||
                        instruction.kind == InstructionKind::kEntrypoint;
    if (starts || instruction.onbuild) {
      return Refuse("what line {line} runs may need what is in the cache",
                    index);
    }
    if (instruction.kind != InstructionKind::kRun ||
        index <= first_.instruction) {
      return;
    }
    if (instruction.script == kNoNode) {
      return Refuse("what line {line} runs may need what is in the cache",
                    index);
    }
    for (ScriptCommand& command : CommandsOf(document_, instruction.script)) {
      const PackageCommand* call = facts_.PackageCommandAt(command.node);
      if (call != nullptr) continue;
      const std::string program = command.program;
      const RunWork work = WorkOf({std::move(command)});
      if (work.work != Work::kCheap && work.work != Work::kPackages) {
        return Refuse(
            "`" + program + "` in line {line} may need what is in the cache",
            index);
      }
    }
  }

  const Facts& facts_;
  const Document& document_;
  CacheMounts& mounts_;
  const PackageCommand& first_;
  std::string home_;
  std::vector<StageUse> uses_;
  std::vector<TextRange> seen_;  // Words that have been looked at.
};

}  // namespace

void FindCacheUses(const Facts& facts, CacheMounts& mounts) {
  CacheUses(facts, mounts).Find();
}

}  // namespace dfix
