FROM gcc:15
WORKDIR /app
COPY *.cc ./
RUN g++ -o app main.cc
CMD ["./app"]
