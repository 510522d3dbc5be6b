FROM debian:12
SHELL ["conda", "run", "-n", "x", "/bin/bash", "-c"]
CMD python3 app.py
