#!/usr/bin/env python3
"""Compares how dfix and shfmt read scripts.

Usage: shell_structure.py SCRIPTS LISTS sh|bash

SCRIPTS holds scripts, LISTS what dfix's ListsJson makes of each (`null` for
those it does not understand); both separated by NUL. Compared are and-or
operators, pipelines, negations, kinds of commands, first words of simple
commands and the lists in compound commands. Prints every difference and then
`compared N, different M, skipped K`; skipped are those one side refuses.
"""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

BATCH = 100
KINDS = {
    "IfClause": "If", "Subshell": "Subshell", "Block": "BraceGroup",
    "CaseClause": "Case", "FuncDecl": "Function", "ArithmCmd": "Arithmetic",
    "TestClause": "Conditional", "CoprocClause": "Coprocess",
    "TimeClause": "Time", "DeclClause": "SimpleCommand",
    "LetClause": "SimpleCommand",
}
OPERATORS = {10: "&&", 11: "||", 12: "|", 13: "|&"}


def shfmt(text, dialect):
    done = subprocess.run(
        ["shfmt", "-ln", "posix" if dialect == "sh" else "bash", "--to-json"],
        input=text, capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


class Shfmt:
    """shfmt's tree in the form that both are compared in."""

    def __init__(self, text):
        self.text = text

    def source(self, node):
        return self.text[node["Pos"]["Offset"]:node["End"]["Offset"]].decode(
            "utf-8", "replace")

    def stmts(self, statements):
        return [self.and_or(s) for s in statements or []]

    def and_or(self, stmt):
        operators, pipelines = [], []
        self.flatten(stmt, ("&&", "||"), operators, pipelines)
        return [operators, [self.pipeline(p) for p in pipelines]]

    def flatten(self, stmt, wanted, operators, out):
        command = stmt.get("Cmd")
        if (command and command["Type"] == "BinaryCmd" and
                OPERATORS[command["Op"]] in wanted and
                not (stmt.get("Negated") and wanted[0] == "&&")):
            self.flatten(command["X"], wanted, operators, out)
            operators.append(OPERATORS[command["Op"]])
            self.flatten(command["Y"], wanted, operators, out)
        else:
            out.append(stmt)

    def pipeline(self, stmt):
        operators, commands = [], []
        self.flatten(stmt, ("|", "|&"), operators, commands)
        negated = bool(stmt.get("Negated") or commands[0].get("Negated"))
        timed = False
        command = commands[0].get("Cmd")
        if command and command["Type"] == "TimeClause":
            inner = command.get("Stmt")
            if not inner:
                return [negated, True, operators, []]
            more = self.pipeline(inner)
            return [negated != more[0], True, more[2] + operators,
                    more[3] + [self.command(c) for c in commands[1:]]]
        return [negated, timed, operators,
                [self.command(c) for c in commands]]

    def command(self, stmt):
        command = stmt.get("Cmd")
        if not command:
            return ["SimpleCommand", None]
        kind = command["Type"]
        if kind == "CallExpr":
            words = command.get("Args") or []
            return ["SimpleCommand", self.source(words[0]) if words else None]
        if kind in ("DeclClause", "LetClause"):
            variant = command.get("Variant")
            return ["SimpleCommand", variant["Value"] if variant else "let"]
        if kind == "WhileClause":
            return ["Until" if command.get("Until") else "While",
                    self.stmts(command["Cond"]), self.stmts(command["Do"])]
        if kind == "ForClause":
            name = ("Select" if command.get("Select") else
                    "ArithmeticFor" if command["Loop"]["Type"] == "CStyleLoop"
                    else "For")
            return [name, self.stmts(command["Do"])]
        if kind == "IfClause":
            lists = []
            while command:
                if command.get("Cond"):
                    lists.append(self.stmts(command["Cond"]))
                lists.append(self.stmts(command["Then"]))
                command = command.get("Else")
            return ["If"] + lists
        if kind == "CaseClause":
            return ["Case"] + [
                self.stmts(item.get("Stmts")) for item in command.get("Items") or []
                if item.get("Stmts")]
        if kind in ("Subshell", "Block"):
            return [KINDS[kind], self.stmts(command.get("Stmts"))]
        if kind in ("FuncDecl", "CoprocClause"):
            body = command.get("Body") or command.get("Stmt")
            return [KINDS[kind], self.command(body)]
        return [KINDS.get(kind, kind)]


def own_list(and_ors):
    return [[a["ops"], [own_pipeline(p) for p in a["pipelines"]]]
            for a in and_ors]


def own_pipeline(pipeline):
    return [pipeline.get("negated", False), pipeline.get("timed", False),
            pipeline["ops"], [own_command(c) for c in pipeline["commands"]]]


def own_command(command):
    if command["kind"] == "SimpleCommand":
        words = command["words"]
        return ["SimpleCommand", words[0] if words else None]
    result = [command["kind"]]
    result += [own_list(one) for one in command.get("lists", [])]
    if "command" in command:
        result.append(own_command(command["command"]))
    return result


def read_batch(texts, dialect):
    """What shfmt makes of each text; all at once if it takes them so."""
    wrapped, size = [], 0
    for text in texts:
        wrapped.append(b"(\n" + text + b"\n)\n")
    whole = b"".join(wrapped)
    tree = shfmt(whole, dialect)
    if tree and len(tree["Stmts"]) == len(texts):
        if all(s.get("Cmd", {}).get("Type") == "Subshell"
               for s in tree["Stmts"]):
            reader = Shfmt(whole)
            return [reader.stmts(s["Cmd"].get("Stmts")) for s in tree["Stmts"]]
    if len(texts) > 1:
        half = len(texts) // 2
        return (read_batch(texts[:half], dialect) +
                read_batch(texts[half:], dialect))
    tree = shfmt(texts[0], dialect)
    return [Shfmt(texts[0]).stmts(tree.get("Stmts"))] if tree else [None]


def main():
    scripts = open(sys.argv[1], "rb").read().split(b"\0")
    lists = [json.loads(l) for l in open(sys.argv[2], "rb").read().split(b"\0")]
    known = [(s, l) for s, l in zip(scripts, lists) if l is not None]
    batches = [known[i:i + BATCH] for i in range(0, len(known), BATCH)]
    with ThreadPoolExecutor(2) as pool:
        read = list(pool.map(
            lambda b: read_batch([s for s, _ in b], sys.argv[3]), batches))
    compared = different = 0
    skipped = len(scripts) - len(known)
    for batch, trees in zip(batches, read):
        for (script, own), tree in zip(batch, trees):
            if tree is None:
                skipped += 1
                continue
            compared += 1
            own = own_list(own)
            if own != tree:
                different += 1
                print("different:", script[:400])
                print("  dfix ", json.dumps(own)[:600])
                print("  shfmt", json.dumps(tree)[:600])
    print(f"compared {compared}, different {different}, skipped {skipped}")


main()
