FROM debian:12
RUN <<EOF
mkdir /a
touch /a/b
EOF
RUN <<EOF
mkdir /c
EOF
