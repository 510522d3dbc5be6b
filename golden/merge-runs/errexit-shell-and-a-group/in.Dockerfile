FROM debian:12
SHELL ["/bin/bash", "-ec"]
RUN mkdir /a
RUN { mkdir /b; mkdir /c; }
