FROM debian:12
RUN { mkdir /a; mkdir /b; } && mkdir /c
RUN set -e; mkdir /d; mkdir /e
