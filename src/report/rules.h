// What the tool says about its transforms, from their declarations.
#ifndef DFIX_REPORT_RULES_H_
#define DFIX_REPORT_RULES_H_

#include <span>
#include <string>

#include "src/transform/transform.h"

namespace dfix {

// Everything about one transform, for reading in a terminal.
std::string ExplainTransform(const Transform& transform);

// One line a transform: id, level, title.
std::string ListTransforms(std::span<const Transform* const> transforms);

// All of the declarations, as a JSON array of objects.
std::string TransformsAsJson(std::span<const Transform* const> transforms);

// All of the declarations, as a page of Markdown.
std::string TransformsAsMarkdown(std::span<const Transform* const> transforms);

}  // namespace dfix

#endif  // DFIX_REPORT_RULES_H_
