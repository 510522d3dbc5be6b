FROM debian:12
RUN echo progress=dot:mega >>/etc/wgetrc && wget https://x.org/a
