#include "src/facts/package_cache.h"

#include <cctype>
#include <optional>
#include <string_view>

#include "src/dockerfile/characters.h"
#include "src/facts/base_image.h"
#include "src/text/glob.h"

namespace dfix {
namespace {

// Whether the words of `sudo` itself say more than that root runs the call:
// another user, another home.
bool SudoHasOptions(const Document& document, const PackageCommand& call) {
  for (const NodeId word : document.Children(call.command)) {
    if (Index(word) <= Index(call.prefix)) continue;
    if (Index(word) >= Index(call.first_word)) break;
    const std::string_view text = document.Text(word);
    if (text.starts_with('-') && text != "-E" && text != "-n" && text != "-S") {
      return true;
    }
  }
  return false;
}

// Whether a USER before the call may be in force that is not known.
bool HasUnknownUser(const Facts& facts, const PackageCommand& call) {
  for (uint32_t i = 0; i < call.instruction; ++i) {
    if (facts.instructions()[i].kind == InstructionKind::kUser &&
        InSameBuild(facts, call.instruction, i)) {
      return true;
    }
  }
  return false;
}

// Whether `source` may give `variable` a value: it stands somewhere, in any
// case, and not only to be read.
bool IsSet(std::string_view source, std::string_view variable) {
  const std::string text = AsciiLower(source);
  const std::string name = AsciiLower(variable);
  for (size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const bool inside =
        std::isalnum(static_cast<unsigned char>(before)) != 0 ||
        std::string_view("_-/$").find(before) != std::string_view::npos;
    const bool read = before == '{' && at >= 2 && text[at - 2] == '$';
    if (!inside && !read) return true;
  }
  return false;
}

// The directory of `cache`; absent if it cannot be told.
std::optional<std::string> PathOf(const Facts& facts,
                                  const PackageCommand& call,
                                  const ManagerCache& cache,
                                  const Account& account) {
  const std::string_view text = facts.document().text();
  if (!cache.variable.empty() && IsSet(text, cache.variable)) {
    const auto value = VariableAt(facts, call.instruction, cache.variable);
    if (!value || !value->starts_with('/')) return std::nullopt;
    std::string path = *value;
    while (path.ends_with('/')) path.pop_back();
    return path + std::string(cache.below);
  }
  if (!cache.images.empty()) {
    const std::string base =
        BaseRepository(facts, facts.instructions()[call.instruction].stage);
    for (const ImagePath& place : cache.images) {
      if (MatchesGlob(place.image, base)) return std::string(place.path);
    }
    return std::nullopt;
  }
  if (cache.path.starts_with('/')) return std::string(cache.path);
  if (account.is_root && !cache.root_path.empty()) {
    return std::string(cache.root_path);
  }
  if (account.home.empty() || IsSet(text, "XDG_CACHE_HOME") ||
      IsSet(text, "XDG_DATA_HOME")) {
    return std::nullopt;
  }
  return account.home + std::string(cache.path.substr(1));
}

}  // namespace

Account AccountAt(const Facts& facts, const PackageCommand& call) {
  const BaseImage* image =
      BaseImageOf(facts, facts.instructions()[call.instruction].stage);
  const auto user = UserAt(facts, call.instruction);
  Account account;
  if (!user && HasUnknownUser(facts, call)) return account;
  if (user) {
    account.name = user->substr(0, user->find(':'));
  } else {
    account.is_assumed = image == nullptr;
    account.name = image == nullptr ? "" : image->runs_as;
  }
  const bool sudo = call.prefix != kNoNode;
  if (account.name.empty() || account.name == "root" || account.name == "0") {
    account.name = "root";
    account.is_root = !sudo || !SudoHasOptions(facts.document(), call);
    if (account.is_root) account.home = "/root";
  } else if (sudo) {
    // It may keep HOME or not.
    account.is_root = !SudoHasOptions(facts.document(), call);
  } else if (image != nullptr) {
    if (const BaseUser* known = FindUser(*image, account.name)) {
      account.home = known->home;
      account.uid = known->uid;
      account.gid = known->gid;
    }
  }
  const InstructionFacts& run = facts.instructions()[call.instruction];
  const auto home = VariableAt(facts, call.instruction, "HOME");
  if (IsSet(facts.document().Text(run.script), "HOME=")) {
    account.home.clear();
  } else if (home || IsSet(facts.document().text(), "HOME=")) {
    account.home = home.value_or("");
  }
  return account;
}

CacheDirectories CachesOf(const Facts& facts, const PackageCommand& call,
                          const Account& account) {
  CacheDirectories out;
  for (const ManagerCache& cache : call.manager->caches) {
    const auto path = PathOf(facts, call, cache, account);
    if (!path) {
      out.unknown = "where `" + std::string(call.manager->name) +
                    "` keeps its cache here is not known";
      return out;
    }
    CacheDirectory directory{*path, cache.sharing, cache.of_builds};
    if (!account.is_root) {
      if (account.uid < 0) {
        out.unknown = "the number of the user `" + account.name +
                      "`, who would own the cache, is not known";
        return out;
      }
      directory.has_owner = true;
      directory.uid = account.uid;
      directory.gid = account.gid;
    }
    out.directories.push_back(std::move(directory));
  }
  return out;
}

}  // namespace dfix
