#include "src/facts/written_files.h"

#include <algorithm>
#include <vector>

#include "src/dockerfile/instructions.h"
#include "src/text/one_of.h"
#include "src/text/search.h"

namespace dfix {

bool LooksWritten(std::string_view path) {
  constexpr std::string_view kParts[] = {
      "cache", "data",    "db",   "log", "logs",   "media",   "sessions",
      "spool", "storage", "temp", "tmp", "upload", "uploads", "var"};
  for (size_t at = 0; at < path.size();) {
    const size_t slash = std::min(path.find('/', at), path.size());
    if (IsOneOf(path.substr(at, slash - at), kParts)) return true;
    at = slash + 1;
  }
  return path.ends_with(".sqlite") || path.ends_with(".sqlite3") ||
         path.ends_with(".db");
}

bool BringsProgram(const Facts& facts, uint32_t copy,
                   const ContainerPrograms& programs) {
  constexpr std::string_view kFolders[] = {
      "app", "bin", "dist", "lib", "src", "node_modules", "vendor", "."};
  const std::vector<std::string> arguments =
      Instruction(facts.document(), facts.instructions()[copy].inner)
          .Arguments();
  for (size_t i = 0; i < arguments.size(); ++i) {
    std::string_view path = arguments[i];
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    const bool is_source = i + 1 < arguments.size();
    if (is_source && IsOneOf(Basename(path), kFolders)) return true;
    for (const ContainerProgram& program : programs.programs) {
      for (const std::string& word : program.words) {
        if (Basename(word) == Basename(path)) return true;
      }
    }
  }
  return false;
}

}  // namespace dfix
