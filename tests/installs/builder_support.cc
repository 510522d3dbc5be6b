#include "tests/installs/builder_support.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <regex>
#include <sstream>

namespace dfix {
namespace {

std::vector<std::string> Words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> SplitAt(const std::string& text,
                                 const std::string& separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t at; (at = text.find(separator, begin)) != std::string::npos;
       begin = at + separator.size()) {
    parts.push_back(text.substr(begin, at - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string Resolve(const std::string& folder, const std::string& path) {
  std::string clean =
      (std::filesystem::path(folder) / path).lexically_normal().string();
  if (clean.size() > 1 && clean.ends_with('/')) clean.pop_back();
  return clean;
}

std::string Digest(const FileMap& files) {
  std::string all;
  for (const auto& [path, content] : files) all += path + '\n' + content + '\n';
  return std::to_string(std::hash<std::string>()(all));
}

class Builder {
 public:
  Builder(const FileMap& project, const BuildContext& context)
      : project_(project), context_(context) {}

  BuildResult Run(const std::string& dockerfile) {
    result_.ok = true;
    for (std::string line : SplitAt(dockerfile, "\n")) {
      if (!line.empty() && line[0] != '#') Step(line);
      if (!result_.ok) break;
    }
    return std::move(result_);
  }

 private:
  void Step(const std::string& line) {
    std::vector<std::string> words = Words(line);
    const std::string keyword = words[0];
    words.erase(words.begin());
    std::erase_if(words, [](const std::string& word) {
      return word.starts_with("--ch") || word == "--link";
    });
    if (keyword == "FROM") {
      result_.files.clear();
      workdir_ = "/";
    } else if (keyword == "WORKDIR") {
      workdir_ = Resolve(workdir_, words[0]);
    } else if (keyword == "COPY" || keyword == "ADD") {
      Copy(words);
    } else if (keyword == "RUN") {
      std::string folder = workdir_;
      for (const std::string& command : SplitAt(line.substr(4), " && ")) {
        if (result_.ok) Command(Words(command), folder);
      }
    }
  }

  bool IsSent(const std::string& path) const {
    for (std::string up = path;;) {
      const ContextEntry* entry = context_.Find(up);
      if (entry != nullptr) return context_.IsSent(*entry);
      const size_t slash = up.rfind('/');
      if (slash == std::string::npos) return false;
      up.resize(slash);
    }
  }

  void Copy(const std::vector<std::string>& words) {
    const std::string target = words.back();
    const std::string place = Resolve(workdir_, target);
    for (size_t i = 0; i + 1 < words.size(); ++i) {
      const std::string source = Resolve("/", words[i]).substr(1);
      bool found = source.empty();
      for (const auto& [path, content] : project_) {
        if (!IsSent(path)) continue;
        if (path == source) {
          const bool into = target.ends_with('/') || target == "." ||
                            words.size() > 2 || place == workdir_;
          const std::string name = path.substr(path.rfind('/') + 1);
          result_.files[into ? Resolve(place, name) : place] = content;
          found = true;
        } else if (source.empty() || path.starts_with(source + "/")) {
          const size_t skip = source.empty() ? 0 : source.size() + 1;
          result_.files[Resolve(place, path.substr(skip))] = content;
          found = true;
        }
      }
      result_.ok &= found;
    }
  }

  // Everything below a folder, or the file itself.
  FileMap Below(const std::string& path) const {
    FileMap found;
    for (const auto& [name, content] : result_.files) {
      if (name == path || path == "/" || name.starts_with(path + "/")) {
        found[name] = content;
      }
    }
    return found;
  }

  const std::string* Find(const std::string& path) const {
    const auto found = result_.files.find(path);
    return found == result_.files.end() ? nullptr : &found->second;
  }

  // Reads a file that must be there, or one that need not.
  std::string Read(const std::string& path, bool required, FileMap& reads) {
    const std::string* text = Find(path);
    if (text != nullptr) reads[path] = *text;
    result_.ok &= text != nullptr || !required;
    return text == nullptr ? "" : *text;
  }

  void ReadAll(const std::string& path, FileMap& reads) {
    const FileMap below = Below(path);
    result_.ok &= !below.empty();
    reads.insert(below.begin(), below.end());
  }

  void Command(const std::vector<std::string>& words, std::string& folder) {
    const std::string& program = words[0];
    const std::string verb = words.size() > 1 ? words[1] : "";
    if (program == "cd") {
      folder = Resolve(folder, verb);
      result_.ok &= !Below(folder).empty() || folder == workdir_;
    } else if (program == "pip") {
      Pip(words, folder);
    } else if (verb == "ci" || verb == "install") {
      if (program == "npm" || program == "yarn") Node(program, verb, folder);
    } else if (program == "go" && verb == "mod") {
      Go(folder);
    } else if (IsStub(program)) {
      FileMap reads;
      ReadAsStub(program, words, folder, reads);
      result_.files["/stub/" + Digest(reads)] = "";
      result_.reads.push_back(reads);
    } else if (program == "sed") {
      std::string& text = result_.files[Resolve(folder, words.back())];
      text += "edited\n";
    } else if (program == "chown" || program == "npm" || program == "go" ||
               program == "make" || program == "yarn") {
      // They see everything that is there.
      const std::string seen = Digest(Below(folder));
      result_.files["/made/" + std::to_string(++made_)] = seen;
    } else if (program == "touch") {
      result_.files[Resolve(folder, verb)] = "";
    }
  }

  void Pip(const std::vector<std::string>& words, const std::string& folder) {
    FileMap reads;
    for (size_t i = 2; i < words.size(); ++i) {
      if (words[i] == "-r" || words[i] == "-c") {
        Requirements(Resolve(folder, words[++i]), reads);
      } else if (words[i] == "-e") {
        ReadAll(Resolve(folder, words[++i]), reads);
      } else if (words[i].starts_with(".")) {
        ReadAll(Resolve(folder, words[i]), reads);
      }
    }
    result_.files["/site/" + Digest(reads)] = "";
    result_.reads.push_back(reads);
  }

  void Requirements(const std::string& path, FileMap& reads) {
    if (reads.contains(path)) return;
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    for (const std::string& line : SplitAt(Read(path, true, reads), "\n")) {
      const std::vector<std::string> words = Words(line);
      if (words.empty()) continue;
      if (words[0] == "-r" || words[0] == "-c") {
        Requirements(Resolve(folder, words[1]), reads);
      } else if (words[0] == "-e") {
        ReadAll(Resolve("/app", words[1]), reads);
      } else if (words[0].starts_with("./")) {
        ReadAll(Resolve("/app", words[0]), reads);
      }
    }
  }

  void Node(const std::string& program, const std::string& verb,
            const std::string& folder) {
    FileMap reads;
    const std::string lock =
        program == "npm" ? "package-lock.json" : "yarn.lock";
    const std::string root = Read(folder + "/package.json", true, reads);
    Read(folder + "/" + lock, verb == "ci", reads);
    Read(folder + "/.npmrc", false, reads);
    if (program == "yarn") {
      Read(folder + "/.yarnrc.yml", false, reads);
      for (const auto& [path, content] : Below(folder + "/.yarn")) {
        reads[path] = content;
      }
    }
    ReadPackage(folder, root, reads);
    if (root.find("\"workspaces\"") != std::string::npos) {
      for (const auto& [path, content] : Below(folder + "/packages")) {
        if (!path.ends_with("/package.json")) continue;
        reads[path] = content;
        ReadPackage(path.substr(0, path.rfind('/')), content, reads);
      }
    }
    result_.files[folder + "/node_modules/installed"] = Digest(reads);
    result_.reads.push_back(reads);
  }

  void ReadPackage(const std::string& folder, const std::string& text,
                   FileMap& reads) {
    if (text.find("patch-package") != std::string::npos) {
      for (const auto& [path, content] : Below(folder + "/patches")) {
        reads[path] = content;
      }
    }
    if (text.find("node build.js") != std::string::npos) {
      ReadAll(folder, reads);
    }
    static const std::regex kLocal("\"file:([^\"]*)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), kLocal), end;
         at != end; ++at) {
      ReadAll(Resolve(folder, (*at)[1]), reads);
    }
  }

  void Go(const std::string& folder) {
    FileMap reads;
    Module(folder, reads);
    for (std::string up = folder; up.size() > 1; up = Resolve(up, "..")) {
      for (const std::string& line :
           SplitAt(Read(up + "/go.work", false, reads), "\n")) {
        const auto words = Words(line);
        if (words.size() == 2 && words[0] == "use") {
          Module(Resolve(up, words[1]), reads);
        }
      }
    }
    result_.files["/go/modules"] = "";
    result_.reads.push_back(reads);
  }

  static bool IsStub(const std::string& program) {
    return program == "dotnet" || program == "conda" || program == "mvn" ||
           program == "gradle" || program == "sbt";
  }

  void ReadAsStub(const std::string& program,
                  const std::vector<std::string>& words,
                  const std::string& folder, FileMap& reads) {
    if (program == "dotnet") {
      Dotnet(words.size() > 2 ? Resolve(folder, words[2]) : "", folder, reads);
    } else if (program == "conda") {
      Conda(Resolve(folder, words.back()), reads);
    } else if (program == "mvn") {
      for (const auto& [path, content] : Below(folder + "/.mvn")) {
        reads[path] = content;
      }
      Pom(folder + "/pom.xml", true, reads);
    } else if (program == "gradle") {
      Gradle(folder, reads);
    } else {
      Sbt(folder, reads);
    }
  }

  // The first group of each match of `pattern`, with slashes.
  static std::vector<std::string> Matches(const std::string& text,
                                          const std::string& pattern) {
    const std::regex regex(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), regex), end;
         at != end; ++at) {
      found.push_back((*at)[1]);
      std::replace(found.back().begin(), found.back().end(), '\\', '/');
    }
    return found;
  }

  void Dotnet(std::string entry, const std::string& folder, FileMap& reads) {
    for (const auto& [path, content] : Below(folder)) {
      const bool here = path.rfind('/') == folder.size();
      if (entry.empty() && here && path.ends_with(".sln")) entry = path;
    }
    DotnetProject(entry, reads);
  }

  void DotnetProject(const std::string& path, FileMap& reads) {
    if (reads.contains(path)) return;
    const std::string text = Read(path, true, reads);
    const std::string folder = path.substr(0, path.rfind('/'));
    Read(folder + "/packages.lock.json", false, reads);
    for (std::string up = folder; up.size() > 1; up = Resolve(up, "..")) {
      Read(up + "/Directory.Packages.props", false, reads);
      Read(up + "/nuget.config", false, reads);
    }
    for (const std::string& other : Matches(
             text, "(?:Include=|Import Project=|, )\"([^\"{]*[.][^\"]*)\"")) {
      // What a property says is found by a look at everything.
      if (other.find('$') != std::string::npos) {
        ReadAll(folder, reads);
      } else {
        DotnetProject(Resolve(folder, other), reads);
      }
    }
  }

  void Conda(const std::string& path, FileMap& reads) {
    const std::string folder = path.substr(0, path.rfind('/'));
    for (const std::string& other :
         Matches(Read(path, true, reads), "-r ([a-z.]+)")) {
      Read(folder + "/" + other, true, reads);
    }
  }

  void Pom(const std::string& path, bool required, FileMap& reads) {
    if (reads.contains(path)) return;
    const std::string text = Read(path, required, reads);
    const std::string folder = path.substr(0, path.rfind('/'));
    for (const std::string& module : Matches(text, "<module>([^<]*)<")) {
      if (module.starts_with("$")) {
        ReadAll(folder, reads);
      } else {
        Pom(Resolve(folder, module) + "/pom.xml", true, reads);
      }
    }
    for (const std::string& file : Matches(text, "<exists>([^<]*)<")) {
      Read(Resolve(folder, file), false, reads);
    }
    if (text.find("<parent>") == std::string::npos ||
        text.find("<relativePath/>") != std::string::npos) {
      return;
    }
    const auto parents = Matches(text, "<relativePath>([^<]*)<");
    Pom(Resolve(folder, parents.empty() ? ".." : parents[0]) + "/pom.xml",
        false, reads);
  }

  void Gradle(const std::string& folder, FileMap& reads) {
    for (const auto& [path, content] : Below(folder + "/gradle")) {
      reads[path] = content;
    }
    for (const auto& [path, content] : Below(folder + "/buildSrc")) {
      reads[path] = content;
    }
    Read(folder + "/gradle.properties", false, reads);
    const std::string text = Read(folder + "/build.gradle", true, reads);
    if (text.find("git-version") != std::string::npos) ReadAll(folder, reads);
    for (const std::string& file : Matches(text, "file[(]'([^']*)'")) {
      Read(folder + "/" + file, true, reads);
    }
    for (const std::string& project :
         Matches(Read(folder + "/settings.gradle", false, reads),
                 "(?:^|\\n)include '([^']*)'")) {
      Read(folder + "/" + project + "/build.gradle", true, reads);
    }
  }

  void Sbt(const std::string& folder, FileMap& reads) {
    const std::string text = Read(folder + "/build.sbt", true, reads);
    for (const auto& [path, content] : Below(folder + "/project")) {
      reads[path] = content;
      if (content.find("sbt-dynver") != content.npos) ReadAll(folder, reads);
    }
    for (const std::string& project : Matches(text, "file[(]\"([^\"]*)\"")) {
      Read(folder + "/" + project + "/build.sbt", false, reads);
    }
  }

  void Module(const std::string& folder, FileMap& reads) {
    const std::string text = Read(folder + "/go.mod", true, reads);
    Read(folder + "/go.sum", false, reads);
    for (const std::string& line : SplitAt(text, "\n")) {
      const auto words = Words(line);
      if (words.size() == 4 && words[0] == "replace") {
        Read(Resolve(folder, words[3]) + "/go.mod", true, reads);
      }
    }
  }

  const FileMap& project_;
  const BuildContext& context_;
  BuildResult result_;
  std::string workdir_ = "/";
  int made_ = 0;
};

}  // namespace

BuildResult Build(const std::string& dockerfile, const FileMap& project,
                  const BuildContext& context) {
  return Builder(project, context).Run(dockerfile);
}

BuildContext ContextOf(const FileMap& project,
                       std::optional<std::string> ignore) {
  std::map<std::string, EntryKind> kinds;
  for (const auto& [path, content] : project) {
    std::string up = path;
    EntryKind kind = EntryKind::kFile;
    for (size_t slash = 0; slash != std::string::npos;) {
      kinds.emplace(up, kind);
      slash = up.rfind('/');
      kind = EntryKind::kFolder;
      if (slash != std::string::npos) up.resize(slash);
    }
  }
  auto files = std::make_shared<ContextFiles>();
  for (const auto& [path, kind] : kinds) files->entries.push_back({path, kind});
  files->read = [project](const std::string& path) {
    const auto found = project.find(path);
    return found == project.end() ? std::nullopt : std::optional(found->second);
  };
  return BuildContext(files, ContextOrigin::kNamed, ".dockerignore",
                      std::move(ignore));
}

}  // namespace dfix
