FROM gcc:12
ARG PREFIX
WORKDIR /src
COPY . .
RUN make install
CMD ["crc"]
