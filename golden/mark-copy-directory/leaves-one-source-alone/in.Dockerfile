FROM node:20
COPY foo bar
COPY a* /srv
COPY ["a", "b"]
COPY <<EOF /x
hi
EOF
