FROM node:20
COPY a b ./
COPY ["a", "b", "c/"]
COPY a b "/c/"
