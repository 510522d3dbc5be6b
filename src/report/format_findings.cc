#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/report/findings.h"

namespace dfix {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kErrorId = "syntax";

std::string_view IdOf(const Finding& finding) {
  return finding.transform == nullptr ? kErrorId : finding.transform->id;
}

std::string_view Name(FindingState state) {
  constexpr std::string_view kNames[] = {
      "pending",    "fixed",      "advice", "available",
      "left-alone", "suppressed", "error"};
  return kNames[static_cast<size_t>(state)];
}

// What a person sees in front of the message.
std::string_view LabelOf(const Finding& finding) {
  return finding.state == FindingState::kPending ||
                 finding.state == FindingState::kFixed
             ? dfix::Name(finding.level)
             : Name(finding.state);
}

bool IsToBeDealtWith(const Finding& finding) {
  return finding.state == FindingState::kPending ||
         finding.state == FindingState::kAdvice ||
         finding.state == FindingState::kError;
}

// One of three names, for an error, a change, advice.
std::string_view Severity(const Finding& finding, std::string_view error,
                          std::string_view change, std::string_view advice) {
  if (finding.state == FindingState::kError) return error;
  return finding.state == FindingState::kAdvice ? advice : change;
}

// Bytes that are no UTF-8 become U+FFFD.
std::string Dump(const Json& json, int indent = 2) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string PlaceOf(const Finding& finding) {
  return finding.path + ':' + std::to_string(finding.begin.line) + ':' +
         std::to_string(finding.begin.column);
}

std::string Concise(std::span<const Finding> findings) {
  std::string out;
  for (const Finding& finding : findings) {
    if (!IsToBeDealtWith(finding)) continue;
    out += PlaceOf(finding) + ": " + std::string(LabelOf(finding)) + ": " +
           finding.message + " [" + std::string(IdOf(finding)) + "]\n";
  }
  return out;
}

Json AsJson(const Finding& finding) {
  Json json = {{"path", finding.path},
               {"line", finding.begin.line},
               {"column", finding.begin.column},
               {"end_line", finding.end.line},
               {"end_column", finding.end.column},
               {"state", Name(finding.state)},
               {"id", IdOf(finding)}};
  if (finding.transform != nullptr) json["level"] = dfix::Name(finding.level);
  json["message"] = finding.message;
  return json;
}

std::string AsJsonArray(std::span<const Finding> findings) {
  Json array = Json::array();
  for (const Finding& finding : findings) array.push_back(AsJson(finding));
  return Dump({{"version", 1}, {"findings", std::move(array)}});
}

std::string AsJsonLines(std::span<const Finding> findings) {
  std::string out;
  for (const Finding& finding : findings) out += Dump(AsJson(finding), -1);
  return out;
}

// `path` as a relative reference of a URI.
std::string AsUri(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string uri;
  for (const char c : path.starts_with("./") ? path.substr(2) : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      char code[4];
      std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(c));
      uri += code;
    }
  }
  return uri;
}

Json SarifRule(std::string_view id, const Transform* transform) {
  if (transform == nullptr) {
    return {{"id", id},
            {"shortDescription", {{"text", "The file does not parse"}}}};
  }
  return {
      {"id", id},
      {"shortDescription", {{"text", transform->title}}},
      {"fullDescription", {{"text", transform->why}}},
      {"help", {{"text", "Left alone: " + std::string(transform->left_alone)}}},
      {"properties",
       {{"level", dfix::Name(transform->level)},
        {"aliases", std::vector<std::string>(transform->aliases.begin(),
                                             transform->aliases.end())}}}};
}

std::string Sarif(std::span<const Finding> findings) {
  std::map<std::string_view, size_t> numbers;
  Json rules = Json::array();
  Json results = Json::array();
  for (const Finding& finding : findings) {
    if (!IsToBeDealtWith(finding)) continue;
    const std::string_view id = IdOf(finding);
    const auto [number, is_new] = numbers.emplace(id, numbers.size());
    if (is_new) rules.push_back(SarifRule(id, finding.transform));
    const Json region = {{"startLine", finding.begin.line},
                         {"startColumn", finding.begin_character},
                         {"endLine", finding.end.line},
                         {"endColumn", finding.end_character}};
    const Json place = {{"artifactLocation", {{"uri", AsUri(finding.path)}}},
                        {"region", region}};
    results.push_back(
        {{"ruleId", id},
         {"ruleIndex", number->second},
         {"level", Severity(finding, "error", "warning", "note")},
         {"message", {{"text", finding.message}}},
         {"locations", Json::array({Json{{"physicalLocation", place}}})}});
  }
  const Json driver = {{"name", "dfix"}, {"rules", rules}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"results", results}};
  return Dump({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
               {"version", "2.1.0"},
               {"runs", Json::array({run})}});
}

// For the command lines of GitHub's runner.
std::string Escaped(std::string_view text, bool in_property) {
  std::string out;
  for (const char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (in_property && c == ':') {
      out += "%3A";
    } else if (in_property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Github(std::span<const Finding> findings) {
  std::string out;
  for (const Finding& finding : findings) {
    if (!IsToBeDealtWith(finding)) continue;
    out += "::" + std::string(Severity(finding, "error", "warning", "notice")) +
           " file=" + Escaped(finding.path, true) +
           ",line=" + std::to_string(finding.begin.line) +
           ",endLine=" + std::to_string(finding.end.line) +
           ",col=" + std::to_string(finding.begin.column) + ",title=dfix " +
           std::string(IdOf(finding)) + "::" + Escaped(finding.message, false) +
           '\n';
  }
  return out;
}

// FNV-1a.
std::string Fingerprint(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(hash));
  return digits;
}

std::string Gitlab(std::span<const Finding> findings) {
  // The same finding in another place of a file keeps a name of its own.
  std::map<std::string, int> seen;
  Json array = Json::array();
  for (const Finding& finding : findings) {
    if (!IsToBeDealtWith(finding)) continue;
    const std::string what = finding.path + '\n' + std::string(IdOf(finding)) +
                             '\n' + finding.message;
    const int count = ++seen[what];
    array.push_back(
        {{"description", finding.message},
         {"check_name", IdOf(finding)},
         {"fingerprint", Fingerprint(what + '\n' + std::to_string(count))},
         {"severity", Severity(finding, "major", "minor", "info")},
         {"location",
          {{"path", finding.path},
           {"lines",
            {{"begin", finding.begin.line}, {"end", finding.end.line}}}}}});
  }
  return Dump(array);
}

std::string XmlText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':
        out += ' ';
        break;
      default:
        // XML has no other control characters.
        out += static_cast<unsigned char>(c) < ' ' ? '?' : c;
    }
  }
  return out;
}

std::string Checkstyle(std::span<const Finding> findings) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<checkstyle version=\"4.3\">\n";
  std::string_view path;
  for (const Finding& finding : findings) {
    if (!IsToBeDealtWith(finding)) continue;
    if (finding.path != path) {
      if (!path.empty()) out += "  </file>\n";
      path = finding.path;
      out += "  <file name=\"" + XmlText(path) + "\">\n";
    }
    out += "    <error line=\"" + std::to_string(finding.begin.line) +
           "\" column=\"" + std::to_string(finding.begin.column) +
           "\" severity=\"" +
           std::string(Severity(finding, "error", "warning", "info")) +
           "\" message=\"" + XmlText(finding.message) + "\" source=\"dfix." +
           std::string(IdOf(finding)) + "\"/>\n";
  }
  if (!path.empty()) out += "  </file>\n";
  return out + "</checkstyle>\n";
}

std::string Rdjson(std::span<const Finding> findings) {
  Json diagnostics = Json::array();
  for (const Finding& finding : findings) {
    if (!IsToBeDealtWith(finding)) continue;
    const auto position = [](LineColumn at) {
      return Json{{"line", at.line}, {"column", at.column}};
    };
    diagnostics.push_back(
        {{"message", finding.message},
         {"location",
          {{"path", finding.path},
           {"range",
            {{"start", position(finding.begin)},
             {"end", position(finding.end)}}}}},
         {"severity", Severity(finding, "ERROR", "WARNING", "INFO")},
         {"code", {{"value", IdOf(finding)}}}});
  }
  return Dump({{"source", {{"name", "dfix"}}}, {"diagnostics", diagnostics}});
}

std::string MarkdownCell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

std::string Markdown(std::span<const Finding> findings) {
  if (findings.empty()) return "dfix found nothing.\n";
  std::string out =
      "| place | | what | transform |\n"
      "| --- | --- | --- | --- |\n";
  for (const Finding& finding : findings) {
    out += "| " + MarkdownCell(PlaceOf(finding)) + " | " +
           std::string(LabelOf(finding)) + " | " +
           MarkdownCell(finding.message) + " | `" + std::string(IdOf(finding)) +
           "` |\n";
  }
  return out;
}

}  // namespace

std::string FormatFindings(ReportFormat format,
                           std::span<const Finding> findings) {
  switch (format) {
    case ReportFormat::kFull:
    case ReportFormat::kConcise:
      return Concise(findings);
    case ReportFormat::kJson:
      return AsJsonArray(findings);
    case ReportFormat::kJsonl:
      return AsJsonLines(findings);
    case ReportFormat::kSarif:
      return Sarif(findings);
    case ReportFormat::kGithub:
      return Github(findings);
    case ReportFormat::kGitlab:
      return Gitlab(findings);
    case ReportFormat::kCheckstyle:
      return Checkstyle(findings);
    case ReportFormat::kRdjson:
      return Rdjson(findings);
    case ReportFormat::kMarkdown:
      return Markdown(findings);
  }
  return "";
}

}  // namespace dfix
