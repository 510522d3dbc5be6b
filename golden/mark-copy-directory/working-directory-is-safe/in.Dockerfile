FROM node:20
WORKDIR /app/web
COPY a b .
COPY a b ..
COPY a b /app
COPY ["a", "b", "."]
COPY a b "."
