"""Keeps notes in a database beside the program, on port 80."""
import sqlite3

from bottle import route, run


@route("/")
def notes():
    with sqlite3.connect("data/notes.db") as db:
        db.execute("insert into notes values ('next')")
        return str(db.execute("select count(*) from notes").fetchone()[0] > 1)


open("app.log", "a").write("started\n")
run(host="0.0.0.0", port=80, quiet=True)
