#include "src/facts/runtime_base.h"

#include <utility>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/text/glob.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {
namespace {

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

const RuntimeEntry* EntryFor(std::span<const RuntimeEntry> table,
                             std::string_view builder, std::string_view tag,
                             RuntimeNeed need) {
  for (const RuntimeEntry& entry : table) {
    const bool for_tag =
        entry.tags.empty() ||
        std::any_of(entry.tags.begin(), entry.tags.end(),
                    [&](std::string_view t) { return MatchesGlob(t, tag); });
    if (entry.builder == builder && entry.needs == need && for_tag) {
      return &entry;
    }
  }
  return nullptr;
}

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
  const bool fits = need == RuntimeNeed::kLibc
                        ? HasLibrariesOf(*builder.family, *base.family)
                        : builder.family == base.family;
  if (!fits) {
    return image + " is of `" + family +
           "`, and the program needs libraries of `" +
           std::string(builder.family->name) + "`, with which it is built";
  }
  const Release* release = ReleaseOf(base.image);
  if (release != nullptr && needed != nullptr && release < needed) {
    return image + " is of `" + std::string(release->name) +
           "`, which is older than `" + std::string(needed->name) +
           "`, whose libraries the program needs";
  }
  return "";
}

}  // namespace

std::string TagOf(std::string_view reference) {
  reference = reference.substr(0, reference.find('@'));
  const size_t slash = reference.rfind('/');
  const size_t colon =
      reference.find(':', slash == std::string_view::npos ? 0 : slash);
  return colon == std::string_view::npos
             ? ""
             : std::string(reference.substr(colon + 1));
}

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

RuntimeBase FindRuntimeBase(const Facts& facts, uint32_t stage,
                            std::span<const RuntimeEntry> table,
                            const ProgramNeeds& needs) {
  RuntimeBase base;
  const BaseImage* builder = BaseImageOf(facts, stage);
  const auto parts =
      PartsOfFrom(Instruction(facts.document(), facts.stages()[stage].from));
  if (builder == nullptr || !parts) {
    base.problem = "what it is built on is not known";
    return base;
  }
  const std::string_view reference = *facts.stages()[stage].base;
  const RuntimeEntry* entry =
      EntryFor(table, builder->name, TagOf(reference), needs.need);
  const Release* release = ReleaseOf(reference);
  if (entry != nullptr && !entry->oldest.empty()) {
    release = Newer(release, ReleaseNamed(entry->oldest));
  }
  if (needs.gcc > 0 && release != nullptr) {
    while (release != nullptr && release->gcc < needs.gcc) {
      ++release;
      if (release == Releases().data() + Releases().size()) release = nullptr;
    }
    if (release == nullptr) {
      base.problem = "GCC's own library of C++ is newer than Debian's";
      return base;
    }
  }
  const bool names_release =
      entry != nullptr &&
      (HasText(entry->image, "{release}") || HasText(entry->image, "{number}"));
  if (entry == nullptr || (names_release && release == nullptr)) {
    base.problem = "no image is known for what `" + std::string(builder->name) +
                   "` builds";
    return base;
  }
  base.image = entry->image;
  if (release != nullptr) {
    Fill("{release}", release->name, base.image);
    Fill("{number}", release->number, base.image);
  }
  Fill("{version}", needs.version, base.image);
  base.is_builder = base.image == "{image}";
  Fill("{image}", parts->image, base.image);
  base.entry = base.is_builder ? builder : FindBaseImage(base.image);
  base.family = !entry->family.empty()  ? FamilyNamed(entry->family)
                : base.entry == nullptr ? nullptr
                                        : base.entry->family;
  if (!base.is_builder) {
    base.problem = WhyUnfit(base, *builder, release, needs.need);
  }
  return base;
}

}  // namespace dfix
