"""Counts the words of a text that is posted to /count."""

from collections import Counter
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/health")
def health():
    return jsonify(status="ok")


@app.post("/count")
def count():
    words = request.get_data(as_text=True).lower().split()
    return jsonify(Counter(words).most_common(20))


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
