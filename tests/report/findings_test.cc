#include "src/report/findings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "src/transform/registry.h"

namespace dfix {
namespace {

using Json = nlohmann::json;

// A change, advice, a suppressed change, something left alone, letters of two
// bytes; and a path that every format has to write in its own way.
constexpr std::string_view kPath = "a b/<%\",:|>/Dockerfile";
constexpr std::string_view kText =
    "FROM debian:12\n"
    "RUN echo \xc3\xa4 && apt-get update && apt-get install curl\n"
    "RUN apt-get update && apt-get upgrade -y\n"
    "# dfix ignore=assume-yes\n"
    "RUN apt-get update && apt-get install git\n";

std::vector<Finding> Findings(std::string_view text = kText,
                              bool written = false) {
  EngineOptions options;
  options.transforms = {FindTransform("assume-yes"),
                        FindTransform("drop-upgrade"),
                        FindTransform("skip-recommended-packages")};
  return FindingsOf(kPath, Fix(std::string(text), options), written);
}

std::string Format(ReportFormat format) {
  return FormatFindings(format, Findings());
}

size_t Count(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != text.npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

size_t CountOf(const std::vector<Finding>& findings, FindingState state) {
  size_t count = 0;
  for (const Finding& finding : findings) count += finding.state == state;
  return count;
}

TEST(Findings, AreInTheOrderOfTheFileWithTheirStates) {
  const std::vector<Finding> findings = Findings();
  for (size_t i = 1; i < findings.size(); ++i) {
    EXPECT_LE(findings[i - 1].begin.line, findings[i].begin.line);
  }
  EXPECT_GE(CountOf(findings, FindingState::kPending), 2U);
  EXPECT_EQ(CountOf(findings, FindingState::kAdvice), 1U);
  EXPECT_EQ(CountOf(findings, FindingState::kSuppressed), 1U);
  EXPECT_EQ(CountOf(findings, FindingState::kFixed), 0U);
  EXPECT_EQ(CountOf(Findings(kText, true), FindingState::kPending), 0U);
}

TEST(Findings, CountBytesAndCharacters) {
  for (const Finding& finding : Findings()) {
    if (finding.begin.line != 2) continue;
    EXPECT_EQ(finding.begin.column, finding.begin_character + 1);
    EXPECT_GT(finding.end.column, finding.begin.column);
  }
}

TEST(Findings, TellWhatDoesNotParse) {
  const std::vector<Finding> findings = Findings("FROM a\nENV lonely\n");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].state, FindingState::kError);
  EXPECT_EQ(findings[0].begin.line, 2U);
  const Json sarif =
      Json::parse(FormatFindings(ReportFormat::kSarif, findings));
  EXPECT_EQ(sarif["runs"][0]["results"][0]["level"], "error");
}

TEST(Findings, JsonHasAllAndLinesHaveOneEach) {
  const std::vector<Finding> findings = Findings();
  const Json json = Json::parse(Format(ReportFormat::kJson));
  ASSERT_EQ(json["findings"].size(), findings.size());
  EXPECT_EQ(json["findings"][0]["path"], kPath);
  EXPECT_EQ(json["findings"][0]["state"], "pending");
  const std::string lines = Format(ReportFormat::kJsonl);
  EXPECT_EQ(Count(lines, "\n"), findings.size());
  EXPECT_EQ(Json::parse(lines.substr(0, lines.find('\n'))),
            json["findings"][0]);
}

TEST(Findings, SarifNamesEachRuleOnce) {
  const Json sarif = Json::parse(Format(ReportFormat::kSarif));
  EXPECT_EQ(sarif["version"], "2.1.0");
  const Json& run = sarif["runs"][0];
  const Json& rules = run["tool"]["driver"]["rules"];
  std::set<std::string> ids;
  for (const Json& rule : rules) ids.insert(rule["id"]);
  EXPECT_EQ(ids.size(), rules.size());
  for (const Json& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<size_t>()]["id"], result["ruleId"]);
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"],
              "a%20b/%3C%25%22%2C%3A%7C%3E/Dockerfile");
    EXPECT_GE(place["region"]["endLine"], place["region"]["startLine"]);
  }
}

TEST(Findings, GithubCommandsAreEscaped) {
  const std::string text = Format(ReportFormat::kGithub);
  EXPECT_EQ(Count(text, "file=a b/<%25\"%2C%3A|>/Dockerfile,line="),
            Count(text, "\n"))
      << text;
  EXPECT_EQ(Count(text, "::notice "), 1U);
}

TEST(Findings, GitlabFingerprintsDiffer) {
  std::set<std::string> seen;
  const Json array = Json::parse(Format(ReportFormat::kGitlab));
  for (const Json& entry : array) seen.insert(entry["fingerprint"]);
  EXPECT_EQ(seen.size(), array.size());
  EXPECT_GE(array.size(), 3U);
}

TEST(Findings, CheckstyleIsEscapedXml) {
  const std::string text = Format(ReportFormat::kCheckstyle);
  EXPECT_EQ(Count(text, "<file name=\"a b/&lt;%&quot;,:|&gt;/Dockerfile\">"),
            1U)
      << text;
  EXPECT_EQ(Count(text, "</file>"), 1U);
  EXPECT_EQ(FormatFindings(ReportFormat::kCheckstyle, {}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<checkstyle version=\"4.3\">\n</checkstyle>\n");
}

TEST(Findings, RdjsonHasSeverities) {
  const Json json = Json::parse(Format(ReportFormat::kRdjson));
  EXPECT_EQ(json["source"]["name"], "dfix");
  for (const Json& diagnostic : json["diagnostics"]) {
    EXPECT_TRUE(diagnostic["severity"] == "WARNING" ||
                diagnostic["severity"] == "INFO");
    EXPECT_EQ(diagnostic["location"]["path"], kPath);
  }
}

TEST(Findings, MarkdownCellsKeepTheirBars) {
  const std::string text = Format(ReportFormat::kMarkdown);
  EXPECT_EQ(Count(text, "\\|"), Count(text, "\n") - 2) << text;
}

TEST(Findings, BytesThatAreNoTextBecomeMarks) {
  const std::vector<Finding> findings = FindingsOf("\xff",
                                                   Fix("FROM a\nENV \xff"
                                                       "\n",
                                                       {}),
                                                   false);
  for (const ReportFormat format :
       {ReportFormat::kJson, ReportFormat::kSarif, ReportFormat::kGitlab}) {
    EXPECT_TRUE(Json::accept(FormatFindings(format, findings)));
  }
}

}  // namespace
}  // namespace dfix
