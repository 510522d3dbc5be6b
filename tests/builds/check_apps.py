#!/usr/bin/env python3
"""check_apps.py DFIX: small applications, built and run before and after.

Rewrites the Dockerfile of each folder of apps/ at each level and has
`dfix verify` build and run it as it is and rewritten. Fails unless the original
runs as apps.json says, the rewrite behaves like it, its image is no larger and
an edit repeats no more RUNs than before. An application is not built at the
levels of its `not_at`, where the look-alike images lack a package; what a change
declares to be different is named in its `declared`, `RUNs` if an edit repeats
more of them; its `no_edit` says why nothing can be edited. Tells which transforms
no application exercises. Skips, saying so, where there is no engine.

    --apps GLOB,...  only these
    --level LEVEL,.. only these (safe,review,bold)
    --jobs N         so many at a time (1)
    --table FILE     puts the table into FILE, between its two marks
    --json FILE      keeps what is measured in FILE; what it already has of other
                     applications and levels counts as measured now
"""
import argparse
import concurrent.futures
import fnmatch
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = ("safe", "review", "bold")
# What an image may grow by: the entries of a new user, a directory.
SLACK = 50_000
FULL_IMAGES = ("gcc", "golang", "node", "python", "ruby")
BEGIN = "<!-- builds: written by ./dev builds --update -->"
END = "<!-- builds: end -->"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          errors="replace")


def engine_answers():
    return any(run("sh", "-c", f"{name} version").returncode == 0
               for name in ("docker", "podman"))


def verify(dfix, app, levels):
    """What `dfix verify` measured, by level."""
    path = os.path.join(HERE, "apps", app, "Dockerfile")
    done = run(dfix, "verify", "--isolated", "--format", "json", "--network",
               "host", "--wait", "30", "--level", ",".join(levels), path)
    try:
        return {result["level"]: result for result in json.loads(done.stdout)}
    except ValueError:
        error = done.stderr.strip() or "no output"
        return {level: {"error": error} for level in levels}


def builds(result):
    """Whether a level builds, or has nothing to build."""
    return not result["error"] and (
        "after" not in result or result["after"]["build"]["ok"])


def measure(dfix, app, levels):
    """The same; what does not build gets a second chance, since builds load
    packages and a mirror may have been away."""
    results = verify(dfix, app, levels)
    if not all(builds(result) for result in results.values()):
        results = verify(dfix, app, levels)
    for level, result in results.items():
        print(f"{app} at level {level}: {summary(result)}", flush=True)
    return results


def summary(result):
    if result["error"]:
        return "error: " + result["error"]
    if "before" not in result:
        return "nothing to change"
    if not result["same"]:
        return "DIFFERS"
    before, after = result["before"], result["after"]
    return (f"same; {before['size'] / 1e6:.1f} -> {after['size'] / 1e6:.1f} MB, "
            f"{before['layers']} -> {after['layers']} layers, cached "
            f"{cached(before)} -> {cached(after)}")


def cached(side):
    rebuild = side.get("rebuild")
    return f"{rebuild['cached']}/{rebuild['steps']}" if rebuild else "-"


def runs_as_expected(expected, ran):
    """What is wrong with the run of the original; empty if nothing is."""
    wrong = []
    if ran["failure"]:
        return ["does not start: " + ran["failure"]]
    if ("exit" in expected) == ran["running"]:
        wrong.append(f"running: {ran['running']}, exit {ran['exit_status']}")
    elif "exit" in expected and ran["exit_status"] != expected["exit"]:
        wrong.append(f"exit {ran['exit_status']}: {ran['stderr'][-300:]}")
    if expected.get("output", "") not in ran["stdout"]:
        wrong.append(f"prints {ran['stdout'][-300:]!r}")
    if "port" in expected:
        answers = {a["port"]: a["status"] for a in ran.get("http", [])}
        if answers.get(expected["port"], -1) != expected.get("status", 0):
            wrong.append(f"answers {answers}")
    return wrong


def faults(app, expected, level, result):
    """What is wrong with an application at a level."""
    where = f"{app} at level {level}: "
    if result["error"]:
        return [where + result["error"] + "\n" + result.get("detail", "")]
    if "before" not in result:
        return []
    before, after = result["before"], result["after"]
    if not after["build"]["ok"]:
        return [where + "does not build\n" + after["build"]["log"]]
    out = [where + "the original " + w
           for w in runs_as_expected(expected, before["run"])]
    declared = expected.get("declared", {}).get(level, ())
    for aspect in result["run"] + result["config_differences"]:
        if (aspect["verdict"] in ("differs", "not compared") and
                aspect["name"] not in declared):
            out.append(f"{where}{aspect['name']} {aspect['verdict']}: "
                       f"{aspect['before']} -> {aspect['after']} "
                       f"{aspect['detail']}")
    if not result["same"] and not out and not set(declared) - {"RUNs"}:
        out.append(where + "is not the same")
    if after["size"] > before["size"] + SLACK:
        out.append(f"{where}grows: {before['size']} -> {after['size']} bytes")
    if "no_edit" in expected:
        return out
    if "rebuild" not in before:
        out.append(where + "no edit was found that a step notices")
    elif repeated(after) > repeated(before) and "RUNs" not in declared:
        out.append(f"{where}an edit repeats more RUNs: {repeated(before)} -> "
                   f"{repeated(after)}")
    out += [where + note for note in result["notes"]]
    return out


def repeated(side):
    return side["rebuild"]["commands_run"]


def read_measured(path):
    """What an earlier run left in the file, if anything."""
    if not path or not os.path.exists(path):
        return {}
    with open(path) as source:
        return json.load(source)


def measure_all(arguments, apps, expected):
    """What was measured by application; each is kept as soon as it is there."""
    measured = read_measured(arguments.json)
    levels = {app: [level for level in arguments.level.split(",")
                    if level not in expected[app].get("not_at", ())]
              for app in apps}
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(measure, arguments.dfix, app, levels[app]): app
                   for app in apps if levels[app]}
        for done in concurrent.futures.as_completed(running):
            measured.setdefault(running[done], {}).update(done.result())
            if arguments.json:
                with open(arguments.json, "w") as out:
                    json.dump(measured, out, indent=1)
    return dict(sorted(measured.items()))


def all_faults(measured, expected):
    """What is wrong; a fault that levels of an application share once."""
    out = []
    for app, levels in measured.items():
        seen = set()
        for level, result in levels.items():
            for fault in faults(app, expected[app], level, result):
                what = fault.split(": ", 1)[1]
                if what not in seen:
                    out.append(fault)
                seen.add(what)
    return out


def unused_transforms(dfix, measured):
    used = {name for levels in measured.values() for result in levels.values()
            for name in result.get("applied", ())}
    rules = json.loads(run(dfix, "rules", "--format", "json").stdout)
    return [f"no application exercises `{rule['id']}`" for rule in rules
            if rule["id"] not in used and rule["level"] != "advice"]


def sides(levels, level):
    """Before and after at a level, absent if the application was not built at
    that level or failed. Where nothing changes at that level, both are what
    another level began with."""
    if level not in levels:
        return None
    for result in [levels[level], *levels.values()]:
        if "before" in result and result["after"]["build"]["ok"]:
            before = result["before"]
            return before, (result["after"] if "after" in levels[level]
                            else before)
    return None


def measured_levels(measured):
    return [level for level in LEVELS
            if any(level in levels for levels in measured.values())]


def ships_a_full_image(app):
    """Whether the original is one stage on the full image of a language."""
    with open(os.path.join(HERE, "apps", app, "Dockerfile")) as source:
        images = re.findall(r"(?im)^FROM\s+(\S+)", source.read())
    name, _, tag = images[0].partition(":")
    return (len(images) == 1 and name in FULL_IMAGES and
            "slim" not in tag and "alpine" not in tag)


GROUPS = {
    "one stage on the full image of a language": ships_a_full_image,
    "Python": lambda app: app.startswith("py-"),
    "Node": lambda app: app.startswith("node-"),
    "Go": lambda app: app.startswith("go-"),
}


def medians_row(level, name, measured):
    pairs = [p for p in (sides(l, level) for l in measured.values()) if p]
    edited = [(b, a) for b, a in pairs if "rebuild" in b and "rebuild" in a]
    built = [l[level] for l in measured.values() if level in l]
    same = sum(result.get("same", "before" not in result) for result in built)
    if not edited:
        return f"| {level} | {name} | {same} of {len(built)} | - | - | - | - |"
    size = statistics.median(a["size"] / b["size"] - 1 for b, a in pairs)
    layers = [statistics.median(s["layers"] for s in side)
              for side in zip(*pairs)]
    runs = [statistics.median(repeated(s) for s in side)
            for side in zip(*edited)]
    seconds = [statistics.median(s["rebuild"]["seconds"] for s in side)
               for side in zip(*edited)]
    faster = statistics.median(
        b["rebuild"]["seconds"] / a["rebuild"]["seconds"] for b, a in edited)
    return (f"| {level} | {name} | {same} of {len(built)} | {size * 100:+.0f} % "
            f"| {layers[0]:g} to {layers[1]:g} | {runs[0]:g} to {runs[1]:g} | "
            f"{seconds[0]:.1f} s to {seconds[1]:.1f} s, {faster:.1f} times "
            "faster |")


def medians(measured):
    lines = ["| level | applications | behave the same | size | layers | RUNs "
             "that an edit repeats | rebuild after an edit |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    levels = measured_levels(measured)
    for level in levels:
        lines.append(medians_row(level, "all", measured))
    for name, belongs in GROUPS.items():
        group = {app: levels for app, levels in measured.items()
                 if belongs(app)}
        if group:
            lines.append(medians_row(levels[-1], name, group))
    return lines


def cells(levels, names, value):
    """`before → safe / review / bold`, equal ones said once; `-` where there is
    no such value."""
    found = [sides(levels, name) for name in names]
    if not any(found):
        return "-"
    after = [value(pair[1]) if pair else "-" for pair in found]
    before = value([pair for pair in found if pair][-1][0])
    if len(set(after)) == 1:
        return before if after[0] == before else f"{before} → {after[0]}"
    return f"{before} → " + " / ".join(after)


def table(measured):
    names = measured_levels(measured)
    lines = ["Medians:", "", *medians(measured), "",
             "<details><summary>Each application: before → after; where levels "
             f"differ, {' / '.join(names)}</summary>", "",
             "| application | size, MB | layers | steps cached after an edit | "
             "rebuild, s |", "| --- | --- | --- | --- | --- |"]
    for app, levels in measured.items():
        size = cells(levels, names, lambda s: f"{s['size'] / 1e6:.0f}")
        layers = cells(levels, names, lambda s: str(s["layers"]))
        steps = cells(levels, names,
                      lambda s: cached(s).replace("/", " of "))
        seconds = cells(levels, names,
                        lambda s: f"{s['rebuild']['seconds']:.1f}"
                        if "rebuild" in s else "-")
        lines.append(f"| {app} | {size} | {layers} | {steps} | {seconds} |")
    return "\n".join(lines + ["", "</details>"])


def write_table(path, text):
    with open(path) as source:
        page = source.read()
    head, rest = page.split(BEGIN)
    tail = rest.split(END)[1]
    with open(path, "w") as out:
        out.write(f"{head}{BEGIN}\n{text}\n{END}{tail}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dfix")
    parser.add_argument("--apps", default="*")
    parser.add_argument("--level", default=",".join(LEVELS))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--table")
    parser.add_argument("--json")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    if not engine_answers():
        print("skipped: no container engine answers; these tests build images")
        return 0
    with open(os.path.join(HERE, "apps.json")) as source:
        expected = json.load(source)
    folders = sorted(os.listdir(os.path.join(HERE, "apps")))
    wrong = [f"apps.json and apps/ differ: {name}"
             for name in sorted(set(folders) ^ set(expected))]
    apps = [name for name in folders if name in expected and
            any(fnmatch.fnmatch(name, glob)
                for glob in arguments.apps.split(","))]
    measured = measure_all(arguments, apps, expected)
    wrong += all_faults(measured, expected)
    if len(measured) == len(folders):
        print(*unused_transforms(arguments.dfix, measured), sep="\n")
    text = table(measured)
    print(text)
    if arguments.table and not wrong:
        write_table(arguments.table, text)
    for fault in wrong:
        print("FAILED", fault)
    print(f"{len(measured)} applications, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
