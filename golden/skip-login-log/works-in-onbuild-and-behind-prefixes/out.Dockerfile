FROM debian:12
ONBUILD RUN sudo -E /usr/sbin/useradd -l -u 123456 luser
RUN if ! id app; then useradd -l -m -u 1000000 app; fi
