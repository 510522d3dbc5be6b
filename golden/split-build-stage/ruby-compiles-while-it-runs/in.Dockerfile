FROM ruby:2.7-slim
RUN apt-get update && apt-get install -y gcc make
ENV RUBYOPT=--jit
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
