FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential
RUN useradd -m app
USER app
WORKDIR /home/app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
