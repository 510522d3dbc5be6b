#include "src/verify/verification_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "src/edit/change.h"
#include "src/verify/quantities.h"

namespace dfix {
namespace {

using Json = nlohmann::ordered_json;

using Row = std::vector<std::string>;

// A table under a heading of its own; the first row names the columns.
struct Table {
  std::string heading;
  std::vector<Row> rows;
};

// `text` without the colours and other commands that terminals obey: it comes
// from programs that were built.
std::string Plain(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] == '[') {
      i += 2;
      while (i < text.size() && (text[i] < '@' || text[i] > '~')) ++i;
    } else if (static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\t') {
      out += text[i];
    }
  }
  return out;
}

std::string Indented(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    out += "    " + Plain(line) + '\n';
  }
  return out;
}

Row BuildRow(const char* name, const std::optional<BuildResult>& before,
             const std::optional<BuildResult>& after) {
  if (!before || !after) return {};
  const auto text = [](const BuildResult& build) {
    return build.ok ? FormatSeconds(build.seconds) : "fails";
  };
  return {name, text(*before), text(*after),
          before->ok && after->ok
              ? FormatChange(before->seconds, after->seconds)
              : ""};
}

std::string CachedText(const BuildResult& build) {
  return std::to_string(build.cached) + " of " + std::to_string(build.steps);
}

Table Measured(const Verification& v) {
  const Measurement& before = v.before;
  const Measurement& after = v.after;
  Table table = {"", {{"", "before", "after", "change"}}};
  auto& rows = table.rows;
  rows.push_back({"builds", before.cold.ok ? "yes" : "no",
                  after.cold.ok ? "yes" : "no", ""});
  if (!after.cold.ok) return table;
  rows.push_back({"image size", FormatBytes(before.image.size),
                  FormatBytes(after.image.size),
                  FormatChange(static_cast<double>(before.image.size),
                               static_cast<double>(after.image.size))});
  rows.push_back({"layers", std::to_string(before.image.layers),
                  std::to_string(after.image.layers), ""});
  if (v.files.files_before > 0) {
    rows.push_back({"files", std::to_string(v.files.files_before),
                    std::to_string(v.files.files_after), ""});
  }
  rows.push_back(BuildRow("cold build", before.cold, after.cold));
  if (before.rebuild && after.rebuild) {
    rows.push_back({"rebuild, steps cached", CachedText(*before.rebuild),
                    CachedText(*after.rebuild), ""});
    rows.push_back({"rebuild, RUNs repeated",
                    std::to_string(before.rebuild->commands_run),
                    std::to_string(after.rebuild->commands_run), ""});
    rows.push_back(BuildRow("rebuild", before.rebuild, after.rebuild));
  }
  return table;
}

Table Behaviour(const Verification& v) {
  Table table = {"What runs", {{"", "before", "after", ""}}};
  for (const Aspect& aspect : v.run) {
    table.rows.push_back({aspect.name, aspect.before, aspect.after,
                          std::string(Name(aspect.verdict))});
  }
  return table;
}

Table Configuration(const Verification& v) {
  Table table = {"Configuration", {{"", "before", "after", ""}}};
  for (const Aspect& aspect : v.config) {
    table.rows.push_back(
        {aspect.name, aspect.before, aspect.after,
         aspect.verdict == Verdict::kDiffers ? "differs" : ""});
  }
  return table;
}

Table Folders(const char* heading, const FolderShare& all,
              const std::vector<FolderShare>& folders) {
  Table table = {std::string(heading) + ": " + CountOf(all.files, "file") +
                     ", " + FormatBytes(all.bytes),
                 {{"folder", "files", "size"}}};
  for (const FolderShare& folder : folders) {
    table.rows.push_back({folder.path.empty() ? "/" : folder.path,
                          std::to_string(folder.files),
                          FormatBytes(folder.bytes)});
  }
  return table;
}

Table Transforms(const Verification& v) {
  Table table = {"Each transform, on top of those above it",
                 {{"transform", "changes", "size", "cold build", "rebuild",
                   "steps cached"}}};
  for (const TransformStep& step : v.transforms) {
    const double bytes = static_cast<double>(step.size_after) -
                         static_cast<double>(step.size_before);
    const auto delta = [](double before, double after) {
      const double seconds = after - before;
      return (seconds < 0 ? "" : "+") + FormatSeconds(seconds);
    };
    Row row = {step.id, std::to_string(step.changes)};
    if (!step.cold_after.ok || !step.cold_before.ok) {
      row.insert(row.end(), {"does not build", "", "", ""});
    } else {
      row.push_back((bytes < 0 ? "-" : "+") +
                    FormatBytes(static_cast<uint64_t>(std::abs(bytes))));
      row.push_back(delta(step.cold_before.seconds, step.cold_after.seconds));
      const bool rebuilt = step.rebuild_before && step.rebuild_after;
      row.push_back(rebuilt ? delta(step.rebuild_before->seconds,
                                    step.rebuild_after->seconds)
                            : "");
      row.push_back(rebuilt ? CachedText(*step.rebuild_before) + " to " +
                                  CachedText(*step.rebuild_after)
                            : "");
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<Table> Tables(const Verification& v) {
  std::vector<Table> out = {Measured(v)};
  if (!v.after.cold.ok) return out;
  if (!v.run.empty()) out.push_back(Behaviour(v));
  if (!v.config.empty()) out.push_back(Configuration(v));
  if (v.files.left.files > 0) {
    out.push_back(
        Folders("Left the image", v.files.left, v.files.left_folders));
  }
  if (v.files.came.files > 0) {
    out.push_back(
        Folders("Came to the image", v.files.came, v.files.came_folders));
  }
  if (!v.transforms.empty()) out.push_back(Transforms(v));
  return out;
}

// What does not fit into tables, one line each.
std::vector<std::string> Remarks(const Verification& v) {
  std::vector<std::string> out;
  if (!v.touched.empty()) {
    out.push_back("the rebuild came after an edit to `" + v.touched + '`');
  }
  if (v.files.changed > 0) {
    std::string line = CountOf(v.files.changed, "file") + " changed: ";
    for (const std::string& path : v.files.changed_paths) {
      line += (line.ends_with(": ") ? "" : ", ") + path;
    }
    if (v.files.changed > v.files.changed_paths.size()) line += ", ...";
    out.push_back(std::move(line));
  }
  for (const Aspect& aspect : v.run) {
    if (aspect.detail.empty()) continue;
    std::string line = aspect.name + ' ' + std::string(Name(aspect.verdict));
    std::istringstream details(aspect.detail);
    for (std::string detail; std::getline(details, detail);) {
      line += "\n    " + Plain(detail);
    }
    out.push_back(std::move(line));
  }
  out.insert(out.end(), v.notes.begin(), v.notes.end());
  for (const std::string& tag : v.kept) out.push_back("kept " + tag);
  return out;
}

std::string Heading(const Verification& v) {
  return CountOf(v.changes, "change") + " at level " +
         std::string(Name(v.level)) + ", built by " + v.engine;
}

std::string Conclusion(const Verification& v) {
  if (!v.after.cold.ok) return "the rewrite does not build";
  if (v.after.rebuild && !v.after.rebuild->ok) {
    return "the rewrite does not build after an edit";
  }
  if (!v.same()) return "something differs";
  const bool ran = v.before.run && v.before.run->failure.empty();
  return ran ? "the rewrite behaves like the original"
             : "both build; nothing was run";
}

// The number of characters, as UTF-8 counts them.
size_t Width(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string TextTable(const Table& table) {
  constexpr size_t kWidest = 44;
  std::vector<size_t> widths;
  for (const Row& row : table.rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], std::min(Width(row[i]), kWidest));
    }
  }
  std::string out =
      table.heading.empty() ? "\n" : "\n  " + table.heading + '\n';
  for (const Row& row : table.rows) {
    std::string line = " ";
    for (size_t i = 0; i < row.size(); ++i) {
      line += ' ' + row[i];
      const size_t width = Width(row[i]);
      if (width < widths[i]) line.append(widths[i] - width, ' ');
      line += ' ';
    }
    line.erase(line.find_last_not_of(' ') + 1);
    if (!line.empty()) out += line + '\n';
  }
  return out;
}

// A cell of a table in Markdown, in which nothing of it is markup.
std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '`' || c == '*' || c == '_' || c == '<' ||
        c == '[' || c == ']' || c == '#') {
      out += '\\';
    }
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string MarkdownTable(const Table& table) {
  std::string out = "\n";
  if (!table.heading.empty()) out += "**" + table.heading + "**\n\n";
  bool first = true;
  for (const Row& row : table.rows) {
    if (row.empty()) continue;
    out += '|';
    for (const std::string& cell : row) out += ' ' + Cell(cell) + " |";
    out += '\n';
    if (!first) continue;
    first = false;
    out += '|';
    for (size_t i = 0; i < row.size(); ++i) out += " --- |";
    out += '\n';
  }
  return out;
}

Json BuildAsJson(const BuildResult& build) {
  return {{"ok", build.ok},
          {"seconds", build.seconds},
          {"steps", build.steps},
          {"cached", build.cached},
          {"commands_run", build.commands_run},
          {"log", build.log_tail}};
}

Json RunAsJson(const RunResult& run) {
  Json out = {{"failure", run.failure},
              {"running", run.running},
              {"exit_status", run.exit_status},
              {"stdout", run.out},
              {"stderr", run.error}};
  if (!run.running) return out;
  out["stop_seconds"] = run.stop_seconds;
  out["killed"] = run.killed;
  if (!run.probe) {
    out["not_probed"] = run.probe_failure;
    return out;
  }
  out["uid"] = run.probe->uid;
  out["ports"] = run.probe->ports;
  out["http"] = Json::array();
  for (const HttpAnswer& answer : run.probe->answers) {
    out["http"].push_back({{"port", answer.port},
                           {"status", answer.status},
                           {"body", answer.body}});
  }
  return out;
}

Json MeasurementAsJson(const Measurement& measured) {
  Json out = {{"build", BuildAsJson(measured.cold)}};
  if (!measured.cold.ok) return out;
  out["size"] = measured.image.size;
  out["layers"] = measured.image.layers;
  out["config"] = Json::object();
  for (const auto& [name, value] : measured.image.config) {
    out["config"][name] = Json::parse(value);
  }
  if (measured.rebuild) out["rebuild"] = BuildAsJson(*measured.rebuild);
  if (measured.run) out["run"] = RunAsJson(*measured.run);
  return out;
}

Json AspectsAsJson(const std::vector<Aspect>& aspects) {
  Json out = Json::array();
  for (const Aspect& aspect : aspects) {
    out.push_back({{"name", aspect.name},
                   {"before", aspect.before},
                   {"after", aspect.after},
                   {"verdict", std::string(Name(aspect.verdict))},
                   {"detail", aspect.detail}});
  }
  return out;
}

Json SharesAsJson(const FolderShare& all,
                  const std::vector<FolderShare>& folders) {
  Json list = Json::array();
  for (const FolderShare& folder : folders) {
    list.push_back({{"path", folder.path},
                    {"files", folder.files},
                    {"bytes", folder.bytes}});
  }
  return {{"files", all.files}, {"bytes", all.bytes}, {"folders", list}};
}

Json StepsAsJson(const std::vector<TransformStep>& steps) {
  Json out = Json::array();
  for (const TransformStep& step : steps) {
    Json object = {{"id", step.id},
                   {"changes", step.changes},
                   {"size_before", step.size_before},
                   {"size_after", step.size_after},
                   {"build_before", BuildAsJson(step.cold_before)},
                   {"build_after", BuildAsJson(step.cold_after)}};
    if (step.rebuild_before && step.rebuild_after) {
      object["rebuild_before"] = BuildAsJson(*step.rebuild_before);
      object["rebuild_after"] = BuildAsJson(*step.rebuild_after);
    }
    out.push_back(std::move(object));
  }
  return out;
}

Json AsJson(const Verification& v) {
  Json out = {{"path", v.path},       {"level", std::string(Name(v.level))},
              {"engine", v.engine},   {"context", v.context},
              {"changes", v.changes}, {"applied", v.applied},
              {"same", v.same()},     {"error", v.error},
              {"detail", v.detail}};
  if (!v.before.cold.ok) return out;
  out["before"] = MeasurementAsJson(v.before);
  out["after"] = MeasurementAsJson(v.after);
  out["touched"] = v.touched;
  out["files"] = {{"before", v.files.files_before},
                  {"after", v.files.files_after},
                  {"left", SharesAsJson(v.files.left, v.files.left_folders)},
                  {"came", SharesAsJson(v.files.came, v.files.came_folders)},
                  {"changed", v.files.changed},
                  {"changed_paths", v.files.changed_paths}};
  out["config_differences"] = AspectsAsJson(v.config);
  out["run"] = AspectsAsJson(v.run);
  if (!v.transforms.empty()) out["transforms"] = StepsAsJson(v.transforms);
  out["notes"] = v.notes;
  out["kept"] = v.kept;
  return out;
}

}  // namespace

std::string VerificationAsText(const Verification& v) {
  if (!v.error.empty()) {
    return v.path + ": " + v.error + '\n' + Indented(v.detail);
  }
  if (!v.nothing_to_do.empty()) return v.path + ": " + v.nothing_to_do + '\n';
  std::string out = v.path + ": " + Heading(v) + '\n';
  for (const Table& table : Tables(v)) out += TextTable(table);
  out += '\n';
  for (const std::string& line : Remarks(v)) out += "  " + line + '\n';
  if (!v.after.cold.ok) out += Indented(v.after.cold.log_tail);
  return out + v.path + ": " + Conclusion(v) + '\n';
}

std::string VerificationAsMarkdown(const Verification& v) {
  std::string out = "### `" + v.path + "`\n\n";
  if (!v.error.empty()) {
    out += v.error + '\n';
    if (!v.detail.empty()) out += '\n' + Indented(v.detail);
    return out;
  }
  if (!v.nothing_to_do.empty()) return out + v.nothing_to_do + '\n';
  out += "**" + Conclusion(v) + "** (" + Heading(v) + ")\n";
  for (const Table& table : Tables(v)) out += MarkdownTable(table);
  const std::vector<std::string> remarks = Remarks(v);
  if (!remarks.empty()) out += '\n';
  for (const std::string& line : remarks) out += "- " + line + '\n';
  if (!v.after.cold.ok) out += '\n' + Indented(v.after.cold.log_tail);
  return out;
}

std::string VerificationsAsJson(const std::vector<Verification>& all) {
  Json out = Json::array();
  for (const Verification& verification : all) {
    out.push_back(AsJson(verification));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace dfix
