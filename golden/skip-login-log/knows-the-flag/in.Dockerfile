RUN useradd -l -u 123456 luser
RUN useradd --no-log-init -u 123456 luser
RUN useradd -rlm -u 123456 luser
