#include "src/facts/install_reads.h"

#include <algorithm>
#include <array>
#include <utility>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"
#include "src/shell/views.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

// The parts of `a|b`.
std::vector<std::string_view> Choices(std::string_view text) {
  std::vector<std::string_view> choices;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('|', begin), text.size());
    choices.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return choices;
}

// Whether `text`, an instruction or an assignment, sets what `variable` says:
// `NAME`, or `NAME=` and the begin of its value.
bool Sets(std::string_view text, std::string_view variable) {
  const bool has_value = variable.find('=') != std::string_view::npos;
  for (size_t at = text.find(variable); at != std::string_view::npos;
       at = text.find(variable, at + 1)) {
    const size_t end = at + variable.size();
    const char before = at > 0 ? text[at - 1] : ' ';
    const char next = end < text.size() ? text[end] : '=';
    const bool begins = before == ' ' || before == '\t' || before == '\n';
    if (begins && (has_value || next == '=' || next == ' ')) return true;
  }
  return false;
}

// Variables of the environment that name certificates.
constexpr std::array<std::string_view, 10> kCertificates = {
    "CURL_CA_BUNDLE",     "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS",
    "NPM_CONFIG_CAFILE",  "PIP_CERT",       "PIP_CLIENT_CERT",
    "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR",   "SSL_CERT_FILE",
    "npm_config_cafile"};

// Why an environment variable may make the call read more. The variables of
// base images are not seen.
std::string EnvironmentProblem(const Facts& facts, const Ecosystem& ecosystem,
                               const PackageCommand& command,
                               const ImageFiles& image) {
  for (const std::string_view name : kCertificates) {
    const auto value = VariableAt(facts, command.instruction, name);
    if (value && image.Find(CleanPath(*value))) {
      return InBackticks(name) + " names a file of the source";
    }
  }
  if (command.manager->name == "go") {
    std::string problem = GoProxyProblem(facts, command.instruction, image);
    if (!problem.empty()) return problem;
  }
  const Document& document = facts.document();
  std::vector<std::string_view> texts;
  for (const InstructionFacts& instruction : facts.instructions()) {
    const bool sets = instruction.kind == InstructionKind::kEnv ||
                      instruction.kind == InstructionKind::kArg;
    if (sets) texts.push_back(document.Text(instruction.node));
  }
  const NodeId script = facts.instructions()[command.instruction].script;
  if (script != kNoNode) texts.push_back(document.Text(script));
  for (const std::string_view variable : ecosystem.variables) {
    for (const std::string_view text : texts) {
      if (Sets(text, variable)) {
        return InBackticks(variable) + " may name more files";
      }
    }
  }
  return "";
}

// The words of the call's verb: `mod download`; empty if it has none.
std::string VerbOf(const Document& document, const PackageCommand& command) {
  if (command.verb_word == kNoNode) return "";
  std::string verb;
  bool behind = false;
  const SimpleCommand words{&document, command.command};
  for (const NodeId word : words.words()) {
    const bool is_option =
        std::find(command.options.begin(), command.options.end(), word) !=
        command.options.end();
    if (behind && !is_option) {
      verb += (verb.empty() ? "" : " ") +
              ConstantValue(document, word).value_or("?");
    }
    behind |= word == command.program;
    if (word == command.verb_word) break;
  }
  return verb;
}

// Whether the operands are verbs like the first: goals of Maven, tasks of
// Gradle.
bool HasTasks(const Ecosystem& ecosystem) {
  return ecosystem.reader == ManifestReader::kMaven ||
         ecosystem.reader == ManifestReader::kGradle;
}

// Whether a row is about the call.
bool IsAbout(const Document& document, const PackageCommand& command,
             const Ecosystem& ecosystem) {
  if (ecosystem.manager != command.manager->name) return false;
  const std::string verb = VerbOf(document, command);
  const bool has_verb = IsOneOf(verb, ecosystem.calls);
  const auto is_call = [&](NodeId operand) {
    return IsOneOf(ConstantValue(document, operand).value_or("?"),
                   ecosystem.calls);
  };
  const auto begin = command.operands.begin();
  const auto end = command.operands.end();
  if (!ecosystem.refuse.empty()) {
    return has_verb || std::any_of(begin, end, is_call);
  }
  if (!HasTasks(ecosystem)) return has_verb;
  return (has_verb || (verb.empty() && begin != end)) &&
         std::all_of(begin, end, is_call);
}

}  // namespace

InstallReader::InstallReader(const Ecosystem* ecosystem, std::string folder,
                             const ImageFiles& image)
    : folder_(std::move(folder)), image_(image) {
  reads_.ecosystem = ecosystem;
  if (ecosystem != nullptr) reads_.level = ecosystem->level;
}

std::string InstallReader::At(std::string_view name) const {
  return JoinPath(folder_, name);
}

const ImageFile* InstallReader::Add(const std::string& target) {
  for (const ImageFile& known : reads_.files) {
    if (known.target == target) return &known;
  }
  const std::string unknown = image_.ProblemAt(target);
  if (!unknown.empty()) Fail(unknown);
  const auto file = image_.Find(target);
  if (!file) return nullptr;
  if (file->kind == EntryKind::kLink || file->kind == EntryKind::kOther) {
    Fail(InBackticks(file->source) + " is a link, or no regular file");
  }
  reads_.files.push_back(*file);
  return &reads_.files.back();
}

bool InstallReader::Require(const std::string& target) {
  if (Add(target) != nullptr) return true;
  reads_.is_missing |= !failed();
  Fail(InBackticks(target) + " does not come from the build context");
  return false;
}

std::string InstallReader::TextOf(const ImageFile& file) {
  auto text = image_.Read(file);
  if (!text && image_.has_context()) {
    Fail(InBackticks(file.source) + " cannot be read");
  }
  // UTF-16 has a NUL in every other byte.
  if (text && text->find('\0') != std::string::npos) {
    Fail(InBackticks(file.source) + " is no plain text");
  }
  return text.value_or("");
}

void InstallReader::RefuseTexts(const std::string& target,
                                std::initializer_list<std::string_view> texts) {
  const auto file = image_.Find(target);
  if (!file) return;
  const std::string content = TextOf(*file);
  for (const std::string_view text : texts) {
    if (content.find(text) == std::string::npos) continue;
    return Fail(InBackticks(text) + " in " + InBackticks(file->source) +
                " may mean that it reads more of the source");
  }
}

// Reads the option at `at`, which moves on to its argument if that is a word of
// its own.
void InstallReader::ReadOption(const Document& document,
                               const PackageCommand& command, size_t& at) {
  const Ecosystem& ecosystem = *reads_.ecosystem;
  const bool is_pip = ecosystem.reader == ManifestReader::kRequirements;
  const std::string option =
      ConstantValue(document, command.options[at]).value_or("");
  if (IsOneOf(option, ecosystem.options)) return;
  const size_t equals = std::min(option.find('='), option.size());
  std::string name = option.substr(0, equals);
  const auto value = [&]() -> std::string {
    if (equals < option.size()) return option.substr(equals + 1);
    if (name.size() < option.size()) return option.substr(name.size());
    if (++at >= command.options.size()) return "";
    return ConstantValue(document, command.options[at]).value_or("");
  };
  // `-rfile`
  if (is_pip && (option.starts_with("-r") || option.starts_with("-c"))) {
    name = option.substr(0, 2);
  }
  const bool is_glued = name.size() > 2 && name[1] != '-' &&
                        IsOneOf(name.substr(0, 2), ecosystem.arguments);
  if (is_glued) return;
  if (IsOneOf(name, ecosystem.arguments)) {
    if (equals == option.size()) ++at;
  } else if (IsOneOf(name, ecosystem.files)) {
    named_.push_back(value());
    if (!named_.back().empty()) return;
    Fail(InBackticks(document.Text(
             command.options[std::min(at, command.options.size() - 1)])) +
         " names a file that is not known here");
  } else if (IsOneOf(name, ecosystem.folders)) {
    const std::string folder = value();
    if (folder.empty()) Fail("the folder that it works in is not known");
    folder_ = At(folder);
  } else {
    // pip decides by its operands and files whether it is about the project.
    names_files_ |= ecosystem.files.empty() || name.starts_with("-e") ||
                    name == "--editable";
    Fail(is_pip && name.starts_with("-e")
             ? "`-e` installs from the source"
             : "what " + InBackticks(name) + " makes of it is not known");
  }
}

void InstallReader::CheckNeeds(const Document& document,
                               const PackageCommand& command) {
  for (const std::string_view needed : reads_.ecosystem->needs) {
    const auto choices = Choices(needed);
    const bool has = std::any_of(
        command.options.begin(), command.options.end(), [&](NodeId option) {
          return IsOneOf(ConstantValue(document, option).value_or(""), choices);
        });
    if (has) continue;
    names_files_ = true;
    return Fail(std::string(reads_.ecosystem->needs_reason));
  }
}

void InstallReader::ReadOptions(const Document& document,
                                const PackageCommand& command) {
  for (size_t i = 0; i < command.options.size(); ++i) {
    const auto option = ConstantValue(document, command.options[i]);
    // `-j$(nproc)`
    const std::string_view text = document.Text(command.options[i]);
    const std::string_view name = text.substr(0, text.find_first_of("=$`\""));
    if (!option && IsOneOf(name, reads_.ecosystem->arguments)) continue;
    if (!option) {
      Fail(InBackticks(document.Text(command.options[i])) +
           " has no value that is known here");
      continue;
    }
    ignores_scripts_ |= *option == "--ignore-scripts";
    is_frozen_ |= IsOneOf(*option, reads_.ecosystem->frozen);
    ReadOption(document, command, i);
  }
  CheckNeeds(document, command);
  names_files_ |= !named_.empty();
}

// Adds the first of `a|b` that is there; its path.
std::string InstallReader::RequireOneOf(std::string_view choice) {
  for (const std::string_view name : Choices(choice)) {
    if (Add(At(name)) != nullptr) return At(name);
  }
  Require(At(Choices(choice).front()));
  return "";
}

void InstallReader::CheckAbove() {
  for (std::string up = folder_; up != "/";) {
    up = ParentPath(up);
    for (const std::string_view name : reads_.ecosystem->above) {
      if (image_.Find(JoinPath(up, name))) {
        return Fail(InBackticks(JoinPath(up, name)) +
                    " further up may matter, too");
      }
    }
  }
}

void InstallReader::AddOptional() {
  if (!image_.has_context()) return;
  for (const std::string_view name : reads_.ecosystem->optional) Add(At(name));
  CheckAbove();
}

// Adds the files that options name; their paths, if the table says what is in
// them.
std::vector<std::string> InstallReader::AddNamed() {
  std::vector<std::string> added;
  const ManifestReader reader = reads_.ecosystem->reader;
  for (const std::string& name : named_) {
    const bool is_remote =
        name.find("://") != std::string::npos && !name.starts_with("file:");
    if (is_remote || failed()) continue;
    if (reader == ManifestReader::kRequirements) {
      AddRequirements(At(name), 0);
    } else if (Require(At(name))) {
      added.push_back(At(name));
    }
  }
  return added;
}

// Fails if the table knows a text in the file that means more is read.
void InstallReader::CheckTexts(const ImageFile& file) {
  if (file.target.ends_with(".lock")) return;
  const std::string text = TextOf(file);
  for (const std::string_view part : reads_.ecosystem->reads_more) {
    if (text.find(part) == std::string::npos) continue;
    return Fail(InBackticks(part) + " in " + InBackticks(file.target) +
                " may mean that it reads more of the source");
  }
}

void InstallReader::ReadManifests() {
  const Ecosystem& ecosystem = *reads_.ecosystem;
  std::vector<std::string> required = AddNamed();
  for (const std::string_view choice : ecosystem.required) {
    if (!failed()) required.push_back(RequireOneOf(choice));
  }
  if (failed()) return;
  AddOptional();
  for (const std::string_view name : ecosystem.writes) {
    reads_.writes.push_back(At(name));
  }
  for (const std::string_view name : ecosystem.updates) {
    if (image_.has_context() && !is_frozen_ && image_.Find(At(name))) {
      reads_.level = std::max(reads_.level, Level::kReview);
    }
  }
  for (const std::string& target : required) {
    CheckTexts(ImageFile(*Add(target)));
  }
  switch (ecosystem.reader) {
    case ManifestReader::kPlain:
    case ManifestReader::kRequirements:
      return;
    case ManifestReader::kPackageJson:
      return AddNodeFiles();
    case ManifestReader::kGoMod:
      return ReadGoModules();
    case ManifestReader::kProjects:
      return ReadProjects();
    case ManifestReader::kMaven:
      return ReadMavenModules();
    case ManifestReader::kGradle:
      return ReadGradleProjects();
    case ManifestReader::kSbt:
      return ReadSbtBuilds();
    case ManifestReader::kMix:
      return ReadMixConfiguration();
  }
}

std::optional<InstallReads> ReadsOfInstall(const Facts& facts,
                                           const PackageCommand& command,
                                           const std::string& folder,
                                           const ImageFiles& image) {
  const Document& document = facts.document();
  const auto ecosystem = std::find_if(
      Ecosystems().begin(), Ecosystems().end(),
      [&](const Ecosystem& each) { return IsAbout(document, command, each); });
  if (ecosystem == Ecosystems().end()) return std::nullopt;
  const bool has_operands =
      ecosystem->reader == ManifestReader::kRequirements ||
      ecosystem->reader == ManifestReader::kProjects || HasTasks(*ecosystem) ||
      !ecosystem->refuse.empty();
  if (!has_operands && !command.operands.empty()) return std::nullopt;
  for (const NodeId option : command.options) {
    const std::string_view text = document.Text(option);
    if (text == "-g" || text == "--global") return std::nullopt;
  }
  InstallReads refused;
  refused.ecosystem = &*ecosystem;
  refused.problem = ecosystem->refuse;
  if (!refused.problem.empty()) return refused;
  InstallReader reader(&*ecosystem, folder, image);
  reader.ReadOptions(document, command);
  reader.ReadOperands(document, command);
  // Others read what is in their folder.
  const bool names_all = ecosystem->reader == ManifestReader::kRequirements ||
                         (ecosystem->reader == ManifestReader::kPlain &&
                          !ecosystem->files.empty());
  if (names_all && !reader.names_files()) return std::nullopt;
  reader.ReadManifests();
  InstallReads reads = reader.Take();
  if (reads.problem.empty()) {
    reads.problem = EnvironmentProblem(facts, *ecosystem, command, image);
  }
  if (image.has_context()) return reads;
  reads.level = Level::kBold;
  if (reads.problem.empty() && !ecosystem->names_all) {
    reads.problem =
        "without the build context it is not known which files it reads; "
        "`--context` names it";
  }
  return reads;
}

std::string GoProxyProblem(const Facts& facts, uint32_t instruction,
                           const ImageFiles& image) {
  const std::string proxies =
      VariableAt(facts, instruction, "GOPROXY").value_or("");
  constexpr std::string_view kFile = "file://";
  for (size_t at = proxies.find(kFile); at != std::string::npos;
       at = proxies.find(kFile, at + 1)) {
    const size_t begin = at + kFile.size();
    const std::string path = CleanPath(
        proxies.substr(begin, proxies.find_first_of(",|", begin) - begin));
    for (const CopiedPart& part : image.parts()) {
      if (PathBelow(path, part.target) || PathBelow(part.target, path)) {
        return "`GOPROXY` names a folder that is copied";
      }
    }
  }
  return "";
}

InstallReads ReadsOfGoDownload(const std::string& folder,
                               const ImageFiles& image) {
  InstallReader reader(nullptr, folder, image);
  reader.ReadGoModules();
  return reader.Take();
}

}  // namespace dfix
