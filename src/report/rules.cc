#include "src/report/rules.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace dfix {
namespace {

using Json = nlohmann::ordered_json;

std::string PadRight(std::string_view text, size_t width) {
  std::string out(text);
  if (out.size() < width) out.append(width - out.size(), ' ');
  return out;
}

// `text` in lines of at most 79 columns, where its words allow it.
std::string Wrap(std::string_view text) {
  std::string out;
  size_t column = 0;
  while (!text.empty()) {
    const size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    if (column > 0 && column + 1 + word.size() > 79) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    if (blank == std::string_view::npos) break;
    text.remove_prefix(blank + 1);
  }
  return out + '\n';
}

std::string Indent(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    const std::string_view line = text.substr(0, newline);
    if (!line.empty()) out += "  ";
    out += line;
    out += '\n';
    if (newline == std::string_view::npos) break;
    text.remove_prefix(newline + 1);
  }
  return out;
}

// `safe`, with a word on transforms that do not run by themselves.
std::string LevelOf(const Transform& transform) {
  std::string level(Name(transform.level));
  if (transform.opt_in) level += ", only where it is selected";
  return level;
}

std::string Aliases(const Transform& transform) {
  std::string aliases;
  for (const std::string_view alias : transform.aliases) {
    aliases += (aliases.empty() ? "" : ", ") + std::string(alias);
  }
  return aliases;
}

// `true`, or `final` (final or all): an option's value unless set, and what
// else there is.
std::string StandardOf(const Option& option) {
  if (option.standard.empty()) return "empty";
  std::string out = '`' + std::string(option.standard) + '`';
  std::string others;
  for (const std::string_view choice : option.choices) {
    if (choice == option.standard) continue;
    others += (others.empty() ? "`" : ", `") + std::string(choice) + '`';
  }
  if (!others.empty()) out += "; else " + others;
  return out;
}

std::string OptionLines(const Transform& transform) {
  std::string out;
  for (const Option& option : transform.options) {
    out += "- `" + std::string(option.key) +
           "`: " + std::string(option.meaning) + " (" + StandardOf(option) +
           ")\n";
  }
  return out;
}

std::string_view Name(OptionType type) {
  constexpr std::string_view kNames[] = {"flag", "number", "choice", "text",
                                         "list"};
  return kNames[static_cast<size_t>(type)];
}

Json OptionsToJson(const Transform& transform) {
  Json options = Json::array();
  for (const Option& option : transform.options) {
    Json entry = {{"key", option.key},
                  {"type", Name(option.type)},
                  {"default", option.standard},
                  {"meaning", option.meaning}};
    for (const std::string_view choice : option.choices) {
      entry["choices"].push_back(choice);
    }
    options.push_back(std::move(entry));
  }
  return options;
}

Json ToJson(const Transform& transform) {
  Json aliases = Json::array();
  for (const std::string_view alias : transform.aliases) {
    aliases.push_back(alias);
  }
  return {{"id", transform.id},
          {"title", transform.title},
          {"level", Name(transform.level)},
          {"opt_in", transform.opt_in},
          {"phase", Name(transform.phase)},
          {"aliases", std::move(aliases)},
          {"why", transform.why},
          {"left_alone", transform.left_alone},
          {"before", transform.before},
          {"after", transform.after},
          {"example_files", transform.example_files},
          {"example_ignore", transform.example_ignore},
          {"options", OptionsToJson(transform)}};
}

// A block of Markdown under `title`; nothing without a text.
std::string Block(std::string_view title, std::string_view text) {
  if (text.empty()) return "";
  return std::string(title) + "\n\n```\n" + std::string(text) + "```\n\n";
}

}  // namespace

std::string ExplainTransform(const Transform& transform) {
  std::string out = std::string(transform.id) + "\n\n";
  out += Wrap(transform.title);
  out += "\nLevel: " + LevelOf(transform) +
         "\nPhase: " + std::string(Name(transform.phase)) + '\n';
  const std::string aliases = Aliases(transform);
  if (!aliases.empty()) out += "Also known as: " + aliases + '\n';
  out += "\nWhy\n\n" + Wrap(transform.why);
  if (transform.level == Level::kAdvice) {
    out += "\nReported\n\n" + Indent(transform.before);
  } else {
    out += "\nBefore\n\n" + Indent(transform.before);
    if (!transform.example_files.empty()) {
      out += "\nin a folder with\n\n" + Indent(transform.example_files);
    }
    out += "\nAfter\n\n" + Indent(transform.after);
    if (!transform.example_ignore.empty()) {
      out +=
          "\nwith the `.dockerignore`\n\n" + Indent(transform.example_ignore);
    }
  }
  out += "\nLeft alone\n\n" + Wrap(transform.left_alone);
  if (!transform.options.empty()) {
    out += "\nOptions\n\n" + Indent(OptionLines(transform));
  }
  return out;
}

std::string ListTransforms(std::span<const Transform* const> transforms) {
  size_t width = 0;
  for (const Transform* transform : transforms) {
    width = std::max(width, transform->id.size());
  }
  std::string out;
  for (const Transform* transform : transforms) {
    out += PadRight(transform->id, width) + "  " +
           PadRight(Name(transform->level), 6) + "  " +
           PadRight(Name(transform->phase), 9) + "  " +
           std::string(transform->title) +
           (transform->opt_in ? " (only where it is selected)\n" : "\n");
  }
  return out;
}

std::string TransformsAsMarkdown(std::span<const Transform* const> transforms) {
  std::string out =
      "# Transforms\n\n"
      "Written by `./dev golden --update` from the declarations in this "
      "folder. They run\nin this order.\n\n"
      "| id | level | phase | what it does | other tools call it |\n"
      "| --- | --- | --- | --- | --- |\n";
  for (const Transform* transform : transforms) {
    out += "| [`" + std::string(transform->id) + "`](#" +
           std::string(transform->id) + ") | " + LevelOf(*transform) + " | " +
           std::string(Name(transform->phase)) + " | " +
           std::string(transform->title) + " | " + Aliases(*transform) + " |\n";
  }
  for (const Transform* transform : transforms) {
    out += "\n## " + std::string(transform->id) + "\n\n" +
           Wrap(transform->why) + "\n```dockerfile\n" +
           std::string(transform->before);
    if (transform->level == Level::kAdvice) {
      out += "```\n\nis reported.\n\n";
    } else {
      out += "```\n\n" + Block("in a folder with", transform->example_files) +
             "becomes\n\n```dockerfile\n" + std::string(transform->after) +
             "```\n\n" +
             Block("with the `.dockerignore`", transform->example_ignore);
    }
    out += Wrap("Left alone: " + std::string(transform->left_alone));
    if (!transform->options.empty()) {
      out += "\nOptions:\n\n" + OptionLines(*transform);
    }
  }
  return out;
}

std::string TransformsAsJson(std::span<const Transform* const> transforms) {
  Json all = Json::array();
  for (const Transform* transform : transforms) {
    all.push_back(ToJson(*transform));
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace dfix
