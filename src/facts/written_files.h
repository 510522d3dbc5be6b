// What names tell of files: whether a program writes them, or is in them.
//
// Left out: what instructions say of them (program_files.h).
#ifndef DFIX_FACTS_WRITTEN_FILES_H_
#define DFIX_FACTS_WRITTEN_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/facts/container_program.h"
#include "src/facts/facts.h"

namespace dfix {

// Whether `path` has a part by which folders for data go, or is a database.
bool LooksWritten(std::string_view path);

// Whether COPY or ADD `copy` brings code: a folder of it, or a file that one of
// `programs` names.
bool BringsProgram(const Facts& facts, uint32_t copy,
                   const ContainerPrograms& programs);

}  // namespace dfix

#endif  // DFIX_FACTS_WRITTEN_FILES_H_
