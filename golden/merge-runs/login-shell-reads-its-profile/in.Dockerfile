FROM debian:12
SHELL ["/bin/bash", "-lc"]
RUN echo a=b >>/root/.profile
RUN mkdir /$a
