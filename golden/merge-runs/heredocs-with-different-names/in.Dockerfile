FROM debian:12
RUN <<EOF
set -e
mkdir /a
EOF
RUN <<END
set -e
mkdir /b
EOF
mkdir /c
END
