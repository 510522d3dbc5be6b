RUN useradd -u 12345 luser
RUN useradd luser
RUN useradd -c 123456 -u 1 x
