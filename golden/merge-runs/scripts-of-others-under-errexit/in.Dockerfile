FROM debian:12
RUN set -e; mkdir /a; mkdir /b
RUN ! . ./check.sh
RUN set -e; mkdir /c; mkdir /d
RUN trap 'rm -r /tmp/x; echo done' EXIT && mkdir /tmp/x
