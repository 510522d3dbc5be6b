FROM node as foo
RUN wget my.xyz
ONBUILD RUN wget my.xyz
RUN cd /tmp && wget -O- https://x.org/a.tgz | tar xz
FROM registry.example.org/library/python:3.12-slim@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d
RUN wget -nc -c -P /tmp https://x.org/a
