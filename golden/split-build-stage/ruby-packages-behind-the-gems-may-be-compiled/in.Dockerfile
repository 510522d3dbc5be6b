FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential python3-pip
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
RUN pip install --break-system-packages uwsgi
COPY . .
CMD ["bundle", "exec", "puma"]
