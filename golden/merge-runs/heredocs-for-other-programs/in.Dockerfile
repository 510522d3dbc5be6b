FROM debian:12
RUN <<EOF
#!/bin/bash
set -e
mkdir /a
EOF
RUN <<EOF
#!/bin/bash
set -e
mkdir /b
EOF
RUN cat <<EOF >/c
c
EOF
RUN cat <<EOF >/d
d
EOF
