FROM ruby:3.2
ENV RAILS_ENV=production \
    BUNDLE_WITHOUT=development:test
RUN apt-get update -qq && apt-get install -y nodejs
WORKDIR /rails
COPY Gemfile Gemfile.lock ./
RUN bundle install && rm -rf ~/.bundle/cache "${GEM_HOME}"/cache
COPY . .
RUN bundle exec bootsnap precompile app/ lib/
RUN SECRET_KEY_BASE=1 bundle exec rails assets:precompile
RUN useradd rails && chown -R rails:rails log tmp
USER rails
ENTRYPOINT ["/rails/bin/docker-entrypoint"]
EXPOSE 3000
CMD ["./bin/rails", "server", "-b", "0.0.0.0"]
