FROM node:20
COPY foo bar baz/
ADD foo bar /etc/app/
COPY --chown=node a b c/
