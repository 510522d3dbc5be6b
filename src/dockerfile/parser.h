// Parses a Dockerfile by the rules of BuildKit's parser (frontend/dockerfile/
// parser), scripts inside it included.
#ifndef DFIX_DOCKERFILE_PARSER_H_
#define DFIX_DOCKERFILE_PARSER_H_

#include <string>

#include "src/syntax/document.h"

namespace dfix {

// The tree of `text`, any bytes at all, less than 4 GiB. What BuildKit refuses
// is an Error node and a fatal error; parsing goes on after it.
Document ParseDockerfile(std::string text);

}  // namespace dfix

#endif  // DFIX_DOCKERFILE_PARSER_H_
