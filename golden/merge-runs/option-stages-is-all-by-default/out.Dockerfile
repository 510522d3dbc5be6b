FROM debian:12 AS build
RUN mkdir /a
RUN touch /a/b

FROM debian:12 AS test
RUN mkdir /c \
    && touch /c/d

FROM debian:12
RUN mkdir /e \
    && touch /e/f
COPY --from=build /a /a
