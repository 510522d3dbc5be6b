FROM node as foo
RUN wget --quiet my.xyz
RUN wget -qO- my.xyz
RUN wget -nv my.xyz
RUN wget -ncv my.xyz
RUN wget --no-verbose my.xyz
RUN wget -cq my.xyz
