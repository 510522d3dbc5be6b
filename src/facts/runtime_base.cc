#include "src/facts/runtime_base.h"

#include <optional>
#include <regex>
#include <utility>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/facts/project_builder.h"
#include "src/text/glob.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

// Docker's limit. (Long texts are too much for std::regex.)
constexpr size_t kLongestTag = 128;

// The numbers that a version or tag begins with.
std::vector<int> Numbers(std::string_view text) {
  std::vector<int> numbers;
  size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    int number = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      number = std::min(number * 10 + (text[at] - '0'), 99999);
    }
    numbers.push_back(number);
    if (at < text.size() && text[at] == '.') ++at;
  }
  return numbers;
}

// Whether a tag has a number that is not above `most`, as far as that goes.
bool IsUpTo(std::string_view tag, std::string_view most) {
  if (most.empty()) return true;
  const std::vector<int> limit = Numbers(most);
  std::vector<int> numbers = Numbers(tag);
  if (numbers.size() < limit.size()) return false;
  numbers.resize(limit.size());
  return numbers <= limit;
}

// Whether a tag of the distribution itself begins with the release's number.
bool HasNumber(std::string_view tag, std::string_view number) {
  return tag == number ||
         (tag.starts_with(number) &&
          (tag[number.size()] == '.' || tag[number.size()] == '-'));
}

const Release* ReleaseNamed(std::string_view name) {
  for (const Release& release : Releases()) {
    if (release.name == name) return &release;
  }
  return nullptr;
}

const ImageFamily* FamilyNamed(std::string_view name) {
  for (const ImageFamily& family : ImageFamilies()) {
    if (family.name == name) return &family;
  }
  return nullptr;
}

// The newer of two releases, either of which may be null.
const Release* Newer(const Release* one, const Release* other) {
  if (one == nullptr || other == nullptr) return one == nullptr ? other : one;
  return one < other ? other : one;
}

void Fill(std::string_view place, std::string_view value, std::string& text) {
  if (const size_t at = text.find(place); at != std::string::npos) {
    text.replace(at, place.size(), value);
  }
}

// The image that an entry names for what the image `reference` builds, with
// what its pattern matched filled in; absent if it is for other tags.
std::optional<std::string> ImageFor(const RuntimeEntry& entry,
                                    std::string_view reference) {
  const std::string tag = TagOf(reference);
  const bool for_tag =
      entry.tags.empty() ||
      std::any_of(entry.tags.begin(), entry.tags.end(),
                  [&](std::string_view t) { return MatchesGlob(t, tag); });
  if (!for_tag) return std::nullopt;
  std::string image(entry.image);
  if (entry.tag.empty()) return image;
  const bool has_digest = reference.find('@') != std::string_view::npos;
  if (has_digest || tag.size() > kLongestTag) return std::nullopt;
  const std::string text = tag.empty() ? "latest" : tag;
  const std::regex pattern(entry.tag.begin(), entry.tag.end());
  std::smatch match;
  if (!std::regex_match(text, match, pattern)) return std::nullopt;
  if (match.size() > 1) Fill("{1}", match[1].str(), image);
  if (match.size() > 2) Fill("{2}", match[2].str(), image);
  return image;
}

// Chooses the entry for what `builder` builds. Its image is empty if there is
// none.
RuntimeBase ChooseEntry(std::span<const RuntimeEntry> table,
                        std::string_view builder, std::string_view reference,
                        RuntimeNeed need) {
  RuntimeBase base;
  for (const RuntimeEntry& entry : table) {
    if (entry.builder != builder || entry.needs != need) continue;
    auto image = ImageFor(entry, reference);
    if (!image) continue;
    base.image = *std::move(image);
    base.row = &entry;
    break;
  }
  return base;
}

bool IsManaged(RuntimeNeed need) { return need >= RuntimeNeed::kJava; }

// Whether a program that is linked with libraries of `builder` finds them in an
// image of `family`.
bool HasLibrariesOf(const ImageFamily& builder, const ImageFamily& family) {
  return builder.name == family.name ||
         (builder.name == "debian" && family.name == "distroless");
}

// Why the image does not do for the program; else empty.
std::string WhyUnfit(const RuntimeBase& base, const BaseImage& builder,
                     const Release* needed, RuntimeNeed need) {
  const std::string image = '`' + base.image + '`';
  if (base.family == nullptr) {
    return "what " + image +
           " is made of is not known: give its `family` in `runtime-images`";
  }
  const std::string family(base.family->name);
  if (base.family->is_windows) return image + " is of Windows";
  if (need == RuntimeNeed::kNothing) return "";
  if (need != RuntimeNeed::kLibc && base.family->no_shell) {
    return image + " is of `" + family + "`, which has no shell";
  }
  if (need == RuntimeNeed::kWeb) return "";
  if (builder.family == nullptr) {
    return "what the image is made of that it is built on is not known";
  }
  // Libraries that packages of Java and .NET bring are for one C library.
  const bool musl = builder.family->name == "alpine";
  const bool fits = IsManaged(need) ? musl == (family == "alpine")
                    : need == RuntimeNeed::kLibc
                        ? HasLibrariesOf(*builder.family, *base.family)
                        : builder.family == base.family;
  if (!fits) {
    return image + " is of `" + family +
           "`, and the program needs libraries of `" +
           std::string(builder.family->name) + "`, with which it is built";
  }
  if (IsManaged(need)) return "";
  const Release* release = ReleaseOf(base.image);
  if (release != nullptr && needed != nullptr && release < needed) {
    return image + " is of `" + std::string(release->name) +
           "`, which is older than `" + std::string(needed->name) +
           "`, whose libraries the program needs";
  }
  return "";
}

}  // namespace

const Release* ReleaseOf(std::string_view reference) {
  const BaseImage* image = FindBaseImage(reference);
  const std::string tag = TagOf(reference);
  for (const Release& release : Releases()) {
    const bool of_system = image != nullptr && image->name == release.family;
    if (HasText(tag, release.name) ||
        (of_system && HasNumber(tag, release.number)) ||
        // `gcr.io/distroless/base-debian12`
        HasText(reference,
                std::string(release.family) + std::string(release.number))) {
      return &release;
    }
  }
  if (image == nullptr || image->family == nullptr) return nullptr;
  for (const BuiltOn& built_on : BuiltOnReleases()) {
    const Release* release = ReleaseNamed(built_on.release);
    if (image->name == built_on.image && release != nullptr &&
        release->family == image->family->name && IsUpTo(tag, built_on.up_to)) {
      return release;
    }
  }
  return nullptr;
}

bool HasUser(const RuntimeBase& base, std::string_view user,
             std::span<const std::string> made) {
  for (size_t at = 0; at <= user.size();) {
    const size_t colon = std::min(user.find(':', at), user.size());
    const std::string_view name = user.substr(at, colon - at);
    const auto is_it = [&](const BaseUser& of) { return of.name == name; };
    const bool of_image =
        base.entry != nullptr && FindUser(*base.entry, name) != nullptr;
    const bool of_family =
        base.family != nullptr && std::any_of(base.family->users.begin(),
                                              base.family->users.end(), is_it);
    const bool of_all = name == "root" || name == "nobody" ||
                        std::find(made.begin(), made.end(), name) != made.end();
    if (!IsNumber(name) && !of_image && !of_family && !of_all) return false;
    at = colon + 1;
  }
  return true;
}

namespace {

// The release that the program needs, `own` that of the image which builds it;
// a problem if there is none.
const Release* NeededRelease(const Release* own, const ProgramNeeds& needs,
                             RuntimeBase& base) {
  if (base.row != nullptr && !base.row->oldest.empty()) {
    own = Newer(own, ReleaseNamed(base.row->oldest));
  }
  if (needs.gcc == 0 || own == nullptr) return own;
  const Release* end = Releases().data() + Releases().size();
  while (own != end && own->gcc < needs.gcc) ++own;
  if (own != end) return own;
  base.problem = "GCC's own library of C++ is newer than Debian's";
  return nullptr;
}

// Fills in what an entry says of the image that builds. False if something is
// not known.
bool FillImage(std::string_view reference, const Release* release,
               RuntimeBase& base) {
  const bool names_release =
      HasText(base.image, "{release}") || HasText(base.image, "{number}");
  if (names_release && release == nullptr) return false;
  if (release != nullptr) {
    Fill("{release}", release->name, base.image);
    Fill("{number}", release->number, base.image);
  }
  const std::string version = VersionInTag(reference);
  if (HasText(base.image, "{version}") && version.empty()) return false;
  Fill("{version}", version, base.image);
  Fill("{registry}", RegistryOf(reference), base.image);
  return true;
}

// The same for an image that FROM has `written` in another way, with variables.
RuntimeBase Find(std::string_view reference, std::string_view written,
                 std::span<const RuntimeEntry> table,
                 const ProgramNeeds& needs) {
  const BaseImage* builder = FindBaseImage(reference);
  RuntimeBase base;
  if (builder == nullptr) {
    base.problem = "what it is built on is not known";
    return base;
  }
  base = ChooseEntry(table, builder->name, reference, needs.need);
  const Release* release = NeededRelease(ReleaseOf(reference), needs, base);
  if (!base.problem.empty()) return base;
  if (base.row == nullptr || !FillImage(reference, release, base)) {
    base.problem = "no image is known that only runs what `" +
                   std::string(reference) + "` builds";
    base.row = nullptr;
    return base;
  }
  base.is_builder = base.image == "{image}";
  Fill("{image}", written, base.image);
  base.entry = base.is_builder ? builder : FindBaseImage(base.image);
  base.family = !base.row->family.empty() ? FamilyNamed(base.row->family)
                : base.entry == nullptr   ? nullptr
                                          : base.entry->family;
  if (!base.is_builder) {
    base.problem = WhyUnfit(base, *builder, release, needs.need);
  }
  return base;
}

}  // namespace

RuntimeBase FindRuntimeBase(const Facts& facts, uint32_t stage,
                            std::span<const RuntimeEntry> table,
                            const ProgramNeeds& needs) {
  const auto& base = facts.stages()[stage].base;
  const NodeId from = facts.stages()[stage].from;
  const auto parts = from == kNoNode
                         ? std::nullopt
                         : PartsOfFrom(Instruction(facts.document(), from));
  return Find(base && parts ? *base : "", parts ? parts->image : "", table,
              needs);
}

RuntimeBase FindRuntimeBase(std::string_view builder,
                            std::span<const RuntimeEntry> table,
                            const ProgramNeeds& needs) {
  return Find(builder, builder, table, needs);
}

}  // namespace dfix
