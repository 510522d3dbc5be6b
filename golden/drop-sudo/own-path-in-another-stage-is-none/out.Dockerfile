FROM debian:12 AS build
ENV PATH=/opt/conda/bin:$PATH

FROM debian:12
RUN ls
