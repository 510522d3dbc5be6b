FROM ruby:3
RUN gem install rake -v 13.0
RUN gem install --version 2 bundler
RUN cargo install --version 1.0 x
