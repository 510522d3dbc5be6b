"""Counts the words of a text that comes in a query."""
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def count():
    text = request.args.get("text", "")
    return {"words": len(text.split())}
