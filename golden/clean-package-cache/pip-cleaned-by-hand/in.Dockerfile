FROM python:3.12
RUN pip install x && rm -rf /root/.cache
RUN pip install x && pip cache purge
RUN pip install x && rm -rf "$HOME/.cache/pip"
