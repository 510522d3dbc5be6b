FROM ruby:alpine AS build
WORKDIR /app
RUN apk add --update build-base curl
RUN gem install sinatra --version '~> 3'
RUN gem install thin

FROM ruby:alpine
WORKDIR /app
RUN apk add --no-cache libgcc libgomp libstdc++ curl
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY hasher.rb .
CMD ["ruby", "hasher.rb", "-o", "::"]
EXPOSE 80
