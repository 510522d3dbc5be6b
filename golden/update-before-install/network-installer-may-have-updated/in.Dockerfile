FROM debian:12
RUN curl -fsSL https://example.com/setup | bash - && apt-get install -y nodejs
