// What pip reads: requirement and constraint files, and what those name.
#include "src/facts/requirement_files.h"

#include <algorithm>
#include <array>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"
#include "src/shell/words.h"
#include "src/text/one_of.h"

namespace dfix {
namespace {

constexpr int kDeepest = 10;

constexpr std::array<std::string_view, 6> kArchives = {
    ".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar"};

// Options in requirement files whose argument is no file. Sorted.
constexpr std::array<std::string_view, 12> kOptions = {
    "--extra-index-url", "--index-url",
    "--no-binary",       "--no-index",
    "--only-binary",     "--pre",
    "--prefer-binary",   "--process-dependency-links",
    "--require-hashes",  "--trusted-host",
    "--use-feature",     "-i"};

// `line` without its comment: pip's `(^|\s+)#.*$`.
std::string_view WithoutComment(std::string_view line) {
  for (size_t at = line.find('#'); at != std::string_view::npos;
       at = line.find('#', at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') {
      return line.substr(0, at);
    }
  }
  return line;
}

// Whether a requirement is a path. pip takes for one what has a slash or begins
// with a dot, and archives by their names.
bool IsLocal(std::string_view requirement) {
  return requirement.starts_with('.') ||
         requirement.find("file:") != std::string_view::npos ||
         std::any_of(kArchives.begin(), kArchives.end(),
                     [&](std::string_view end) {
                       return requirement.ends_with(end) &&
                              requirement.find("://") == std::string_view::npos;
                     }) ||
         (requirement.find('/') != std::string_view::npos &&
          requirement.find("://") == std::string_view::npos);
}

bool IsRemote(std::string_view path) {
  return path.find("://") != std::string_view::npos &&
         !path.starts_with("file:");
}

}  // namespace

std::vector<std::string> RequirementLines(std::string_view text) {
  std::vector<std::string> lines;
  std::string line;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const size_t newline = std::min(text.find('\n'), text.size());
    std::string_view physical = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    if (physical.ends_with('\r')) physical.remove_suffix(1);
    const bool is_comment = Trimmed(physical).starts_with('#');
    if (!is_comment && physical.ends_with('\\')) {
      line += physical.substr(0, physical.size() - 1);
      continue;
    }
    // pip puts a blank before a comment line that ends a continued one.
    if (is_comment) line += ' ';
    line += physical;
    lines.emplace_back(Trimmed(WithoutComment(line)));
    line.clear();
  }
  if (!line.empty()) lines.emplace_back(Trimmed(WithoutComment(line)));
  return lines;
}

void InstallReader::ReadOperands(const Document& document,
                                 const PackageCommand& command) {
  const ManifestReader kind = reads_.ecosystem->reader;
  if (kind == ManifestReader::kMaven || kind == ManifestReader::kGradle) return;
  const bool names_project =
      kind == ManifestReader::kProjects && command.operands.size() == 1;
  if (names_project) {
    project_ = ConstantValue(document, command.operands[0]).value_or("");
    if (!project_.empty()) return;
  }
  if (kind != ManifestReader::kRequirements) {
    if (!command.operands.empty()) {
      Fail(InBackticks(document.Text(command.operands[0])) +
           " may name any part of the source");
    }
    return;
  }
  for (const NodeId operand : command.operands) {
    const auto value = ConstantValue(document, operand);
    const std::string text =
        value.value_or(std::string(document.Text(operand)));
    // `flask==$VERSION` is a package; `$PACKAGE` is not known to be one.
    const bool unknown =
        !value && (text.starts_with('$') || text.starts_with("\"$") ||
                   text.find('`') != std::string::npos);
    if (!unknown && !IsLocal(text)) continue;
    names_files_ = true;
    return Fail(unknown ? InBackticks(text) + " may be a file of the source"
                        : InBackticks(text) + " is installed from the source");
  }
}

void InstallReader::AddRequirements(const std::string& target, int depth) {
  if (failed()) return;
  if (depth > kDeepest) return Fail("requirement files name too many others");
  const size_t before = reads_.files.size();
  if (!Require(target)) return;
  if (reads_.files.size() == before) return;
  const ImageFile file = reads_.files.back();
  if (file.kind != EntryKind::kFile) {
    return Fail(InBackticks(target) + " is no file of the build context");
  }
  for (const std::string& line : RequirementLines(TextOf(file))) {
    ReadRequirement(line, ParentPath(target), depth);
  }
}

void InstallReader::ReadRequirement(const std::string& line,
                                    const std::string& folder, int depth) {
  if (line.empty() || failed()) return;
  if (line.find("${") != std::string::npos) {
    return Fail("a requirement depends on the environment: " +
                InBackticks(line));
  }
  if (!line.starts_with('-')) {
    const std::string_view name =
        std::string_view(line).substr(0, line.find_first_of(" ;"));
    if (IsLocal(name) || line.find("file:") != std::string::npos ||
        line.find(" @ .") != std::string::npos) {
      return Fail("a requirement is a part of the source: " +
                  InBackticks(line));
    }
    return;
  }
  std::string_view rest = line;
  size_t end = rest.find_first_of(" =\t");
  // `-rfile`
  if (!line.starts_with("--") && line.size() > 2) end = 2;
  const std::string_view option = rest.substr(0, end);
  rest.remove_prefix(std::min(end, rest.size()));
  rest = Trimmed(
      rest.substr(std::min(rest.find_first_not_of(" =\t"), rest.size())));
  if (option == "-r" || option == "--requirement" || option == "-c" ||
      option == "--constraint") {
    if (IsRemote(rest)) return;
    return AddRequirements(JoinPath(folder, rest), depth + 1);
  }
  if (option == "-f" || option == "--find-links") {
    if (IsRemote(rest)) return;
  } else if (IsOneOf(option, kOptions)) {
    return;
  }
  Fail("a requirement reads more, or writes into the source: " +
       InBackticks(line));
}

}  // namespace dfix
