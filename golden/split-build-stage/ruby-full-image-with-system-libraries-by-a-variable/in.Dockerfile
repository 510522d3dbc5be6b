FROM ruby:3.3
ENV NOKOGIRI_USE_SYSTEM_LIBRARIES=1
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
