FROM elixir:1.16
WORKDIR /srv
COPY . .
RUN mix local.hex --force && mix local.rebar --force && mix deps.get --only prod
