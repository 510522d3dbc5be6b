// What Maven reads to know the dependencies of a project: its pom.xml, those of
// its modules, and those of their parents.
#include <string>
#include <vector>

#include "src/context/paths.h"
#include "src/facts/install_reader.h"
#include "src/text/search.h"

namespace dfix {
namespace {

std::string WithoutComments(std::string text) {
  for (size_t at = text.find("<!--"); at != std::string::npos;
       at = text.find("<!--", at)) {
    const size_t end = text.find("-->", at);
    text.erase(at, end == std::string::npos ? end : end + 3 - at);
  }
  return text;
}

// What is in each element called `name`, without blanks around it.
std::vector<std::string> ElementsOf(const std::string& text,
                                    const std::string& name) {
  std::vector<std::string> values;
  const std::string open = '<' + name + '>';
  for (size_t at = text.find(open); at != std::string::npos;
       at = text.find(open, at + 1)) {
    const size_t begin = at + open.size();
    const std::string_view inside =
        std::string_view(text).substr(begin, text.find('<', begin) - begin);
    values.emplace_back(Trimmed(inside));
  }
  return values;
}

}  // namespace

// Adds the project file at `place`, a file or a folder relative to `folder`. It
// need not be there: a profile that is not active may name it.
void InstallReader::AddPom(const std::string& folder,
                           const std::string& place) {
  if (HasText(place, "$")) {
    return Fail(InBackticks(place) + " in a `pom.xml` is not known");
  }
  const std::string path = JoinPath(folder, place);
  Add(path.ends_with(".xml") ? path : JoinPath(path, "pom.xml"));
}

void InstallReader::AddMavenModules(const ImageFile& pom) {
  CheckTexts(pom);
  const std::string text = WithoutComments(TextOf(pom));
  const std::string folder = ParentPath(pom.target);
  for (const std::string& module : ElementsOf(text, "module")) {
    AddPom(folder, module);
  }
  if (!HasText(text, "<parent>")) return;
  const auto places = ElementsOf(text, "relativePath");
  const bool from_repository = HasText(text, "<relativePath/>") ||
                               HasText(text, "<relativePath />") ||
                               (!places.empty() && places[0].empty());
  if (!from_repository) {
    AddPom(folder, places.empty() ? "../pom.xml" : places[0]);
  }
}

void InstallReader::ReadMavenModules() {
  if (!image_.has_context()) return;
  RefuseTexts(At(".mvn/extensions.xml"), {"git", "jgit"});
  RefuseTexts(At(".mvn/maven.config"),
              {"-s", "-gs", "-f", "-t", "file", "settings", "toolchain"});
  // The list grows on the way.
  for (size_t i = 0; i < reads_.files.size() && !failed(); ++i) {
    const ImageFile file = reads_.files[i];
    if (file.target.ends_with(".xml")) AddMavenModules(file);
  }
  if (reads_.files.size() > kMostManifests) {
    Fail("there are too many modules to name each");
  }
}

}  // namespace dfix
