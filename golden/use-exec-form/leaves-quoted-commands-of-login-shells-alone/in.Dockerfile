FROM debian:12
SHELL ["/bin/bash", "-lc"]
CMD "python3 app.py"
