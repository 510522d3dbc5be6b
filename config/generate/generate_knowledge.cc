// Writes the C++ source of a knowledge table from its YAML, at build time.
//
//   generate_knowledge TABLE INPUT.yaml OUTPUT.cc
//
// Each table is one function of tables.h in a file of its own; kTables lists
// them. A fault in the YAML ends the program with
// `file:line:column: what (expected ...)` and leaves no output behind.
#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "config/generate/tables.h"
#include "src/config/checked_yaml.h"

namespace dfix::generate {
namespace {

struct Table {
  std::string_view name;
  std::string (*generate)(const YAML::Node& root);
};

constexpr Table kTables[] = {
    {"apt-packages", GenerateAptPackages},
    {"base-images", GenerateBaseImages},
    {"build-packages", GenerateBuildPackages},
    {"ecosystems", GenerateEcosystems},
    {"package-managers", GeneratePackageManagers},
    {"plain-packages", GeneratePlainPackages},
    {"programs", GeneratePrograms},
    {"project-builders", GenerateProjectBuilders},
    {"slim-images", GenerateSlimImages},
};

// Writes beside the output and renames, so that a failure leaves nothing new.
bool WriteFile(const std::string& path, const std::string& text) {
  std::string temporary = path + ".tmp";
  std::error_code error;
  std::ofstream out(temporary, std::ios::binary);
  out << text;
  out.close();
  if (out) std::filesystem::rename(temporary, path, error);
  if (!out || error) {
    std::filesystem::remove(temporary, error);
    std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
    return false;
  }
  return true;
}

int Report(const std::string& path, const YAML::Mark& mark,
           const std::string& what) {
  // yaml-cpp counts from 0, and has -1 where it knows no place.
  std::fprintf(stderr, "%s:%d:%d: %s\n", path.c_str(), mark.line + 1,
               mark.column + 1, what.c_str());
  return 1;
}

int Generate(const Table& table, const std::string& input,
             const std::string& output) {
  std::ifstream in(input, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) {
    std::fprintf(stderr, "%s: cannot be read\n", input.c_str());
    return 1;
  }
  std::string source;
  try {
    std::vector<YAML::Node> documents = YAML::LoadAll(text.str());
    if (documents.size() != 1) {
      return Report(input, YAML::Mark(),
                    "not one YAML document (expected one)");
    }
    source = table.generate(documents.front());
  } catch (const Fault& fault) {
    return Report(input, fault.mark, fault.what());
  } catch (const YAML::Exception& error) {
    return Report(input, error.mark, error.msg + " (expected YAML)");
  }
  return WriteFile(output,
                   "// Generated from " +
                       std::filesystem::path(input).filename().string() +
                       "; not to be edited.\n" + source)
             ? 0
             : 1;
}

}  // namespace
}  // namespace dfix::generate

int main(int argc, char** argv) {
  try {
    for (const dfix::generate::Table& table : dfix::generate::kTables) {
      if (argc == 4 && table.name == argv[1]) {
        return dfix::generate::Generate(table, argv[2], argv[3]);
      }
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "generate_knowledge: %s\n", error.what());
    return 1;
  }
  std::fprintf(stderr,
               "usage: generate_knowledge TABLE INPUT.yaml OUTPUT.cc\n");
  return 2;
}
