FROM debian:12
RUN gem install --no-document bundler -v 2.5
