FROM debian:12
RUN pip install -r requirements.txt
RUN rm -rf /root/.cache
