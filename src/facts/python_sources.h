// What files of a project of Python say about where Python and its programs
// are.
#ifndef DFIX_FACTS_PYTHON_SOURCES_H_
#define DFIX_FACTS_PYTHON_SOURCES_H_

#include <string>

#include "src/context/build_context.h"

namespace dfix {

// Why the project may not work when its packages are in a virtual environment:
// a file that names a program of `/usr/local/bin` (`#!/usr/local/bin/python`),
// or a package that is installed where its sources are. Empty if none is seen.
std::string NeedOfPlace(const BuildContext& context);

}  // namespace dfix

#endif  // DFIX_FACTS_PYTHON_SOURCES_H_
