FROM node:20
ARG D=/srv/
COPY a b ${D}
COPY a b /srv/$D
