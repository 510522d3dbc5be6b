RUN useradd -l -u 123456 luser
RUN useradd -l --uid 123456 luser
RUN useradd -l --uid=123456 luser
RUN useradd -l -mu 123456 luser
RUN useradd -l -u123456 -m luser
RUN useradd -l "-u" "123456" luser
