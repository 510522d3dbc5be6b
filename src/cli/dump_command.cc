#include "src/cli/dump_command.h"

#include <string>
#include <utility>

#include "src/cli/file_io.h"
#include "src/dockerfile/dump.h"
#include "src/dockerfile/parser.h"
#include "src/facts/facts.h"
#include "src/shell/dump.h"

namespace dfix {
namespace {

std::string Dump(DumpKind kind, const std::string& path,
                 const Document& document) {
  switch (kind) {
    case DumpKind::kTokens:
      return DumpTokens(document);
    case DumpKind::kTree:
      return DumpTree(document);
    case DumpKind::kFacts:
      return DumpFacts(Facts(document));
    case DumpKind::kInstructions:
      return InstructionsJson(path, document) + '\n';
    case DumpKind::kScripts:
      return ScriptsJson(path, document);
  }
  return "";
}

}  // namespace

int RunDump(const Options& options, Streams& streams) {
  int status = kExitClean;
  for (const std::string& path : options.paths) {
    Result<std::string> text = ReadFile(path);
    if (!text) {
      streams.Complain(path + ": " + text.error().message);
      status = kExitError;
      continue;
    }
    const Document document = ParseDockerfile(*std::move(text));
    streams.out.Write(Dump(options.dump, path, document));
    if (streams.out.reader_gone()) break;
  }
  return status;
}

}  // namespace dfix
