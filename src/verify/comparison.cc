#include "src/verify/comparison.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>

#include "src/dockerfile/characters.h"
#include "src/dockerfile/instructions.h"
#include "src/dockerfile/parser.h"
#include "src/facts/container_command.h"
#include "src/facts/facts.h"
#include "src/verify/quantities.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kNothing = "-";
// Identifiers of containers, commits and the like are at least as long.
constexpr size_t kShortestIdentifier = 8;

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// `text` with each number and each identifier replaced by `0`, as no two runs
// have the same times and process ids.
std::string WithoutNumbers(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    bool has_digit = false;
    while (end < text.size() && IsHex(text[end])) {
      has_digit |= IsDigit(text[end++]);
    }
    if (!has_digit || end - i < kShortestIdentifier) {
      end = i;
      while (end < text.size() && IsDigit(text[end])) ++end;
    }
    out += end > i ? '0' : text[i];
    i = std::max(end, i + 1);
  }
  return out;
}

std::multiset<std::string> ComparableLines(std::string_view text) {
  std::multiset<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() &&
           std::isspace(static_cast<unsigned char>(line.back()))) {
      line.pop_back();
    }
    if (!line.empty()) lines.insert(WithoutNumbers(line));
  }
  return lines;
}

// A line that only one of two texts has; empty if there is none.
std::string LineMissing(std::string_view in, std::string_view from) {
  const auto has = ComparableLines(from);
  const auto lacks = ComparableLines(in);
  for (const std::string& line : has) {
    if (lacks.count(line) < has.count(line)) return line;
  }
  return "";
}

std::string LineDifference(std::string_view before, std::string_view after) {
  const std::string gone = LineMissing(after, before);
  const std::string added = LineMissing(before, after);
  std::string out;
  if (!gone.empty()) out += "- " + gone;
  if (!added.empty()) out += (out.empty() ? "" : "\n") + ("+ " + added);
  return out;
}

std::string LineCount(std::string_view text) {
  return CountOf(ComparableLines(text).size(), "line");
}

Aspect MakeAspect(std::string name, std::string before, std::string after) {
  const Verdict verdict = before == after ? Verdict::kSame : Verdict::kDiffers;
  return {std::move(name), std::move(before), std::move(after), verdict, ""};
}

Aspect CompareText(std::string name, std::string_view before,
                   std::string_view after) {
  Aspect aspect = {std::move(name), LineCount(before), LineCount(after),
                   Verdict::kSame, LineDifference(before, after)};
  if (!aspect.detail.empty()) aspect.verdict = Verdict::kDiffers;
  return aspect;
}

std::string State(const RunResult& run) {
  if (!run.failure.empty()) return "does not start";
  if (run.running) return "keeps running";
  return "exits with " + std::to_string(run.exit_status);
}

std::string StopText(const RunResult& run) {
  const std::string time = FormatSeconds(run.stop_seconds);
  return run.killed ? "killed after " + time : time;
}

std::string PortList(const ProbeResult& probe) {
  std::string out;
  for (const int port : probe.ports) {
    out += (out.empty() ? "" : ", ") + std::to_string(port);
  }
  return out.empty() ? "none" : out;
}

const HttpAnswer* AnswerOf(const ProbeResult& probe, int port) {
  for (const HttpAnswer& answer : probe.answers) {
    if (answer.port == port) return &answer;
  }
  return nullptr;
}

std::string AnswerText(const HttpAnswer* answer) {
  if (answer == nullptr) return std::string(kNothing);
  if (answer->status == 0) return "no HTTP";
  return std::to_string(answer->status) + ", " +
         CountOf(answer->body.size(), "byte");
}

Aspect CompareAnswers(int port, const HttpAnswer* before,
                      const HttpAnswer* after) {
  Aspect aspect = {"GET :" + std::to_string(port) + "/", AnswerText(before),
                   AnswerText(after), Verdict::kSame, ""};
  if (before == nullptr || after == nullptr ||
      before->status != after->status) {
    aspect.verdict = Verdict::kDiffers;
  } else {
    aspect.detail = LineDifference(before->body, after->body);
    if (!aspect.detail.empty()) aspect.verdict = Verdict::kDiffers;
  }
  return aspect;
}

void CompareProbes(const ProbeResult& before, const ProbeResult& after,
                   std::vector<Aspect>& out) {
  Aspect uid = MakeAspect("user id", std::to_string(before.uid),
                          std::to_string(after.uid));
  if (before.uid == 0 && after.uid != 0) uid.verdict = Verdict::kBetter;
  out.push_back(std::move(uid));
  out.push_back(MakeAspect("listens on", PortList(before), PortList(after)));
  std::set<int> ports(before.ports.begin(), before.ports.end());
  ports.insert(after.ports.begin(), after.ports.end());
  for (const int port : ports) {
    const HttpAnswer* one = AnswerOf(before, port);
    const HttpAnswer* other = AnswerOf(after, port);
    if (one == nullptr && other == nullptr) continue;
    out.push_back(CompareAnswers(port, one, other));
  }
}

// The pairs of Env or Labels by name.
std::map<std::string, std::string> Pairs(const Json& value) {
  std::map<std::string, std::string> out;
  if (value.is_object()) {
    for (const auto& [name, text] : value.items()) out[name] = text.dump();
    return out;
  }
  for (const Json& pair : value) {
    if (!pair.is_string()) continue;
    const std::string text = pair.get<std::string>();
    const size_t equals = text.find('=');
    out[text.substr(0, equals)] =
        equals == std::string::npos ? "" : text.substr(equals + 1);
  }
  return out;
}

// Whether a PATH got folders in front or at the end and is the same but for
// them. What they hold shows in what runs.
bool OnlyGainsFolders(std::string_view before, std::string_view after) {
  const size_t at = before.empty() ? std::string_view::npos
                                   : (":" + std::string(after) + ":")
                                         .find(":" + std::string(before) + ":");
  if (at == std::string_view::npos) return false;
  std::istringstream gained(
      std::string(after.substr(0, at)) +
      std::string(after.substr(std::min(at + before.size(), after.size()))));
  // Not the directory that a program happens to start in.
  for (std::string folder; std::getline(gained, folder, ':');) {
    if (!folder.empty() && !folder.starts_with('/')) return false;
  }
  return !after.starts_with(':') && !after.ends_with(':') &&
         after.find("::") == std::string_view::npos;
}

// What nobody can have relied on, or what shows in what runs.
bool IsHarmless(std::string_view name, const std::string& key,
                const std::map<std::string, std::string>& before,
                const std::map<std::string, std::string>& after) {
  const auto one = before.find(key);
  if (name == "Labels") return one == before.end();
  const auto other = after.find(key);
  return key == "PATH" && one != before.end() && other != after.end() &&
         OnlyGainsFolders(one->second, other->second);
}

void ComparePairs(const std::string& name, const std::string& before,
                  const std::string& after, const ImageBases& bases,
                  std::vector<Aspect>& out) {
  const auto one = Pairs(Json::parse(before.empty() ? "null" : before));
  const auto other = Pairs(Json::parse(after.empty() ? "null" : after));
  std::set<std::string> keys;
  for (const auto& [key, value] : one) keys.insert(key);
  for (const auto& [key, value] : other) keys.insert(key);
  const auto value_in = [](const auto& pairs, const std::string& key) {
    const auto found = pairs.find(key);
    return found == pairs.end() ? std::string(kNothing) : found->second;
  };
  for (const std::string& key : keys) {
    Aspect aspect =
        MakeAspect(name + ' ' + key, value_in(one, key), value_in(other, key));
    if (aspect.verdict == Verdict::kSame) continue;
    const auto& own = name == "Env" ? bases.own_variables : bases.own_labels;
    const bool is_of_base = bases.differ && !own.contains(key);
    if (is_of_base || IsHarmless(name, key, one, other)) {
      aspect.verdict = Verdict::kBetter;
    }
    out.push_back(std::move(aspect));
  }
}

bool ShowsInRun(std::string_view name) {
  return name == "Cmd" || name == "Entrypoint" || name == "Shell";
}

// The user and the group of User, as JSON or empty; nobody is root.
std::pair<std::string, std::string> UserOf(const std::string& value) {
  const Json json = Json::parse(value.empty() ? "null" : value);
  std::string user = json.is_string() ? json.get<std::string>() : "";
  const size_t colon = std::min(user.find(':'), user.size());
  const std::string group = user.substr(std::min(colon + 1, user.size()));
  user.resize(colon);
  if (user.empty() || user == "root") user = "0";
  return {user, group};
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// Whether it is root as before, or root gives way to somebody else, or somebody
// gets a number for the name; whose number it is shows in what runs.
bool IsSaferUser(const std::string& before, const std::string& after) {
  const auto [user_before, group_before] = UserOf(before);
  const auto [user_after, group_after] = UserOf(after);
  if (user_after == "0") {
    return user_before == "0" && group_before == group_after;
  }
  if (user_before == "0") return true;
  return !IsNumber(user_before) && IsNumber(user_after) &&
         (group_before == group_after ||
          (!IsNumber(group_before) && IsNumber(group_after)));
}

// What changes from build to build whatever the file says.
bool IsNoise(std::string_view path) {
  constexpr std::array<std::string_view, 8> kFolders = {
      "var/log/", "var/cache/", "var/lib/dpkg/", "run/",
      "tmp/",     "root/.npm/", "root/.cache/",  "var/lib/systemd/"};
  constexpr std::array<std::string_view, 8> kFiles = {
      ".dockerenv", "etc/hostname", "etc/hosts",  "etc/resolv.conf",
      "etc/mtab",   "etc/passwd-",  "etc/group-", "etc/shadow-"};
  for (const std::string_view folder : kFolders) {
    if (path.starts_with(folder)) return true;
  }
  return std::find(kFiles.begin(), kFiles.end(), path) != kFiles.end() ||
         path.ends_with(".pyc") ||
         path.find("/.cache/") != std::string_view::npos;
}

// The first `parts` parts of a path.
std::string_view Beginning(std::string_view path, int parts) {
  size_t at = 0;
  for (int i = 0; i < parts; ++i) {
    at = path.find('/', at);
    if (at == std::string_view::npos) return path;
    ++at;
  }
  return path.substr(0, at - 1);
}

std::string_view FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash);
}

// The longest folder that holds both paths, of folders or files.
std::string_view CommonFolder(std::string_view one, std::string_view other) {
  while (one != other && !other.starts_with(std::string(one) + '/')) {
    one = FolderOf(one);
    if (one.empty()) break;
  }
  return one;
}

// The files of `tree` that `other` lacks: all, and by folder. A folder is as
// deep as its files share it, but at least three levels.
void AddMissing(const FileTree& tree, const FileTree& other, FolderShare& all,
                std::vector<FolderShare>& folders) {
  constexpr int kLevels = 3;
  constexpr size_t kMost = 6;
  std::map<std::string_view, FolderShare> groups;
  for (const auto& [path, entry] : tree) {
    if (entry.type == '5' || other.contains(path)) continue;
    FolderShare& group = groups[Beginning(path, kLevels)];
    const std::string_view folder = FolderOf(path);
    group.path = group.files == 0 ? folder : CommonFolder(group.path, folder);
    for (FolderShare* share : {&group, &all}) {
      ++share->files;
      share->bytes += entry.size;
    }
  }
  // Files that lie higher than that are groups of their own: joined by folder.
  std::map<std::string, FolderShare> joined;
  for (auto& [key, group] : groups) {
    FolderShare& share = joined[group.path];
    share.path = group.path;
    share.files += group.files;
    share.bytes += group.bytes;
  }
  for (auto& [path, share] : joined) folders.push_back(std::move(share));
  std::stable_sort(folders.begin(), folders.end(),
                   [](const FolderShare& a, const FolderShare& b) {
                     return a.bytes > b.bytes;
                   });
  if (folders.size() > kMost) folders.resize(kMost);
}

uint64_t CountFiles(const FileTree& tree) {
  return static_cast<uint64_t>(
      std::count_if(tree.begin(), tree.end(),
                    [](const auto& file) { return file.second.type != '5'; }));
}

}  // namespace

std::string_view Name(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kNames = {
      "same", "better", "differs", "not compared"};
  return kNames[static_cast<size_t>(verdict)];
}

ImageBases BasesOf(const std::string& before, const std::string& after,
                   std::string_view target) {
  ImageBases bases;
  std::vector<std::string> images;
  for (const std::string& text : {before, after}) {
    const Document document = ParseDockerfile(text);
    const Facts facts(document);
    for (const InstructionFacts& instruction : facts.instructions()) {
      const bool is_label = instruction.kind == InstructionKind::kLabel;
      if (!is_label && instruction.kind != InstructionKind::kEnv) continue;
      for (const KeyValuePair& pair :
           Instruction(document, instruction.inner).Pairs()) {
        (is_label ? bases.own_labels : bases.own_variables).insert(pair.key);
      }
    }
    uint32_t stage = static_cast<uint32_t>(facts.stages().size());
    while (stage-- > 0) {
      if (target.empty() || facts.stages()[stage].name == AsciiLower(target)) {
        images.emplace_back(OutsideBase(facts, stage).value_or(""));
        break;
      }
    }
  }
  bases.differ = images.size() == 2 && images[0] != images[1];
  return bases;
}

std::vector<Aspect> CompareConfigs(const ImageConfig& before,
                                   const ImageConfig& after,
                                   const ImageBases& bases) {
  std::vector<Aspect> out;
  std::set<std::string> names;
  for (const auto& [name, value] : before) names.insert(name);
  for (const auto& [name, value] : after) names.insert(name);
  const auto value_in = [](const ImageConfig& config, const std::string& name) {
    const auto found = config.find(name);
    return found == config.end() ? "" : found->second;
  };
  for (const std::string& name : names) {
    const std::string one = value_in(before, name);
    const std::string other = value_in(after, name);
    if (one == other) continue;
    if (name == "Env" || name == "Labels") {
      ComparePairs(name, one, other, bases, out);
      continue;
    }
    Aspect aspect = MakeAspect(name, one.empty() ? std::string(kNothing) : one,
                               other.empty() ? std::string(kNothing) : other);
    if (ShowsInRun(name) || (name == "User" && IsSaferUser(one, other))) {
      aspect.verdict = Verdict::kBetter;
    }
    out.push_back(std::move(aspect));
  }
  return out;
}

std::vector<Aspect> CompareRuns(const RunResult& before,
                                const RunResult& after) {
  std::vector<Aspect> out;
  out.push_back(MakeAspect("container", State(before), State(after)));
  if (out[0].verdict != Verdict::kSame) {
    out[0].detail = after.failure;
    if (after.failure.empty()) {
      out[0].detail = LineDifference(before.error, after.error);
    }
    return out;
  }
  if (!before.failure.empty()) {
    out[0].verdict = Verdict::kNotCompared;
    out[0].detail = before.failure;
    return out;
  }
  out.push_back(CompareText("output", before.out, after.out));
  out.push_back(CompareText("error output", before.error, after.error));
  if (!before.running) return out;
  if (before.probe && after.probe) {
    CompareProbes(*before.probe, *after.probe, out);
  } else {
    const std::string why =
        before.probe ? after.probe_failure : before.probe_failure;
    out.push_back({"user and ports", std::string(kNothing),
                   std::string(kNothing), Verdict::kNotCompared, why});
  }
  Aspect stop = {"stops in", StopText(before), StopText(after), Verdict::kSame,
                 ""};
  if (before.killed && !after.killed) stop.verdict = Verdict::kBetter;
  if (!before.killed && after.killed) stop.verdict = Verdict::kDiffers;
  out.push_back(std::move(stop));
  return out;
}

bool SameOutput(const RunResult& before, const RunResult& after) {
  if (!LineDifference(before.out, after.out).empty()) return false;
  if (!LineDifference(before.error, after.error).empty()) return false;
  if (!before.probe || !after.probe) return true;
  for (const HttpAnswer& answer : before.probe->answers) {
    const HttpAnswer* other = AnswerOf(*after.probe, answer.port);
    if (other == nullptr ||
        CompareAnswers(answer.port, &answer, other).verdict != Verdict::kSame) {
      return false;
    }
  }
  return true;
}

TreeComparison CompareTrees(const FileTree& before, const FileTree& after) {
  constexpr size_t kMostPaths = 8;
  TreeComparison out;
  out.files_before = CountFiles(before);
  out.files_after = CountFiles(after);
  AddMissing(before, after, out.left, out.left_folders);
  AddMissing(after, before, out.came, out.came_folders);
  for (const auto& [path, entry] : before) {
    const auto found = after.find(path);
    if (found == after.end() || found->second == entry || IsNoise(path)) {
      continue;
    }
    ++out.changed;
    if (out.changed_paths.size() < kMostPaths)
      out.changed_paths.push_back(path);
  }
  return out;
}

}  // namespace dfix
