FROM debian:12
RUN (export V=1 && ./a.sh) \
    && ./b.sh \
    && (./c.sh; ./d.sh) \
    && (cd e && ./f.sh) \
    && (./g.sh || ./h.sh)
