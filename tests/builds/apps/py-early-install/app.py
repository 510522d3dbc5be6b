from flask import Flask

app = Flask(__name__)


@app.route("/")
def seats():
    with open("seats.txt") as plan:
        free = sum(row.count(".") for row in plan)
    return f"{free} seats are free\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
