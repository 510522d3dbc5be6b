FROM node as foo
RUN wget -o /tmp/wget.log my.xyz
RUN wget --append-output=/tmp/wget.log my.xyz
RUN wget -a /tmp/log my.xyz
RUN wget my.xyz 2>/dev/null
SHELL ["/bin/bash", "-c"]
RUN wget my.xyz &>/dev/null
