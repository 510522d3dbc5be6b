FROM debian:12
ONBUILD RUN sudo -E /usr/sbin/useradd -u 123456 luser
RUN if ! id app; then useradd -m -u 1000000 app; fi
