FROM debian:12
RUN export V=1 && ./a.sh
RUN ./b.sh
RUN ./c.sh; ./d.sh
RUN cd e && ./f.sh
RUN ./g.sh || ./h.sh
