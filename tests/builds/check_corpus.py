#!/usr/bin/env python3
"""check_corpus.py DFIX FOLDER [COUNT [SEED]]: BuildKit's opinion of rewrites.

Takes COUNT (100) random files of FOLDER that dfix changes, asks
`docker build --call=check` about each before and after, and fails if the rewrite
does not parse or has a problem that the original did not have. Skips, saying
so, where there is no engine.
"""
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

# A base that every engine can resolve; its content does not matter to checks.
BASE = os.environ.get("DFIX_CHECK_BASE", "busybox:latest")
DIRECTIVE = re.compile(r"#\s*(\w+)\s*=")
FROM = re.compile(r"^(\s*FROM\s+(?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?", re.I)
COPY_FROM = re.compile(r"^(\s*COPY\s.*?--from=)(\S+)", re.I)
MOUNT_FROM = re.compile(r"(\bfrom=)([^\s,]+)")


def prepare(text):
    """The file with every outside image replaced, lines kept in number."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        directive = DIRECTIVE.match(line)
        if not directive:
            break
        if directive[1].lower() == "syntax":
            lines[i] = "# escape=\\" if "escape" not in text[:400] else line
    stages = set()
    for i, line in enumerate(lines):
        match = FROM.match(line)
        if match:
            if match[2].lower() not in stages and match[2] != "scratch":
                lines[i] = match[1] + BASE + line[match.end(2):]
            if match[3]:
                stages.add(match[3].lower())
            continue
        def local(m):
            known = m[2].lower() in stages or m[2].isdigit()
            return m[0] if known else m[1] + BASE
        lines[i] = MOUNT_FROM.sub(local, COPY_FROM.sub(local, line))
    return "\n".join(lines)


def check(text):
    """(parses, problems by rule and message)."""
    with tempfile.TemporaryDirectory() as context:
        path = os.path.join(context, "Dockerfile")
        with open(path, "w", errors="surrogateescape", newline="") as out:
            out.write(prepare(text))
        done = subprocess.run(
            ["docker", "build", "--call=check,format=json", "-f", path, context],
            capture_output=True, text=True, errors="replace")
    start = done.stdout.find("{")
    if start < 0:
        return False, done.stderr.strip().splitlines()[-1:]
    report = json.loads(done.stdout[start:])
    if report.get("buildError"):
        return False, [report["buildError"].get("message", "")]
    problems = collections.Counter(
        (w["ruleName"], re.sub(r"line \d+", "line", w.get("detail", "")))
        for w in report.get("warnings") or [])
    return True, problems


def main():
    dfix, folder = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    if subprocess.run(["docker", "version"], capture_output=True).returncode:
        print("skipped: no container engine answers `docker version`")
        return 0
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    listed = subprocess.run([dfix, "-l", "--level", "bold", *paths],
                            capture_output=True, text=True).stdout.splitlines()
    random.Random(seed).shuffle(listed)
    done = failed = unusable = 0
    for path in listed:
        if done == count:
            break
        with open(path, errors="surrogateescape", newline="") as source:
            before = source.read()
        after = subprocess.run(
            [dfix, "--write", "--level", "bold", "-"],
            input=before.encode(errors="surrogateescape"),
            capture_output=True).stdout.decode(errors="surrogateescape")
        parses, old = check(before)
        if not parses:
            unusable += 1
            continue
        done += 1
        parses, new = check(after)
        if not parses:
            failed += 1
            print(f"{path}: the rewrite does not parse: {new}")
        elif new - old:
            failed += 1
            print(f"{path}: new problems: {dict(new - old)}")
    print(f"{done} rewritten files checked, {unusable} passed over because "
          f"BuildKit refuses the original")
    print(f"{done - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
