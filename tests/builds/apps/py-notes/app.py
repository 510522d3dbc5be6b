from flask import Flask

app = Flask(__name__)


@app.route("/")
def index():
    with open("visits.log", "a") as log:
        log.write("somebody was here\n")
    with open("visits.log") as log:
        return f"the log has {'some' if log.read() else 'no'} lines\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
