FROM mambaorg/micromamba:1
ENTRYPOINT python3 app.py
