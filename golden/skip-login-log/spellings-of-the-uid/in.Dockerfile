RUN useradd -u 123456 luser
RUN useradd --uid 123456 luser
RUN useradd --uid=123456 luser
RUN useradd -mu 123456 luser
RUN useradd -u123456 -m luser
RUN useradd "-u" "123456" luser
