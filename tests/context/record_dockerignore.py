#!/usr/bin/env python3
"""Records what Docker sends for made-up ignore files: dockerignore.jsonl.

Needs a `docker` that builds with BuildKit. Each line of the output has the text
of an ignore file and the paths that arrived (null: Docker refused it), or, in
the first line, all paths that there are.
"""

import io
import json
import pathlib
import random
import subprocess
import sys
import tarfile
import tempfile

FILES = [
    "#c", "!d", ".env", ".git/config", "README.md", "a", "a.txt", "ab", "b",
    "docs/README.md", "docs/sub/b", "docs/sub/y.md", "foo/a", "foo/b",
    "foo/bar/a", "foo/bar/c.md", "foo/bar/b/a", "node_modules/m/i.js",
    "src/[x].js", "src/a.js", "src/node_modules/m/i.js", "src/x.js",
    "we ird/a", "\u00e9.txt", "z+(x).js",
]
PARTS = [
    "*", "**", "?", "a", "b", "foo", "bar", "docs", "src", "*.md", "*.js",
    "node_modules", "[ab]", "[^a]", "[a-f]*", "f*", "*a*", "**a", "a**", ".git",
    ".env", "README.md", "\\#c", "\\[x\\].js", "[x].js", "we ird", "\u00e9.txt",
    "?.txt", "sub", ".", "..", "z+(x).js", "[]", "[a", "a^", "***", "x{1}", "m",
    "\\a", "[\\]a]", "[a-]", "[*]", "c.md", ".*", "!d", "",
]
FIXED = [
    "", "*", "**", "!", "/", ".", "..", "# a\n a\n", "\ufeffa\n", "\ufeff#a\n",
    "*\n!foo/bar\n", "*\n!foo\nfoo/bar\n", "foo/b\n!foo\n", "foo\n!foo/bar/*\n",
    "**/node_modules\n!src/node_modules\n", "**\n!**/*.md\n", "/foo/\n",
    "foo/../a\n", "./a\n", "a\r\nb\r\n", "  a  \n", "! foo\nfoo\n! foo/a\n",
    "./!d\n", "\\!d\n", "!!d\n", "*\n!*/\n", "*\n!*/*\n", "a\n\n\n#b\nb", "\ta",
    "**/*\n", "*/*\n", "**/bar/**\n!**/b/**\n", "foo/**\n!foo/bar\n",
    "**/**\n", "foo**\n", "**foo\n", "**/foo/**/a\n", "f?o\n", "!*\n*\n!a\n",
]


def pattern(rng):
    parts = [rng.choice(PARTS) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))]
    text = rng.choice(["", "", "", "/", "./"]) + "/".join(parts)
    text += rng.choice(["", "", "", "/"])
    return rng.choice(["", "", "!", "! "]) + text


def sent(folder, text):
    (folder / "Dockerfile.dockerignore").write_text(text, encoding="utf-8")
    (folder / "context" / ".dockerignore").write_text("a\n", encoding="utf-8")
    run = subprocess.run(
        ["docker", "build", "-q", "-f", folder / "Dockerfile", "-o", "-",
         folder / "context"], capture_output=True, check=False)
    if run.returncode != 0:
        return None
    with tarfile.open(fileobj=io.BytesIO(run.stdout)) as tar:
        names = [m.name.strip("/") for m in tar.getmembers()]
    return sorted(n[4:] for n in names if n.startswith("out/"))


def main():
    rng = random.Random(6)
    cases = FIXED + [
        "".join(pattern(rng) + "\n" for _ in range(rng.randint(1, 4)))
        for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 260)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file in FILES:
            path = folder / "context" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x")
        (folder / "Dockerfile").write_text("FROM scratch\nCOPY . /out/\n")
        everything = sent(folder, "nothing-has-this-name\n")
        print(json.dumps({"all": everything}))
        for text in cases:
            if text == "":
                continue  # Docker then reads the other ignore file.
            print(json.dumps({"ignore": text, "sent": sent(folder, text)}),
                  flush=True)


main()
