import os
import sqlite3

os.makedirs("data", exist_ok=True)
with sqlite3.connect("data/notes.db") as db:
    db.execute("create table notes (text)")
    db.execute("insert into notes values ('first')")
