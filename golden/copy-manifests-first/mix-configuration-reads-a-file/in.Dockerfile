FROM elixir:1.16
WORKDIR /srv
COPY . .
RUN mix deps.get --only prod
