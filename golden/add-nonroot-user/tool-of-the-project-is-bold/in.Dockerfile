FROM ruby:3.3
WORKDIR /app
COPY . .
RUN bundle install
RUN bundle exec rails assets:precompile
EXPOSE 3000
CMD ["bundle", "exec", "puma"]
