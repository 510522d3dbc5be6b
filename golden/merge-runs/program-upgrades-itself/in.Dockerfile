FROM debian:12
RUN pip install -U pip
RUN rm -rf /tmp/x /root/.cache/pip
RUN pip cache purge
