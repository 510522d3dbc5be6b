FROM debian:12
RUN wget --version && which wget && echo wget x
RUN wget --progress=bar:force https://x.org/a
