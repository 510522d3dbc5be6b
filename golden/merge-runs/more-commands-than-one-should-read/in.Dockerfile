FROM debian:12
RUN mkdir /a0 && mkdir /a1 && mkdir /a2 && mkdir /a3 && mkdir /a4 && mkdir /a5 && mkdir /a6 && mkdir /a7 && mkdir /a8 && mkdir /a9 && mkdir /a10 && mkdir /a11
RUN mkdir /b0 && mkdir /b1 && mkdir /b2 && mkdir /b3 && mkdir /b4 && mkdir /b5 && mkdir /b6 && mkdir /b7 && mkdir /b8 && mkdir /b9 && mkdir /b10 && mkdir /b11
