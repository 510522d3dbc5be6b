FROM debian:12
RUN pip install -U pip \
    && rm -rf /tmp/x /root/.cache/pip
RUN pip cache purge
