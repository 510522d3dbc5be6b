FROM node:20
COPY a \
     # the second
     b \
     /etc/app/
