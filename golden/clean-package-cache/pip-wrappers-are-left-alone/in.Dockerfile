FROM python:3.12
RUN pipx install a && pipenv install b && pip download c && pip list
