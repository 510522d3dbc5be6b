FROM python:3.12
RUN pip install flask && pip cache purge
RUN pip install flask && rm -rf ~/.cache/pip/* && rm -rf $HOME/.cache/pip/http
