FROM debian:12
SHELL ["pwsh", "-c"]
RUN mkdir a
RUN mkdir b
