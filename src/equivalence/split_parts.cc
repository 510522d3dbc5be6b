#include "src/equivalence/split_parts.h"

#include <algorithm>

#include "src/equivalence/calls.h"
#include "src/equivalence/tables.h"
#include "src/text/search.h"

namespace dfix::equivalence {
namespace {

// Whether a command installs packages, without a question and what it keeps.
bool InstallsPackages(const Command& command) {
  const Call call = ReadCall(command);
  const bool apt = call.name == "apt-get" && call.verb_name == "install";
  const bool apk = call.name == "apk" && call.verb_name == "add";
  const std::string_view own =
      apt ? "-y --no-install-recommends" : "--no-cache";
  return (apt || apk) && call.program == 0 && !call.operands.empty() &&
         HasOption(call, apt ? "-y" : "--no-cache") &&
         std::all_of(call.options.begin(), call.options.end(), [&](size_t i) {
           return HasWord(own, command.words[i].text);
         });
}

// Whether what containers run may listen on that port: its command names it, or
// no port at all.
bool MayListen(const std::map<std::string, std::string>& configuration,
               const std::string& port) {
  const auto command = configuration.find("Cmd");
  if (command == configuration.end()) return true;
  std::string number;
  bool names_any = false;
  for (const char c : command->second + " ") {
    if (c >= '0' && c <= '9') {
      number += c;
      continue;
    }
    if (number == port) return true;
    names_any |= number.size() > 1;
    number.clear();
  }
  const bool serves = HasText(command->second, "serve");
  return !names_any && (!serves || port == "3000");
}

}  // namespace

std::string WithoutSign(const std::string& text) {
  const size_t at = text.rfind('$');
  if (at == std::string::npos || at + 1 == text.size() ||
      text.find_first_not_of("0123456789", at + 1) != std::string::npos) {
    return text;
  }
  return text.substr(0, at);
}

std::map<std::string, std::string> VariablesButPath(const Context& context) {
  std::map<std::string, std::string> values;
  for (const auto& [name, variable] : context.variables) {
    if (name != "PATH") values[name] = variable.value;
  }
  return values;
}

bool IsOfEnvironment(const Trace& trace, const Step& step) {
  if (step.kind == InstructionKind::kEnv) {
    return step.arguments.size() == 2 && step.arguments[0] == "PATH" &&
           WithoutSign(step.arguments[1]) == "=/opt/venv/bin:$PATH";
  }
  const List* script = trace.ScriptOf(step);
  return step.kind == InstructionKind::kRun && script != nullptr &&
         step.flags.empty() && Render(*script) == "python -m venv /opt/venv";
}

bool IsPrune(const Trace& trace, const Step& step) {
  const List* script = trace.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr) return false;
  const std::string text = Render(*script);
  return text == "npm prune --omit=dev" || text == "pnpm prune --prod" ||
         text.starts_with("yarn install --production");
}

bool IsPartOfRun(const Trace& trace, const Step& step, const Trace& before,
                 std::span<const Step> steps) {
  const List* script = trace.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr ||
      !step.flags.empty()) {
    return false;
  }
  for (const Item& item : script->items) {
    const Command* command = OnlySimple(item);
    const bool plain =
        command != nullptr && !item.background &&
        command->redirections.empty() && command->assignments.empty() &&
        !command->words.empty() &&
        (item.join == Join::kFirst || item.join == Join::kAnd) &&
        std::all_of(command->words.begin(), command->words.end(),
                    [](const Word& word) { return word.constant; });
    if (!plain || !HasWord("addgroup adduser groupadd mkdir useradd usermod",
                           command->words[0].text)) {
      return false;
    }
  }
  return std::any_of(steps.begin(), steps.end(), [&](const Step& old) {
    const List* whole = before.ScriptOf(old);
    if (old.kind != InstructionKind::kRun || whole == nullptr ||
        !old.flags.empty() ||
        before.ContextOf(old).user != trace.ContextOf(step).user ||
        before.ContextOf(old).workdir != trace.ContextOf(step).workdir) {
      return false;
    }
    // A failure that was tolerated would be fatal now.
    const bool chain = std::all_of(
        whole->items.begin(), whole->items.end(), [](const Item& item) {
          return item.join == Join::kFirst || item.join == Join::kAnd;
        });
    if (!chain) return false;
    size_t at = 0;
    for (const Item& item : whole->items) {
      const bool same = at < script->items.size() && !item.background &&
                        item.hash == script->items[at].hash;
      if (same) ++at;
    }
    return at == script->items.size();
  });
}

bool IsPackageInstall(const Trace& trace, const Step& step) {
  const List* script = trace.ScriptOf(step);
  if (step.kind != InstructionKind::kRun || script == nullptr ||
      !step.flags.empty()) {
    return false;
  }
  bool refreshed = false;
  bool installs = false;
  for (const Item& item : script->items) {
    const Command* command = OnlySimple(item);
    if (command == nullptr || item.background ||
        !command->redirections.empty() ||
        (item.join != Join::kFirst && item.join != Join::kAnd)) {
      return false;
    }
    const std::string text = Render(*command);
    if (text == "apt-get update") {
      refreshed = true;
    } else if (InstallsPackages(*command)) {
      installs = refreshed || command->words[0].Is("apk");
      if (!installs) return false;
    } else if (text != "rm -rf /var/lib/apt/lists/*") {
      return false;
    }
  }
  return installs;
}

bool IsOddImage(const std::string& base, const std::string& old) {
  const size_t name = base.rfind('/') + 1;
  const size_t colon = std::min(base.find(':', name), base.size());
  const std::string tag = base.substr(std::min(colon + 1, base.size()));
  if (HasText(base, "gcr.io/distroless/")) {
    const std::string image = base.substr(name, colon - name);
    const size_t release = image.find("-debian");
    return release == image.npos || !IsNumber(image.substr(release + 7)) ||
           !IsProgram("static base base-nossl cc java java-base",
                      image.substr(0, release));
  }
  if (base.substr(0, colon) != old.substr(0, old.find(':', name))) {
    return base.substr(0, colon) == "debian" &&
           !HasWord("bullseye-slim bookworm-slim trixie-slim", tag);
  }
  // `ruby:3.3-bookworm` has `ruby:3.3-slim-bookworm`.
  std::string slim = old;
  const size_t dash = std::min(old.find('-', name), old.size());
  slim.insert(dash, "-slim");
  return base != old && base != slim && base != old + "-slim" &&
         base != old + ":slim";
}

bool ServesPage(std::string text,
                const std::map<std::string, std::string>& configuration) {
  for (size_t at = text.find("\\n"); at != text.npos; at = text.find("\\n")) {
    text.replace(at, 2, 1, '\n');
  }
  constexpr std::string_view kDirectives =
      "server listen root index location try_files gzip gzip_types charset "
      "server_name include }";
  bool port = false;
  bool root = false;
  int depth = 0;
  while (!text.empty()) {
    std::string line = text.substr(0, text.find('\n'));
    text.erase(0, std::min(text.size(), line.size() + 1));
    line.erase(0, line.find_first_not_of(' '));
    if (line.empty()) continue;
    const std::string name = line.substr(0, line.find_first_of(" ;"));
    if (!HasWord(kDirectives, name)) return false;
    depth += static_cast<int>(std::count(line.begin(), line.end(), '{')) -
             static_cast<int>(std::count(line.begin(), line.end(), '}'));
    const bool is_block = HasWord("server location", name);
    if (!HasWord(is_block ? "{ }" : "; }", line.substr(line.size() - 1))) {
      return false;
    }
    if (line.back() == ';' && line.find(' ') == line.npos) return false;
    if (name == "location" &&
        (!line.starts_with("location / { try_files $uri ") ||
         (!line.ends_with(" /index.html; }") && !line.ends_with(" =404; }")))) {
      return false;
    }
    root |= line == "root /usr/share/nginx/html;";
    if (name != "listen") continue;
    const std::string number = line.substr(7, line.size() - 8);
    port = IsNumber(number) && MayListen(configuration, number);
    for (const auto& [key, value] : configuration) {
      if (key.starts_with("ExposedPort ")) {
        port &= configuration.contains("ExposedPort " + number);
      }
    }
  }
  return port && root && depth == 0;
}

}  // namespace dfix::equivalence
