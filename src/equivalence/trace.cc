#include "src/equivalence/trace.h"

#include <algorithm>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/directives.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/keywords.h"
#include "src/dockerfile/variable_lexer.h"
#include "src/shell/words.h"

namespace dfix::equivalence {
namespace {

constexpr std::string_view kOfBase = "<base>";

uint64_t HashOf(const std::string& name, const Variable& variable) {
  const uint64_t flags = variable.known * 2 + variable.is_argument;
  return Mix(Mix(Mix(flags, name), variable.value), uint64_t{7});
}

void HashContext(Context& context) {
  uint64_t hash = Mix(Mix(0, context.user), context.workdir);
  for (const std::string& word : context.shell) hash = Mix(hash, word);
  // The order in which variables are set does not matter.
  uint64_t sum = 0;
  for (const auto& [name, variable] : context.variables) {
    sum += HashOf(name, variable);
  }
  context.variables_hash = sum;
  context.hash = Mix(hash, sum);
}

std::string Flag(const InstructionFlag& flag) {
  return flag.value ? flag.name + "=" + *flag.value : flag.name;
}

// The source as it stands, heredoc bodies included.
std::string_view RawText(const Document& document, NodeId node) {
  return Slice(document.text(), Instruction(document, node).Lines());
}

std::string WithoutFinalSlash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string Joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace

Trace::Trace(const Document& document) : document_(document) {
  ReadDirectives();
  contexts_.emplace_back();
  HashContext(contexts_.back());
  stages_.emplace_back();
  for (const NodeId node : document.Children(kFileNode)) {
    if (document.kind(node) != NodeKind::kInstruction) continue;
    const auto kind = static_cast<InstructionKind>(document.node(node).aux);
    if (kind == InstructionKind::kFrom) {
      AddStage(node);
    } else {
      AddStep(node);
    }
    stages_.back().end = static_cast<uint32_t>(steps_.size());
    stages_.back().final_context = static_cast<uint32_t>(contexts_.size()) - 1;
  }
  for (Step& step : steps_) ResolveFrom(step);
  scripts_.resize(steps_.size());
}

void Trace::ReadDirectives() {
  for (const TokenId token : document_.Tokens(kFileNode)) {
    const TokenKind kind = document_.kind(token);
    if (kind == TokenKind::kKeyword) break;
    if (kind != TokenKind::kDirective) continue;
    const auto directive = ParseDirective(document_.Text(token));
    if (directive && directive->kind != DirectiveKind::kEscape) {
      directives_ += std::string(Name(directive->kind)) + "=" +
                     std::string(directive->value) + "\n";
    }
  }
}

void Trace::AddStage(NodeId from) {
  const Instruction instruction(document_, from);
  Stage stage;
  stage.first = static_cast<uint32_t>(steps_.size());
  Context context;
  if (const auto parts = PartsOfFrom(instruction)) {
    stage.base = parts->image;
    stage.name = AsciiLower(parts->stage);
    stage.platform = parts->platform;
  } else {
    stage.base = instruction.ArgumentText();
  }
  stage.image =
      Expand(stage.base, FinalContext(stages_[0]), true).value_or(stage.base);
  const std::string name = AsciiLower(stage.base);
  for (uint32_t i = static_cast<uint32_t>(stages_.size()); i-- > 1;) {
    if (stages_[i].name != name || name.empty()) continue;
    stage.parent = i;
    context = FinalContext(stages_[i]);
    std::erase_if(context.variables,
                  [](const auto& entry) { return entry.second.is_argument; });
    break;
  }
  if (stage.parent == kNone) context.workdir = kOfBase;
  if (name == "scratch") context.workdir = "/";
  HashContext(context);
  contexts_.push_back(std::move(context));
  stages_.push_back(std::move(stage));
}

void Trace::AddStep(NodeId node) {
  Step step;
  step.stage = static_cast<uint32_t>(stages_.size()) - 1;
  step.context = static_cast<uint32_t>(contexts_.size()) - 1;
  step.node = node;
  Instruction instruction(document_, node);
  if (const auto trigger = instruction.Trigger()) {
    step.onbuild = true;
    instruction = *trigger;
  }
  step.kind = instruction.kind();
  step.json = instruction.is_json();
  step.script = instruction.Script();
  for (const InstructionFlag& flag : instruction.Flags()) {
    step.flags.push_back(Flag(flag));
  }
  const std::string_view raw = RawText(document_, node);
  const Context& context = contexts_[step.context];
  uint64_t hash = Mix(static_cast<uint64_t>(step.kind) * 2 + step.onbuild, raw);
  switch (step.kind) {
    case InstructionKind::kRun:
      step.heredoc =
          step.script != kNoNode &&
          document_.kind(document_.Parent(step.script)) == NodeKind::kHeredoc;
      step.arguments = instruction.Arguments();
      hash = Mix(hash, context.hash);
      break;
    case InstructionKind::kCmd:
    case InstructionKind::kEntrypoint:
    case InstructionKind::kHealthcheck:
    case InstructionKind::kShell:
      step.arguments = instruction.Arguments();
      if (step.script != kNoNode) hash = Mix(hash, Joined(context.shell));
      break;
    case InstructionKind::kEnv:
    case InstructionKind::kLabel:
    case InstructionKind::kArg:
      for (const KeyValuePair& pair : instruction.Pairs()) {
        const std::string value = pair.value.value_or("");
        step.arguments.push_back(pair.key);
        step.arguments.push_back(pair.is_legacy ? Resolve(value)
                                 : pair.value   ? "=" + Resolve(value)
                                                : "");
        if (pair.is_legacy) step.arguments.back().insert(0, "=");
        hash = Mix(hash, step.arguments.back());
      }
      break;
    case InstructionKind::kCopy:
    case InstructionKind::kAdd: {
      for (const std::string& word : instruction.Arguments()) {
        step.arguments.push_back(Resolve(word));
      }
      if (!step.arguments.empty()) {
        step.arguments.back() = ResolvePath(step.arguments.back());
      }
      if (raw.find("<<") != std::string_view::npos) {
        for (const InstructionHeredoc& heredoc : instruction.Heredocs()) {
          step.arguments.insert(
              step.arguments.begin(),
              "heredoc:" +
                  std::string(Slice(document_.text(), heredoc.body.content)));
        }
      }
      for (const std::string& word : step.arguments) hash = Mix(hash, word);
      break;
    }
    case InstructionKind::kWorkdir:
      step.arguments = {ResolvePath(Resolve(instruction.ArgumentText()))};
      // The builder makes the directory as the user in force.
      hash = Mix(Mix(hash, step.arguments[0]), context.user);
      break;
    case InstructionKind::kMaintainer:
      step.arguments = {instruction.ArgumentText()};
      break;
    default:
      for (const std::string& word : instruction.Arguments()) {
        step.arguments.push_back(Resolve(word));
        hash = Mix(hash, step.arguments.back());
      }
      break;
  }
  if (step.script != kNoNode) {
    hash = Mix(hash, document_.node(step.script).aux);
  }
  step.hash = hash;
  steps_.push_back(std::move(step));
  if (!steps_.back().onbuild) Apply(steps_.back());
}

void Trace::ResolveFrom(Step& step) const {
  constexpr std::string_view kFrom = "--from=";
  if (step.kind != InstructionKind::kCopy || step.onbuild) return;
  for (auto flag = step.flags.begin(); flag != step.flags.end(); ++flag) {
    if (!flag->starts_with(kFrom)) continue;
    const std::string from = AsciiLower(flag->substr(kFrom.size()));
    for (uint32_t i = 1; i < stages_.size(); ++i) {
      // Of two stages of one name the last one before counts.
      const bool is_named =
          stages_[i].name == from && (i < step.stage || step.from == kNone);
      if (is_named || std::to_string(i - 1) == from) step.from = i;
    }
    if (step.from != kNone) step.flags.erase(flag);
    return;
  }
}

Context& Trace::Change() {
  contexts_.push_back(contexts_.back());
  return contexts_.back();
}

void Trace::Set(const std::string& name, Variable variable) {
  auto& variables = contexts_.back().variables;
  const auto found = variables.find(name);
  // An ARG does not change what ENV has set.
  if (variable.is_argument && found != variables.end() &&
      !found->second.is_argument) {
    return;
  }
  variables[name] = std::move(variable);
}

void Trace::Apply(const Step& step) {
  const std::vector<std::string>& words = step.arguments;
  switch (step.kind) {
    case InstructionKind::kEnv:
    case InstructionKind::kArg: {
      Change();
      const bool is_argument = step.kind == InstructionKind::kArg;
      for (size_t i = 0; i + 1 < words.size(); i += 2) {
        std::string value = words[i + 1];
        const bool known = !is_argument && value.starts_with('=') &&
                           value.find('$') == std::string::npos;
        if (value.starts_with('=')) value.erase(0, 1);
        Set(words[i], {std::move(value), known, is_argument});
      }
      break;
    }
    case InstructionKind::kShell:
      Change().shell = words;
      break;
    case InstructionKind::kUser:
      Change().user = Joined(words);
      break;
    case InstructionKind::kWorkdir:
      // `/app/` is `/app`.
      Change().workdir = WithoutFinalSlash(words[0]);
      break;
    default:
      return;
  }
  HashContext(contexts_.back());
}

std::optional<std::string> Trace::Expand(std::string_view word,
                                         const Context& context,
                                         bool with_defaults) const {
  const auto lookup = [&](std::string_view name) -> VariableValue {
    const auto found = context.variables.find(name);
    if (found == context.variables.end()) {
      return {VariableValue::State::kUnknown, ""};
    }
    const Variable& variable = found->second;
    const bool is_default = with_defaults && variable.is_argument &&
                            !variable.value.empty() &&
                            variable.value.find('$') == std::string::npos;
    if (!variable.known && !is_default) {
      return {VariableValue::State::kUnknown, ""};
    }
    return {VariableValue::State::kSet, variable.value};
  };
  return ExpandVariables(word, lookup, document_.escape());
}

std::string Trace::Resolve(std::string_view word) const {
  if (word.find_first_of("$\"'\\`") == std::string_view::npos) {
    return std::string(word);
  }
  const Context& context = contexts_.back();
  if (auto value = Expand(word, context, false)) return *std::move(value);
  // What it says depends on the variables that are set.
  return std::string(word) + "$" + std::to_string(context.variables_hash);
}

std::string Trace::ResolvePath(std::string_view path) const {
  std::string result;
  if (!path.starts_with('/') && !(path.size() > 1 && path[1] == ':')) {
    result = contexts_.back().workdir + "/";
  }
  result += path;
  // `a//b`, `a/./b` and `a/.` are `a/b` and `a/`.
  for (const std::string_view empty : {"//", "/./"}) {
    for (size_t at = result.find(empty); at != std::string::npos;
         at = result.find(empty)) {
      result.erase(at, empty.size() - 1);
    }
  }
  if (result.ends_with("/.")) result.pop_back();
  return result;
}

const List* Trace::ScriptOf(const Step& step) const {
  if (step.script == kNoNode ||
      document_.kind(step.script) != NodeKind::kScript) {
    return nullptr;
  }
  std::unique_ptr<List>& script = scripts_[IndexOf(step)];
  if (!script) {
    script = std::make_unique<List>(BuildList(document_, step.script));
  }
  return script.get();
}

uint64_t Trace::ContentHash(const Step& step) const {
  uint64_t hash = static_cast<uint64_t>(step.kind) * 8 + step.onbuild * 4 +
                  step.json * 2 + step.heredoc;
  for (const std::string& flag : step.flags) hash = Mix(hash, flag);
  hash = Mix(hash, uint64_t{1});
  for (const std::string& word : step.arguments) hash = Mix(hash, word);
  const Context& context = ContextOf(step);
  if (step.kind == InstructionKind::kRun) {
    hash = Mix(hash, context.hash);
  } else if (step.script != kNoNode) {
    hash = Mix(hash, Joined(context.shell));
  } else if (step.kind == InstructionKind::kWorkdir) {
    hash = Mix(hash, context.user);
  }
  if (step.script == kNoNode) return hash;
  hash = Mix(hash, document_.node(step.script).aux);
  const List* script = ScriptOf(step);
  if (script != nullptr) return Mix(hash, script->hash);
  return Mix(hash, Trim(LogicalText(document_, step.script)));
}

Trace::Half Trace::HalfOf(uint32_t stage, InstructionKind kind) const {
  bool dropped = false;
  while (true) {
    const Stage& here = stages_[stage];
    bool has_entrypoint = false;
    for (uint32_t i = here.end; i-- > here.first;) {
      if (steps_[i].onbuild) continue;
      if (steps_[i].kind == kind) return {dropped ? nullptr : &steps_[i], true};
      has_entrypoint |= steps_[i].kind == InstructionKind::kEntrypoint;
    }
    if (kind == InstructionKind::kCmd && has_entrypoint) dropped = true;
    if (dropped || here.base == "scratch") return {nullptr, true};
    if (here.parent == kNone) return {nullptr, false};
    stage = here.parent;
    for (uint32_t i = stages_[stage].first; i < stages_[stage].end; ++i) {
      const bool sets = steps_[i].kind == InstructionKind::kCmd ||
                        steps_[i].kind == InstructionKind::kEntrypoint;
      if (steps_[i].onbuild && sets) return {nullptr, false};
    }
  }
}

std::map<std::string, std::string> Trace::Configuration(uint32_t stage) const {
  std::map<std::string, std::string> result;
  if (stages_[stage].parent != kNone) {
    result = Configuration(stages_[stage].parent);
    std::erase_if(result, [](const auto& entry) {
      return entry.first == "OnBuild" || entry.first == "Cmd" ||
             entry.first == "Entrypoint";
    });
  }
  const auto describe = [&](const Step* step) {
    return step == nullptr ? std::string("-") : DescribeStep(*this, *step);
  };
  for (const auto kind :
       {InstructionKind::kCmd, InstructionKind::kEntrypoint}) {
    const Half half = HalfOf(stage, kind);
    if (half.known) {
      result[kind == InstructionKind::kCmd ? "Cmd" : "Entrypoint"] =
          describe(half.step);
    }
  }
  for (uint32_t i = stages_[stage].first; i < stages_[stage].end; ++i) {
    const Step& step = steps_[i];
    if (step.onbuild) {
      result["OnBuild"] += describe(&step) + "\n";
      continue;
    }
    switch (step.kind) {
      case InstructionKind::kLabel:
        for (size_t k = 0; k + 1 < step.arguments.size(); k += 2) {
          result["Label " + step.arguments[k]] = step.arguments[k + 1];
        }
        break;
      case InstructionKind::kExpose:
      case InstructionKind::kVolume:
        for (const std::string& word : step.arguments) {
          const bool port = step.kind == InstructionKind::kExpose;
          result[(port ? "ExposedPort " : "Volume ") + word] = "";
        }
        break;
      case InstructionKind::kStopsignal:
        result["StopSignal"] = Joined(step.arguments);
        break;
      case InstructionKind::kMaintainer:
        result["Author"] = Joined(step.arguments);
        break;
      case InstructionKind::kHealthcheck:
        result["Healthcheck"] = describe(&step);
        break;
      default:
        break;
    }
  }
  const Context& context = FinalContext(stages_[stage]);
  result["User"] = context.user;
  result["WorkingDir"] = context.workdir;
  result["Shell"] = Joined(context.shell);
  for (const auto& [name, variable] : context.variables) {
    if (!variable.is_argument) result["Env " + name] = variable.value;
  }
  return result;
}

std::string DescribeStep(const Trace& trace, const Step& step) {
  std::string text = step.onbuild ? "ONBUILD " : "";
  text += KeywordName(step.kind);
  for (const std::string& flag : step.flags) text += " " + flag;
  if (step.from != kNone) {
    text += " --from=<stage " + std::to_string(step.from) + ">";
  }
  if (step.script != kNoNode) {
    const List* script = trace.ScriptOf(step);
    // For HEALTHCHECK the arguments are the type.
    if (step.kind == InstructionKind::kHealthcheck) {
      text += " " + Joined(step.arguments);
    }
    if (step.heredoc) text += " <<";
    return text + " " +
           (script != nullptr ? Render(*script)
                              : LogicalText(trace.document(), step.script));
  }
  const bool pairs = step.kind == InstructionKind::kEnv ||
                     step.kind == InstructionKind::kArg ||
                     step.kind == InstructionKind::kLabel;
  for (size_t i = 0; i < step.arguments.size(); ++i) {
    if (step.json) {
      text += i == 0 ? " [\"" : ", \"";
      text += step.arguments[i] + "\"";
    } else {
      if (!pairs || i % 2 == 0) text += ' ';
      text += step.arguments[i];
    }
  }
  if (step.json) text += step.arguments.empty() ? " []" : "]";
  return text;
}

std::string Trace::Dump() const {
  std::string text;
  for (uint32_t i = 0; i < stages_.size(); ++i) {
    const Stage& stage = stages_[i];
    if (i > 0) {
      text += "stage " + std::to_string(i) + " from " + stage.base;
      if (!stage.name.empty()) text += " as " + stage.name;
      if (!stage.platform.empty()) text += " for " + stage.platform;
      text += '\n';
    }
    uint32_t context = kNone;
    for (uint32_t k = stage.first; k < stage.end; ++k) {
      const Step& step = steps_[k];
      if (step.kind == InstructionKind::kRun && step.context != context) {
        context = step.context;
        const Context& in_force = contexts_[context];
        text += "  in " + in_force.workdir + " as ";
        text += in_force.user.empty() ? kOfBase : in_force.user;
        if (!in_force.shell.empty()) text += " by " + Joined(in_force.shell);
        for (const auto& [name, variable] : in_force.variables) {
          text += " " + name + "=" + variable.value;
        }
        text += '\n';
      }
      text += "  " + DescribeStep(*this, step) + '\n';
    }
    if (i == 0) continue;
    text += "  image:\n";
    for (const auto& [name, value] : Configuration(i)) {
      if (!value.empty() || name.find(' ') != std::string::npos) {
        text += "    " + name + ": " + value + '\n';
      }
    }
  }
  return text;
}

}  // namespace dfix::equivalence
