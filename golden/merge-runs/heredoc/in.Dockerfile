FROM debian:12
RUN mkdir /a
RUN <<EOF
mkdir /b
EOF
