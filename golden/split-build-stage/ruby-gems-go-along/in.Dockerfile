FROM ruby:3.3-slim
# The driver is compiled.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# What the program needs.
COPY Gemfile Gemfile.lock ./
RUN bundle install --jobs 4
COPY . .
EXPOSE 9292
CMD ["bundle", "exec", "puma"]
