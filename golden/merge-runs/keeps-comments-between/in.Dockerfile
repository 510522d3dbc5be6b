FROM debian:12
# the user
RUN useradd app
# its files
# and more
RUN mkdir /app
