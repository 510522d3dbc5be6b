// Programs that compilers make of sources of Go, Rust and C: which stages have
// the compiler, and what the programs need of the image that they run on.
#ifndef DFIX_FACTS_COMPILED_PROGRAM_H_
#define DFIX_FACTS_COMPILED_PROGRAM_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/facts/base_image.h"
#include "src/facts/build_stage.h"
#include "src/facts/facts.h"
#include "src/facts/runtime_base.h"

namespace dfix {

struct LanguageFacts {
  Language language;
  std::string_view image;    // Of Docker Hub.
  std::string_view workdir;  // Where that begins.
  std::string_view stays;
  std::string_view tool;
  std::span<const std::string_view> variables;
};

// What a stage compiles with, also one of a distribution whose RUNs call a
// compiler of C; null if it is not one of the languages, or may be another
// image.
const LanguageFacts* LanguageOf(const Facts& facts, uint32_t stage);

// What a program needs of its image, by the one that it is built on and the tag
// of that. One of C that an image of GCC built may be linked with that one's
// own library of C++.
ProgramNeeds NeedsOf(const LanguageFacts& language, const BaseImage& image,
                     std::string_view tag, const BuiltProgram& program,
                     bool has_compiler);

// The program that `word`, begun in `folder`, starts; null if none is.
const BuiltProgram* ProgramOf(const std::vector<BuiltProgram>& programs,
                              const std::string& word,
                              const std::string& folder);

// A file of an image with a compiler that `value` names and that is in none of
// `known`; empty if there is none.
std::string FileOfBuildImage(const std::string& value,
                             const std::vector<std::string>& known);

// Whether PATH has the folder in images without a compiler.
bool IsOnEveryPath(std::string_view folder);

}  // namespace dfix

#endif  // DFIX_FACTS_COMPILED_PROGRAM_H_
