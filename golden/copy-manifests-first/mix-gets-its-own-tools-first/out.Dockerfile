FROM elixir:1.16
WORKDIR /srv
COPY mix.exs mix.lock ./
COPY config ./config/
RUN mix local.hex --force && mix local.rebar --force && mix deps.get --only prod
COPY . .
