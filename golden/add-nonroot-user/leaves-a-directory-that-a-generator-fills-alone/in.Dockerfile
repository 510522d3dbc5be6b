FROM ruby:3.3
WORKDIR /usr/src
RUN rails new blog
WORKDIR /usr/src/blog
EXPOSE 3000
CMD ["rails", "server"]
