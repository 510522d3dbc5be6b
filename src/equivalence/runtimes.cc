#include "src/equivalence/runtimes.h"

#include <algorithm>

namespace dfix::equivalence {
namespace {

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct Name {
  std::string_view path;  // With its slash.
  std::string_view repository;
  std::string_view tag;
};

Name Parse(std::string_view image) {
  const size_t slash = image.rfind('/') + 1;
  const size_t colon = std::min(image.find(':', slash), image.size());
  return {image.substr(0, slash), image.substr(slash, colon - slash),
          image.substr(std::min(colon + 1, image.size()))};
}

bool RunsNet(const Name& build, const Name& run) {
  const bool runs = run.repository == "runtime" || run.repository == "aspnet" ||
                    run.repository == "runtime-deps";
  return build.repository == "sdk" && runs && Has(build.path, "/dotnet/") &&
         build.path == run.path && build.tag == run.tag && !run.tag.empty();
}

enum class Vendor { kNone, kTemurin, kCorretto, kOpenJdk };

Vendor VendorOf(const Name& image) {
  const std::string_view repository = image.repository;
  if (repository == "gradle") return Vendor::kTemurin;
  const std::string_view text = repository == "maven" ? image.tag : repository;
  if (Has(text, "temurin")) return Vendor::kTemurin;
  if (Has(text, "corretto")) return Vendor::kCorretto;
  const bool openjdk = text == "openjdk" || text == "java" || Has(text, "jdk-");
  return openjdk ? Vendor::kOpenJdk : Vendor::kNone;
}

// The number at the begin of `text`; empty if there is none.
std::string_view Number(std::string_view text) {
  return text.substr(
      0, std::min(text.find_first_not_of("0123456789"), text.size()));
}

// Java's major version; empty if the tag does not say it.
std::string_view VersionOf(const Name& image) {
  if (image.repository != "maven" && image.repository != "gradle") {
    return Number(image.tag);
  }
  for (const std::string_view before :
       {"temurin-", "corretto-", "jdk-", "jdk"}) {
    const size_t at = image.tag.rfind(before);
    if (at == std::string_view::npos) continue;
    return Number(image.tag.substr(at + before.size()));
  }
  return "";
}

}  // namespace

bool RunsWhatItBuilds(std::string_view build, std::string_view run) {
  if (build == run) return true;
  if (Has(build, "@") || Has(run, "@")) return false;
  const Name from = Parse(build);
  const Name to = Parse(run);
  if (RunsNet(from, to)) return true;
  const Vendor vendor = VendorOf(to);
  return to.repository != "maven" && to.repository != "gradle" &&
         vendor != Vendor::kNone && vendor == VendorOf(from) &&
         !VersionOf(to).empty() && VersionOf(to) == VersionOf(from) &&
         Has(from.tag, "alpine") == Has(to.tag, "alpine");
}

bool IsNamedByUser(const std::vector<std::string_view>& images,
                   std::string_view build, std::string_view run) {
  const auto is_it = [&](std::string_view image) {
    std::string pattern(image);
    if (const size_t own = pattern.find("{image}"); own != pattern.npos) {
      pattern.replace(own, 7, build);
    }
    size_t at = 0;  // Of `run`.
    size_t begin = 0;
    while (true) {
      const size_t end = std::min(pattern.find('{', begin), pattern.size());
      const std::string text = pattern.substr(begin, end - begin);
      const bool last = end == pattern.size();
      const size_t found = begin == 0 ? 0
                           : last
                               ? run.size() - std::min(text.size(), run.size())
                               : run.find(text, at);
      if (found == run.npos || found < at ||
          run.substr(found, text.size()) != text) {
        return false;
      }
      at = found + text.size();
      if (last) return at == run.size();
      begin = pattern.find('}', end);
      if (begin == pattern.npos) return false;
      ++begin;
    }
  };
  return std::any_of(images.begin(), images.end(), is_it);
}

std::vector<std::string> StartWords(const Trace& trace, uint32_t stage) {
  std::vector<std::string> words;
  for (const InstructionKind kind :
       {InstructionKind::kEntrypoint, InstructionKind::kCmd}) {
    const Step* step = trace.HalfOf(stage, kind).step;
    if (step == nullptr) continue;
    if (step->json) {
      words.insert(words.end(), step->arguments.begin(), step->arguments.end());
      continue;
    }
    const List* script = trace.ScriptOf(*step);
    const Command* command = script != nullptr && script->items.size() == 1
                                 ? OnlySimple(script->items[0])
                                 : nullptr;
    if (command == nullptr || !words.empty()) return {};
    for (const Word& word : command->words) words.push_back(word.text);
    return words;
  }
  return words;
}

std::optional<std::vector<std::string>> LoadedFiles(
    std::vector<std::string> words) {
  const bool shell =
      words.size() == 3 && words[0].ends_with("sh") && words[1] == "-c";
  if (shell) {
    std::string script = words[2];
    words.clear();
    for (size_t at = 0; at < script.size();) {
      const size_t end = std::min(script.find(' ', at), script.size());
      if (end > at) words.push_back(script.substr(at, end - at));
      at = end + 1;
    }
  }
  if (!words.empty() && words[0] == "exec") words.erase(words.begin());
  if (words.empty()) return std::nullopt;
  const std::string program = words[0].substr(words[0].rfind('/') + 1);
  if (program == "dotnet") {
    const auto assembly = std::find_if(
        words.begin() + 1, words.end(),
        [](const std::string& word) { return word.ends_with(".dll"); });
    if (assembly == words.end()) return std::nullopt;
    return std::vector{*assembly};
  }
  if (program != "java") return std::nullopt;
  std::vector<std::string> files;
  for (size_t i = 1; i < words.size(); ++i) {
    // Options may stand between `-jar` and its file.
    if (words[i] == "-jar") {
      while (++i < words.size() && words[i].starts_with('-')) continue;
      if (i == words.size()) return std::nullopt;
      return std::vector{words[i]};
    }
    const bool path = words[i - 1] == "-cp" || words[i - 1] == "-classpath" ||
                      words[i - 1] == "--class-path";
    if (!path) continue;
    for (size_t at = 0; at <= words[i].size();) {
      const size_t colon = std::min(words[i].find(':', at), words[i].size());
      files.push_back(words[i].substr(at, colon - at));
      at = colon + 1;
    }
  }
  // Else Java looks where it starts.
  if (files.empty()) files = {"."};
  return files;
}

}  // namespace dfix::equivalence
